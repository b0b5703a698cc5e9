#include "base/wake.hpp"

#include <array>
#include <csignal>

#include <doctest/doctest.h>
#include <poll.h>
#include <unistd.h>

using namespace pressings;

namespace {

/// Longer than any test may take: a wait that needs it has failed.
constexpr Millis k_forever_ms = 100'000;

bool is_readable(int descriptor) {
    pollfd polled{descriptor, POLLIN, 0};
    return ::poll(&polled, 1, 0) == 1;
}

Millis time_waiting_for(std::span<const int> descriptors, Millis timeout_ms) {
    const Millis start = system_clock().steady_ms();
    wait_for(descriptors, timeout_ms);
    return system_clock().steady_ms() - start;
}

}  // namespace

TEST_CASE("An event that was not raised is not readable") {
    const WakeEvent event;
    CHECK_FALSE(is_readable(event.descriptor()));
}

TEST_CASE("A raised event stays readable until it is cleared") {
    WakeEvent event;
    event.raise();
    event.raise();
    CHECK(is_readable(event.descriptor()));
    CHECK(is_readable(event.descriptor()));
    event.clear();
    CHECK_FALSE(is_readable(event.descriptor()));
}

TEST_CASE("An event that was never raised can be cleared") {
    WakeEvent event;
    event.clear();
    CHECK_FALSE(is_readable(event.descriptor()));
}

TEST_CASE("A wait ends at once when one of its events was raised before") {
    const WakeEvent silent;
    WakeEvent raised;
    raised.raise();
    const std::array descriptors{silent.descriptor(), raised.descriptor()};
    CHECK(time_waiting_for(descriptors, k_forever_ms) < k_forever_ms);
}

TEST_CASE("A wait without events ends when its time is over") {
    const WakeEvent silent;
    const std::array descriptors{silent.descriptor()};
    CHECK(time_waiting_for(descriptors, 20) >= 19);
}

TEST_CASE("A descriptor of -1 is no reason to wake up, and a negative time is none at all") {
    const std::array descriptors{-1};
    CHECK(time_waiting_for(descriptors, 20) >= 19);
    CHECK(time_waiting_for(descriptors, -5) < k_forever_ms);
}

TEST_CASE("SIGTERM and SIGINT ask a worker to stop") {
    SignalEvents signals;
    for (const int number : {SIGTERM, SIGINT}) {
        CHECK_FALSE(signals.next());
        ::raise(number);
        CHECK(is_readable(signals.descriptor()));
        CHECK(signals.next() == SignalRequest::stop);
    }
}

TEST_CASE("SIGTSTP and SIGUSR1 ask a worker to pause") {
    SignalEvents signals;
    for (const int number : {SIGTSTP, SIGUSR1}) {
        ::raise(number);
        CHECK(signals.next() == SignalRequest::pause);
    }
}

TEST_CASE("A signal that comes when the events have gone changes nothing any more") {
    { const SignalEvents signals; }
    ::kill(::getpid(), SIGTERM);
    SignalEvents later;
    CHECK(later.next() == SignalRequest::stop);
}

TEST_CASE("A hang-up asks to stop, as SIGTERM does") {
    SignalEvents signals;
    for (const int number : {SIGHUP, SIGTERM, SIGINT}) {
        ::kill(::getpid(), number);
        CHECK(signals.next() == SignalRequest::stop);
    }
}

TEST_CASE("A signal that nobody took is dropped with the events, and ends nothing") {
    {
        const SignalEvents signals;
        ::kill(::getpid(), SIGTERM);
    }
    SignalEvents later;
    CHECK(later.next() == std::nullopt);
}

TEST_CASE("A signal that the process was started to ignore stays ignored") {
    const auto before = std::signal(SIGHUP, SIG_IGN);
    {
        SignalEvents signals;
        ::kill(::getpid(), SIGHUP);
        CHECK(signals.next() == std::nullopt);
    }
    std::signal(SIGHUP, before);
}

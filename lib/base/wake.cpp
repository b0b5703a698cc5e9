#include "base/wake.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <system_error>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/error.hpp"

namespace pressings {

namespace {

/// No Error: whoever takes those for a mistake in what was asked for would be wrong.
int checked(int file) {
    if (file >= 0) return file;
    throw std::system_error(errno, std::generic_category(), "cannot make an event descriptor");
}

/// Who started us with a signal ignored (nohup, or `&` in a script) means it; blocked, it would
/// come all the same.
bool is_ignored(int number) {
    struct sigaction action {};
    return ::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

sigset_t requesting_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGUSR1}) {
        if (!is_ignored(number)) sigaddset(&signals, number);
    }
    return signals;
}

}  // namespace

WakeEvent::WakeEvent() : m_file(checked(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))) {}

WakeEvent::~WakeEvent() {
    ::close(m_file);
}

void WakeEvent::raise() {
    ::eventfd_write(m_file, 1);
}

void WakeEvent::clear() {
    eventfd_t count = 0;
    ::eventfd_read(m_file, &count);
}

bool WakeEvent::is_raised() const {
    pollfd polled{m_file, POLLIN, 0};
    return ::poll(&polled, 1, 0) > 0;
}

SignalEvents::SignalEvents() : m_file(-1) {
    const sigset_t signals = requesting_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_file = checked(::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
}

SignalEvents::~SignalEvents() {
    while (next()) {
    }
    ::close(m_file);
}

std::optional<SignalRequest> SignalEvents::next() {
    signalfd_siginfo info{};
    if (::read(m_file, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) {
        return std::nullopt;
    }
    const auto number = static_cast<int>(info.ssi_signo);
    return number == SIGTSTP || number == SIGUSR1 ? SignalRequest::pause : SignalRequest::stop;
}

void wait_for(std::span<const int> descriptors, Millis timeout_ms) {
    std::vector<pollfd> polled;
    for (const int descriptor : descriptors) {
        if (descriptor >= 0) polled.push_back({descriptor, POLLIN, 0});
    }
    const Millis bounded = std::clamp<Millis>(timeout_ms, 0, std::numeric_limits<int>::max());
    ::poll(polled.data(), polled.size(), static_cast<int>(bounded));
}

}  // namespace pressings

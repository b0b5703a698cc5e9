#include "base/stop_signals.hpp"

#include <cstddef>
#include <iterator>
#include <string>

#include "base/error.hpp"

namespace pressings {

namespace {

constexpr int k_signals[] = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t received = 0;

void receive(int number) {
    received = number;
}

}  // namespace

StopSignals::StopSignals() {
    received = 0;
    struct sigaction action {};
    action.sa_handler = &receive;
    action.sa_flags = SA_RESTART;
    for (std::size_t i = 0; i < std::size(k_signals); ++i) {
        ::sigaction(k_signals[i], nullptr, &m_before[i]);
        // Who started us with a signal ignored (nohup) means it.
        if (m_before[i].sa_handler != SIG_IGN) ::sigaction(k_signals[i], &action, nullptr);
    }
}

StopSignals::~StopSignals() {
    for (std::size_t i = 0; i < std::size(k_signals); ++i)
        ::sigaction(k_signals[i], &m_before[i], nullptr);
}

bool StopSignals::came() const {
    return received != 0;
}

void StopSignals::check() const {
    const int number = received;
    if (number == 0) return;
    const std::string name = number == SIGINT ? "INT" : number == SIGHUP ? "HUP" : "TERM";
    throw Error("stopped by SIG" + name + "; nothing was written");
}

}  // namespace pressings

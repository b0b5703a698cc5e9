#include "worker/shared_gate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace pressings::worker {

SharedGate::SharedGate(store::RequestSlots& slots, std::string host, double rate, Clock& clock)
    : m_slots(slots),
      m_host(std::move(host)),
      m_interval_ms(static_cast<Millis>(std::ceil(1000.0 / rate))),
      m_clock(clock) {}

bool SharedGate::sleep_until(Millis time_ms, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock{mutex};
    for (Millis now = m_clock.steady_ms(); now < time_ms && !stop.stop_requested();
         now = m_clock.steady_ms()) {
        never.wait_for(lock, stop, std::chrono::milliseconds{time_ms - now}, [] { return false; });
    }
    return !stop.stop_requested();
}

bool SharedGate::wait_turn(const std::stop_token& stop) {
    // A hold that came while this turn was waited for counts for it too.
    while (true) {
        const Millis slot = m_slots.reserve(m_host, m_interval_ms);
        if (!sleep_until(slot, stop)) return false;
        const Millis held = m_slots.held_until(m_host);
        if (held == 0) return true;
        if (!sleep_until(held, stop)) return false;
    }
}

void SharedGate::hold_off(Millis wait_ms) {
    m_slots.hold_off(m_host, m_clock.steady_ms() + wait_ms);
}

}  // namespace pressings::worker

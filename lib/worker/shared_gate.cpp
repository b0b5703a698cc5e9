#include "worker/shared_gate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace pressings::worker {

SharedGate::SharedGate(store::RequestSlots& slots, std::string host, double rate, Clock& clock,
                       Pulse& pulse)
    : m_slots(slots),
      m_host(std::move(host)),
      m_interval_ms(static_cast<Millis>(std::ceil(1000.0 / rate))),
      m_clock(clock),
      m_pulse(pulse) {}

bool SharedGate::sleep_until(Millis time_ms, const std::stop_token& stop) {
    constexpr Millis k_longest_nap = 1'000;
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock{mutex};
    for (Millis now = m_clock.steady_ms(); now < time_ms && !stop.stop_requested();
         now = m_clock.steady_ms()) {
        m_pulse.beat();
        const std::chrono::milliseconds nap{std::min(time_ms - now, k_longest_nap)};
        never.wait_for(lock, stop, nap, [] { return false; });
    }
    return !stop.stop_requested();
}

/// The turn is taken when it is used, not booked ahead: a thread that wakes late makes the next one
/// wait, in place of two requests close together.
bool SharedGate::take_turn(const std::stop_token& stop) {
    while (const Millis ask_again = m_slots.take(m_host, m_interval_ms)) {
        if (!sleep_until(ask_again, stop)) return false;
    }
    m_pulse.beat();
    return true;
}

bool SharedGate::wait_turn(const std::stop_token& stop) {
    {
        std::unique_lock lock{m_mutex};
        if (!m_free.wait(lock, stop, [this] { return !m_taken; })) return false;
        m_taken = true;
    }
    struct Return {
        SharedGate& gate;
        ~Return() {
            const std::lock_guard guard{gate.m_mutex};
            gate.m_taken = false;
            gate.m_free.notify_one();
        }
    } return_turn{*this};
    return take_turn(stop);
}

void SharedGate::hold_off(Millis wait_ms) {
    m_slots.hold_off(m_host, m_clock.steady_ms() + wait_ms);
}

}  // namespace pressings::worker

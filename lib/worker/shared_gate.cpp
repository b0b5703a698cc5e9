#include "worker/shared_gate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/fault_table.hpp"

namespace pressings::worker {

namespace {

/// Of a claimed job for a service that wants quiet.
constexpr Millis k_longest_wait = 120'000;
constexpr Millis k_longest_hold = 3'600'000;
/// Of the way from the slots to here.
constexpr Millis k_turn_lasts = 500;

}  // namespace

SharedGate::SharedGate(store::RequestSlots& slots, std::string host, double rate, Clock& clock,
                       Heartbeat& heartbeat)
    : m_slots(slots),
      m_host(std::move(host)),
      m_interval_ms(static_cast<Millis>(std::ceil(1000.0 / rate))),
      m_clock(clock),
      m_heartbeat(heartbeat) {}

bool SharedGate::sleep_until(Millis time_ms, const std::stop_token& stop) {
    constexpr Millis k_longest_nap = 1'000;
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock{mutex};
    for (Millis now = m_clock.steady_ms(); now < time_ms && !stop.stop_requested();
         now = m_clock.steady_ms()) {
        m_heartbeat.beat();
        const std::chrono::milliseconds nap{std::min(time_ms - now, k_longest_nap)};
        never.wait_for(lock, stop, nap, [] { return false; });
    }
    return !stop.stop_requested();
}

/// The turn is taken when it is used, not booked ahead: a thread that wakes late makes the next one
/// wait, in place of two requests close together.
bool SharedGate::take_turn(Millis begun_ms, const std::stop_token& stop) {
    refuse_closed();
    while (const Millis wait = ask_for_turn()) {
        const Millis ask_again = m_clock.steady_ms() + wait;
        refuse_long_hold(begun_ms, ask_again);
        if (!sleep_until(ask_again, stop)) return false;
        refuse_closed();
    }
    m_heartbeat.beat();
    return true;
}

/// A turn that is heard of late, over a network that had broken down or by a process that stood
/// still, is left unused: others have had theirs since.
Millis SharedGate::ask_for_turn() {
    const Millis asked = m_clock.steady_ms();
    const Millis wait = m_slots.take(m_host, m_interval_ms);
    const bool is_late = m_clock.steady_ms() - asked > k_turn_lasts;
    return wait == 0 && is_late ? 1 : wait;
}

/// The other requests of the rate are waited for, however many they are; a service that wants quiet
/// is not, for it may want it for ever.
void SharedGate::refuse_long_hold(Millis begun_ms, Millis free_ms) const {
    const Millis left = free_ms - m_clock.steady_ms();
    if (left <= m_interval_ms) return;
    const bool is_too_late = m_give_up_at_ms && free_ms > *m_give_up_at_ms;
    if (free_ms - begun_ms <= k_longest_wait && !is_too_late) return;
    auto error = source::answer_error(
        "throttled", fmt::format("{} wants no request for another {}", escape_controls(m_host),
                                 format_duration(left)));
    error.retry_after_ms = left;
    throw error;
}

void SharedGate::refuse_closed() {
    const std::lock_guard guard{m_mutex};
    if (m_closed && m_clock.steady_ms() < m_closed->until_ms) throw m_closed->why;
    m_closed.reset();
}

bool SharedGate::wait_turn(const std::stop_token& stop) {
    const Millis begun = m_clock.steady_ms();
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
    return take_turn(begun, stop);
}

void SharedGate::close(const source::SourceError& why) {
    const std::lock_guard guard{m_mutex};
    const bool is_open = !m_closed || m_clock.steady_ms() >= m_closed->until_ms;
    if (!is_open) return;
    m_closed = Closed{m_clock.steady_ms() + k_longest_hold, why};
    m_closed->why.requests = 0;
}

void SharedGate::hold_off(Millis wait_ms) {
    m_slots.hold_off(m_host, std::min(wait_ms, k_longest_hold));
}

}  // namespace pressings::worker

#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

#include "source/release_source.hpp"
#include "store/request_slots.hpp"
#include "worker/heartbeat.hpp"

namespace pressings::worker {

/// Keeps the requests of all workers on a database together below a rate.
class SharedGate final : public source::RequestGate {
  public:
    /// At most `rate` requests a second to `host`; `slots`, `clock` and `heartbeat` must outlive
    /// it.
    SharedGate(store::RequestSlots& slots, std::string host, double rate, Clock& clock,
               Heartbeat& heartbeat);

    /// Nobody waits for a held service past this time of the steady clock.
    void give_up_at(Millis steady_ms) { m_give_up_at_ms = steady_ms; }

    bool wait_turn(const std::stop_token& stop) override;
    void hold_off(Millis wait_ms) override;
    void close(const source::SourceError& why) override;

  private:
    bool take_turn(Millis begun_ms, const std::stop_token& stop);
    Millis ask_for_turn();
    void refuse_long_hold(Millis begun_ms, Millis free_ms) const;
    bool sleep_until(Millis time_ms, const std::stop_token& stop);
    void refuse_closed();

    struct Closed {
        Millis until_ms = 0;
        source::SourceError why;
    };

    store::RequestSlots& m_slots;
    std::string m_host;
    Millis m_interval_ms;
    std::optional<Millis> m_give_up_at_ms;
    Clock& m_clock;
    Heartbeat& m_heartbeat;
    std::mutex m_mutex;
    std::condition_variable_any m_free;
    std::optional<Closed> m_closed;
    bool m_taken = false;  ///< one thread of this process asks for a turn, the others wait for it
};

}  // namespace pressings::worker

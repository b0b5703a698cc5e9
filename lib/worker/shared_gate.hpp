#pragma once

#include <string>

#include "musicbrainz/release_source.hpp"
#include "store/request_slots.hpp"

namespace pressings::worker {

/// Keeps the requests of all workers on a database together below a rate.
class SharedGate final : public musicbrainz::RequestGate {
  public:
    /// At most `rate` requests a second to `host`; `slots` and `clock` must outlive it.
    SharedGate(store::RequestSlots& slots, std::string host, double rate, Clock& clock);

    bool wait_turn(const std::stop_token& stop) override;
    void hold_off(Millis wait_ms) override;

  private:
    bool sleep_until(Millis time_ms, const std::stop_token& stop);

    store::RequestSlots& m_slots;
    std::string m_host;
    Millis m_interval_ms;
    Clock& m_clock;
};

}  // namespace pressings::worker

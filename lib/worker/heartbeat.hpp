#pragma once

#include <atomic>

#include "base/time.hpp"

namespace pressings::worker {

/// The last sign of life of the threads that fetch: a job begun or ended, a request let through,
/// a turn waited for. What shows none for long hangs.
class Heartbeat {
  public:
    explicit Heartbeat(Clock& clock) : m_clock(clock), m_last_ms(clock.steady_ms()) {}

    void beat() { m_last_ms = m_clock.steady_ms(); }
    /// How long it has been silent.
    Millis silence_ms() const { return m_clock.steady_ms() - m_last_ms; }

  private:
    Clock& m_clock;
    std::atomic<Millis> m_last_ms;
};

}  // namespace pressings::worker

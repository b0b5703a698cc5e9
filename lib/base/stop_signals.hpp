#pragma once

#include <csignal>

namespace pressings {

/// While it lives, SIGINT, SIGTERM and SIGHUP end nothing by themselves: `check` says that one
/// came, so that what is half-written can be taken away first. One at a time.
class StopSignals {
  public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Error if a signal came.
    void check() const;
    /// Whether one came.
    bool came() const;

  private:
    struct sigaction m_before[3]{};
};

}  // namespace pressings

#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace pressings::cli {

/// A progress bar on stderr, drawn only where that is a terminal: how many of how many, how many
/// failed, the rate, the time that is left.
class Progress {
  public:
    /// `total`: of the steps to come.
    Progress(bool wanted, std::int64_t total, Clock& clock);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    bool is_drawn() const { return m_drawn; }
    void step(bool failed);
    /// Clears the line for other output; the next step draws it again.
    void hide();

  private:
    void draw();
    std::string text() const;

    bool m_drawn;
    std::int64_t m_total;
    Clock& m_clock;
    Millis m_begun_ms;
    Millis m_drawn_at_ms = 0;
    std::int64_t m_steps = 0;
    std::int64_t m_failed = 0;
};

}  // namespace pressings::cli

#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "worker/drain.hpp"

namespace pressings {

/// What a run has come to so far.
struct DrainCounts {
    std::int64_t done = 0;
    std::int64_t failed = 0;
};

/// Tells of each finished attempt and of the whole run.
class RunReport {
  public:
    RunReport(cli::Output& output, bool json, cli::Progress& progress)
        : m_output(output), m_json(json), m_progress(progress) {}

    void add(const worker::AttemptReport& attempt);
    const DrainCounts& counts() const { return m_counts; }
    /// The exit status.
    int finish(const worker::DrainSummary& summary);

  private:
    void log_attempt(const worker::AttemptReport& attempt);
    void count(const worker::AttemptReport& attempt);

    cli::Output& m_output;
    bool m_json;
    cli::Progress& m_progress;
    DrainCounts m_counts;
    std::set<std::int64_t> m_left;   ///< jobs that wait for another attempt, by their last one
    bool m_only_unreachable = true;  ///< every error so far was that the source is out of reach
    std::string m_last_error;
};

}  // namespace pressings

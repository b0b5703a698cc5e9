#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "cli/audience.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "worker/drain.hpp"

namespace pressings {

/// What a run has come to so far.
struct DrainCounts {
    std::int64_t done = 0;
    std::int64_t failed = 0;
};

/// What the source answered, whom it cost nothing, and what to do.
std::string outage_text(const worker::Outage& outage);

/// Tells of each finished attempt and of the whole run.
class RunReport {
  public:
    /// `source` is the one that it works with, for people.
    RunReport(cli::Output& output, cli::Audience audience, cli::Progress& progress,
              std::string source)
        : m_output(output),
          m_audience(audience),
          m_progress(progress),
          m_source(std::move(source)) {}

    void add(const worker::AttemptReport& attempt);
    const DrainCounts& counts() const { return m_counts; }
    /// The exit status.
    int finish(const worker::DrainSummary& summary);

  private:
    void log_attempt(const worker::AttemptReport& attempt);
    void count(const worker::AttemptReport& attempt);
    void print_summary(const worker::DrainSummary& summary, bool all_well);
    int stop_for_removals(const Removals& removals);
    int stop_for_outage(const worker::DrainSummary& summary, const worker::Outage& outage);

    cli::Output& m_output;
    cli::Audience m_audience;
    cli::Progress& m_progress;
    DrainCounts m_counts;
    std::set<std::int64_t> m_left;  ///< jobs that wait for another attempt, by their last one
    std::string m_source;
};

}  // namespace pressings

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "domain/job.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/facet_counts.hpp"

namespace pressings::store::sql {

/// An attempt that has ended, as it is counted.
struct EndedAttempt {
    Outcome outcome = Outcome::done;
    int requests = 0;
    int releases = 0;        ///< written
    bool throttled = false;  ///< released, for the service wanted quiet
};

/// Gathers what a transaction changes in the tables of counts and of work, and writes it before the
/// commit.
class Totals {
  public:
    explicit Totals(Millis now_ms) : m_now_ms(now_ms) {}

    void albums(std::int64_t change) { m_changes[{"albums", ""}] += change; }
    void imported_albums(std::int64_t change) { m_changes[{"albums_imported", ""}] += change; }
    /// A release that is present now (`change` is 1), or is no longer (-1).
    void present_release(const ReleaseFacts& release, int change);
    void removed_releases(std::int64_t change) { m_changes[{"releases_removed", ""}] += change; }
    /// The media and tracks of a release that were written (1) or deleted (-1), present or removed.
    void rows_of_release(const ReleaseFacts& release, int change);
    void oddities(std::int64_t change) { m_changes[{"oddities", ""}] += change; }
    void jobs(JobState state, const std::string& queue, std::int64_t change) {
        m_changes[{std::string{to_string(state)}, queue}] += change;
    }
    void move_job(const std::string& queue, JobState from, JobState to) {
        jobs(from, queue, -1);
        jobs(to, queue, 1);
    }
    /// Failed jobs with this error code.
    void failures(const std::string& code, std::int64_t change) {
        m_changes[{"failures", code}] += change;
    }
    void end_attempt(const EndedAttempt& attempt);
    void write(Connection& connection) const;

  private:
    struct Work {
        std::int64_t done = 0;
        std::int64_t retrying = 0;
        std::int64_t failed = 0;
        std::int64_t throttled = 0;
        std::int64_t other = 0;
        std::int64_t requests = 0;
        std::int64_t releases = 0;
    };

    void change(Connection& connection, const std::string& what, const std::string& queue,
                std::int64_t change) const;

    Millis m_now_ms;
    std::map<std::pair<std::string, std::string>, std::int64_t> m_changes;
    std::int64_t m_present = 0;
    std::int64_t m_media = 0;
    std::int64_t m_tracks = 0;
    FacetCounts m_facets;
    Work m_work;
    bool m_worked = false;
};

}  // namespace pressings::store::sql

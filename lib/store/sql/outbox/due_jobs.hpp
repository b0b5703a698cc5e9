#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/job_queue.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// Finds due jobs by seeking from queue to queue and priority to priority, so that jobs that are
/// not due yet, or of a queue that is not asked for, are never read, however many they are. Lives
/// no longer than the transaction it is used in, in which nobody else may take jobs.
class DueJobs {
  public:
    DueJobs(Connection& connection, const ClaimFilter& filter, Millis now_ms);

    /// The job that is to be taken next: of the highest priority, and of these the one that is
    /// due the longest; nothing if none is due. `suspects`: among them those whose worker died.
    /// One that was found before must have been taken.
    std::optional<std::int64_t> next(bool suspects);

  private:
    struct Found {
        std::int64_t priority = 0;
        std::int64_t run_at_ms = 0;
        std::int64_t id = 0;

        bool is_before(const Found& other) const;
    };
    struct Queue {
        std::string name;
        std::optional<std::int64_t> priority{};  ///< the highest that may have a due job
        std::optional<Found> first{};            ///< nothing: to be sought
        bool is_done = false;                    ///< it has no more
    };

    void add_queues(const ClaimFilter& filter);
    void seek(Queue& queue, bool suspects);

    Connection& m_connection;
    Millis m_now_ms;
    std::vector<Queue> m_queues;
    bool m_suspects = false;
};

}  // namespace pressings::store::sql

#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "store/job_queue.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/outbox/claim_trail.hpp"

namespace pressings::store::sql {

/// Finds due jobs by seeking from priority to priority and queue to queue, so that jobs that are
/// not due yet, or of a queue that is not asked for, are never read, however many they are. Lives
/// no longer than the transaction it is used in.
class DueJobs {
  public:
    /// Those that are to be taken are kept from others until the transaction ends; those that
    /// others keep are passed over.
    enum class Use { look, take };

    /// `trail` must outlive it.
    DueJobs(Connection& connection, const ClaimFilter& filter, Millis now_ms, Use use,
            ClaimTrail& trail);

    /// The jobs that are to be taken next, `most` (one or more) or fewer, if not all are found at
    /// once: those of the highest priority, and of these the ones that are due the longest; none if
    /// none is due. `suspects`: one alone, which may be one whose worker died. Those that were
    /// found before must have been taken.
    std::vector<std::int64_t> next(int most, bool suspects);

  private:
    struct Found {
        std::int64_t run_at_ms = 0;
        std::int64_t id = 0;

        bool is_before(const Found& other) const;
    };
    /// A queue's jobs of one priority.
    struct Level {
        std::int64_t priority = 0;
        std::string queue;
        std::deque<Found> found{};  ///< none: to be sought
        bool is_done = false;       ///< it has no more
    };

    Level* best_level(int most);
    void seek(Level& level, int most);
    void seek_behind(Level& level, const ClaimTrail::Place& place, int most);

    Connection& m_connection;
    Millis m_now_ms;
    Use m_use;
    ClaimTrail& m_trail;
    std::vector<Level> m_levels;  ///< the highest priority first
    bool m_suspects = false;
};

}  // namespace pressings::store::sql

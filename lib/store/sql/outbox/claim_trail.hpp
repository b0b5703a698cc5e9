#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "base/time.hpp"

namespace pressings::store::sql {

/// Where claims left off that had to go past many jobs which are gone: as long as anybody on a
/// server may still see those, every claim would read them again. What came in before that place is
/// found when it is forgotten, within a second.
class ClaimTrail {
  public:
    struct Level {
        std::string queue;
        std::int64_t priority = 0;

        auto operator<=>(const Level&) const = default;
    };
    struct Place {
        std::int64_t run_at_ms = 0;
        std::int64_t id = 0;
    };
    /// Before all jobs.
    static const Place k_start;

    /// Behind which jobs of a level are to be sought, at a time of a steady clock.
    Place place(const Level& level, Millis steady_ms);
    /// The last job that was found there, and how long that took.
    void note(const Level& level, const Place& last, Millis took_ms, Millis steady_ms);
    void forget(const Level& level) { m_marks.erase(level); }

  private:
    struct Mark {
        Place place;
        Millis forgotten_at_ms = 0;
    };

    std::map<Level, Mark> m_marks;
};

}  // namespace pressings::store::sql

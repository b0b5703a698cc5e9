#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/time.hpp"

namespace pressings::render::report {

/// How many things there were at which time, however many things and however long a time, in a
/// bounded number of steps: of a minute at first, twice as long whenever there are too many.
class Growth {
  public:
    struct Point {
        Millis at_ms = 0;  ///< the end of a step
        std::int64_t count = 0;
    };

    void add(Millis at_ms, std::int64_t count = 1);

    /// The count at the end of each step in which it grew, and 0 before the first.
    std::vector<Point> points() const;
    /// How many came at `since_ms` or later, to within a step.
    std::int64_t since(Millis since_ms) const;

  private:
    void widen();

    Millis m_step_ms = 60'000;
    std::map<std::int64_t, std::int64_t> m_steps;  ///< by number of the step since 1970
};

}  // namespace pressings::render::report

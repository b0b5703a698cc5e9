#include "store/sql/outbox/claim_trail.hpp"

#include <limits>

namespace pressings::store::sql {

const ClaimTrail::Place ClaimTrail::k_start{std::numeric_limits<std::int64_t>::min(), 0};

ClaimTrail::Place ClaimTrail::place(const Level& level, Millis steady_ms) {
    const auto mark = m_marks.find(level);
    if (mark == m_marks.end()) return k_start;
    if (steady_ms < mark->second.forgotten_at_ms) return mark->second.place;
    m_marks.erase(mark);
    return k_start;
}

void ClaimTrail::note(const Level& level, const Place& last, Millis took_ms, Millis steady_ms) {
    constexpr Millis k_slow_ms = 5;
    constexpr Millis k_good_for_ms = 1'000;
    const auto mark = m_marks.find(level);
    if (mark != m_marks.end()) {
        mark->second.place = last;
    } else if (took_ms >= k_slow_ms) {
        m_marks[level] = {last, steady_ms + k_good_for_ms};
    }
}

}  // namespace pressings::store::sql

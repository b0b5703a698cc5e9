// The part of SqlMaintenance that knows how far the wall clock is believed.
#include <cstdlib>

#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/upkeep/sql_maintenance.hpp"

namespace pressings::store::sql {

namespace {

/// Who comes each minute does not write each time.
bool is_worth_noting(const ClockTrail& before, const ClockTrail& after) {
    constexpr Millis k_hour = 3'600'000;
    return before.leap_seen_ms != after.leap_seen_ms ||
           std::abs(after.believed_ms - before.believed_ms) >= k_hour;
}

}  // namespace

std::optional<ClockTrail> SqlMaintenance::noted_trail() {
    Query row = m_connection.query(sql::k_clock_trail);
    row.step();
    if (row.integer(0) == 0) return std::nullopt;
    return ClockTrail{row.integer(0), row.integer(1)};
}

/// Before anything was noted, the latest thing that happened tells what time it was.
ClockTrail SqlMaintenance::clock_trail() {
    const auto noted = noted_trail();
    return noted ? *noted : ClockTrail{m_connection.integer(sql::k_latest_time), 0};
}

Millis SqlMaintenance::believed_now_ms() {
    return guarded(m_connection, [&] {
        ReadTransaction view{m_connection};
        return believed_time(clock_trail(), m_clock.now_ms());
    });
}

Millis SqlMaintenance::follow_clock() {
    return guarded_verb(m_connection, [&] {
        const Millis now = m_clock.now_ms();
        const auto noted = noted_trail();
        const ClockTrail seen = pressings::follow_clock(clock_trail(), now);
        if (noted && !is_worth_noting(*noted, seen)) return seen.believed_ms;
        WriteTransaction transaction{m_connection};
        const ClockTrail trail = pressings::follow_clock(clock_trail(), now);
        m_connection.query(sql::k_set_clock_trail)
            .bind(trail.believed_ms, trail.leap_seen_ms)
            .run();
        transaction.commit();
        return trail.believed_ms;
    });
}

}  // namespace pressings::store::sql

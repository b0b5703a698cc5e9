#include "store/sql/totals.hpp"

#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

void Totals::end_attempt(const EndedAttempt& attempt) {
    m_worked = true;
    ++m_changes[{"attempts", std::string{to_string(attempt.outcome)}}];
    m_changes[{"requests", ""}] += attempt.requests;
    m_work.requests += attempt.requests;
    m_work.releases += attempt.releases;
    if (attempt.throttled) {
        ++m_work.throttled;
        return;
    }
    switch (attempt.outcome) {
        case Outcome::done:
            ++m_work.done;
            break;
        case Outcome::retrying:
            ++m_work.retrying;
            break;
        case Outcome::failed:
            ++m_work.failed;
            break;
        case Outcome::running:
        case Outcome::released:
        case Outcome::crashed:
        case Outcome::killed:
        case Outcome::expired:
        case Outcome::cancelled:
            ++m_work.other;
            break;
    }
}

void Totals::present_release(const ReleaseFacts& release, int change) {
    m_present += change;
    m_facets.count(release, change);
}

void Totals::rows_of_release(const ReleaseFacts& release, int change) {
    m_media += change * release.media;
    m_tracks += change * release.tracks;
}

void Totals::change(Connection& connection, const std::string& what, const std::string& queue,
                    std::int64_t change) const {
    if (change == 0) return;
    connection.query(sql::k_change_total).bind(what, queue, change).write();
}

void Totals::write(Connection& connection) const {
    for (const auto& [key, by] : m_changes)
        change(connection, key.first, key.second, by);
    change(connection, "releases", "", m_present);
    change(connection, "media", "", m_media);
    change(connection, "tracks", "", m_tracks);
    m_facets.write(connection);
    if (!m_worked) return;
    connection.query(sql::k_add_work)
        .bind(m_now_ms / 60'000, m_work.done, m_work.retrying, m_work.failed, m_work.throttled,
              m_work.other, m_work.requests, m_work.releases)
        .write();
}

}  // namespace pressings::store::sql

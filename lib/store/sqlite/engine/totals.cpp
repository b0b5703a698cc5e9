#include "store/sqlite/engine/totals.hpp"

#include "store/sqlite/outbox/job_sql.hpp"

namespace pressings::store::sqlite {

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

void Totals::write(Connection& connection) const {
    for (const auto& [key, change] : m_changes) {
        if (change == 0) continue;
        const auto& [what, queue] = key;
        if (connection.query(sql::k_change_total).bind(what, queue, change).run() == 0) {
            connection.query(sql::k_first_total).bind(what, queue, change).run();
        }
    }
    if (!m_worked) return;
    connection.query(sql::k_add_work)
        .bind(m_now_ms / 60'000, m_work.done, m_work.retrying, m_work.failed, m_work.throttled,
              m_work.other, m_work.requests, m_work.releases)
        .run();
}

}  // namespace pressings::store::sqlite

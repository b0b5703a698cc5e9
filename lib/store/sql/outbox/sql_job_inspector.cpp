#include "store/sql/outbox/sql_job_inspector.hpp"

#include <algorithm>

#include "store/sql/catalogue/candidate_rows.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/watch_rows.hpp"

namespace pressings::store::sql {

namespace {

/// The statement for one state that has an index of its own, if it has.
std::string_view statement_of(JobState state) {
    switch (state) {
        case JobState::pending:
            return sql::k_job_records_pending;
        case JobState::running:
            return sql::k_job_records_running;
        case JobState::failed:
            return sql::k_job_records_failed;
        case JobState::done:
        case JobState::cancelled:
        case JobState::superseded:
            return {};
    }
    return {};
}

AttemptRecord read_attempt(const Query& row) {
    AttemptRecord attempt;
    attempt.attempt = static_cast<int>(row.integer(0));
    attempt.worker = row.text(1);
    attempt.started_at_ms = row.integer(2);
    attempt.finished_at_ms = row.maybe_integer(3);
    attempt.outcome = parse_outcome(row.text(4)).value_or(Outcome::running);
    if (const auto code = row.maybe_text(5)) {
        attempt.error = JobError{*code, row.maybe_text(6).value_or("")};
    }
    attempt.requests = static_cast<int>(row.integer(7));
    attempt.releases = static_cast<int>(row.integer(8));
    return attempt;
}

}  // namespace

void SqlJobInspector::jobs(const JobFilter& filter,
                           const std::function<void(const JobRecord&)>& each) {
    guarded(m_connection, [&] {
        const std::int64_t limit = row_limit(filter.limit);
        const auto state =
            filter.state ? std::optional{std::string{to_string(*filter.state)}} : std::nullopt;
        const auto by_state = filter.state ? statement_of(*filter.state) : std::string_view{};
        const auto read_all = [&](Query& row) {
            while (row.step())
                each(read_job(row, m_workers));
        };
        if (filter.album_id) {
            Query row = m_connection.query(sql::k_job_records_of_album);
            read_all(row.bind(*filter.album_id, state, filter.queue, filter.error_code, limit));
        } else if (!by_state.empty()) {
            Query row = m_connection.query(by_state);
            read_all(row.bind(filter.queue, filter.error_code, limit));
        } else {
            Query row = m_connection.query(sql::k_job_records);
            read_all(row.bind(state, filter.queue, filter.error_code, limit));
        }
    });
}

std::optional<JobRecord> SqlJobInspector::job(std::int64_t id) {
    return guarded(m_connection, [&] { return load_job(m_connection, id, m_workers); });
}

std::vector<AttemptRecord> SqlJobInspector::attempts(std::int64_t job_id) {
    return guarded(m_connection, [&] {
        std::vector<AttemptRecord> attempts;
        Query row = m_connection.query(sql::k_attempts_of_job);
        row.bind(job_id);
        while (row.step())
            attempts.push_back(read_attempt(row));
        return attempts;
    });
}

std::vector<Candidate> SqlJobInspector::candidates(std::int64_t job_id) {
    return guarded(m_connection, [&] { return read_candidates(m_connection, job_id); });
}

std::vector<JobRecord> SqlJobInspector::records(std::string_view statement, std::int64_t limit) {
    std::vector<JobRecord> records;
    Query row = m_connection.query(statement);
    row.bind(std::nullopt, std::nullopt, limit);
    while (row.step())
        records.push_back(read_job(row, m_workers));
    return records;
}

void SqlJobInspector::read_totals(QueueStatus& status) {
    Query row = m_connection.query(sql::k_totals);
    while (row.step()) {
        const std::string what = row.text(0);
        const std::int64_t value = row.integer(2);
        if (what == "albums") status.albums = value;
        if (what == "releases") status.releases = value;
        if (what == "oddities") status.oddities = value;
        if (what == "requests") status.requests = value;
        if (what == "failures" && value != 0) status.failures.push_back({row.text(1), value});
        if (what == "attempts") status.attempts.push_back({row.text(1), value});
        const auto state = parse_job_state(what);
        if (state && value != 0) status.counts.push_back({*state, row.text(1), value});
    }
}

/// Of the last ten minutes, or since work began within them.
RecentWork SqlJobInspector::recent_work(Millis now_ms) {
    constexpr Millis k_minute = 60'000;
    constexpr Millis k_minutes = 10;
    const Millis this_minute = now_ms / k_minute;
    RecentWork work;
    Query row = m_connection.query(sql::k_work_since);
    row.bind(this_minute - k_minutes + 1, this_minute).step();
    const auto first_minute = row.maybe_integer(0);
    if (!first_minute) return work;
    work.span_ms = std::max<Millis>(1, now_ms - *first_minute * k_minute);
    work.done = row.integer(1);
    work.retrying = row.integer(2);
    work.failed = row.integer(3);
    work.throttled = row.integer(4);
    work.requests = row.integer(6);
    work.releases = row.integer(7);
    return work;
}

QueueStatus SqlJobInspector::status() {
    constexpr std::int64_t k_recent = 10;
    return guarded(m_connection, [&] {
        QueueStatus status;
        const Millis now = m_clock.now_ms();
        ReadTransaction view{m_connection};
        read_totals(status);
        {
            Query waiting = m_connection.query(sql::k_count_waiting);
            waiting.bind(now, 0, "[]").step();
            for (const QueueStatus::Count& count : status.counts) {
                if (count.state == JobState::pending) status.due += count.jobs;
            }
            status.due -= waiting.integer(0);
            Query oldest = m_connection.query(sql::k_oldest_due);
            const auto run_at = oldest.step() ? oldest.maybe_integer(0) : std::nullopt;
            if (run_at && *run_at <= now) status.oldest_due_age_ms = now - *run_at;
            Query paused = m_connection.query(sql::k_paused);
            while (paused.step())
                status.paused.push_back(paused.text(0));
        }
        status.recent = recent_work(now);
        status.watches = count_watches(m_connection, now);
        status.running = records(sql::k_job_records_running, row_limit(0));
        status.failed_recent = records(sql::k_job_records_failed, k_recent);
        status.health = m_connection.health();
        return status;
    });
}

}  // namespace pressings::store::sql

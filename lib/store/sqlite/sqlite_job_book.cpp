#include "store/sqlite/sqlite_job_book.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "store/sqlite/candidate_rows.hpp"
#include "store/sqlite/job_rows.hpp"
#include "store/sqlite/job_sql.hpp"

namespace pressings::store::sqlite {

namespace {

std::int64_t row_limit(std::int64_t limit) {
    return limit > 0 ? limit : -1;  // SQLite's word for "all"
}

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
    attempt.outcome = row.text(4);
    if (const auto code = row.maybe_text(5)) {
        attempt.error = JobError{*code, row.maybe_text(6).value_or("")};
    }
    attempt.requests = static_cast<int>(row.integer(7));
    attempt.releases = static_cast<int>(row.integer(8));
    return attempt;
}

}  // namespace

void SqliteJobBook::jobs(const JobFilter& filter,
                         const std::function<void(const JobRecord&)>& each) {
    guarded(m_connection, [&] {
        const Millis steady = m_clock.steady_ms();
        const std::int64_t limit = row_limit(filter.limit);
        const auto state =
            filter.state ? std::optional{std::string{to_string(*filter.state)}} : std::nullopt;
        const auto by_state = filter.state ? statement_of(*filter.state) : std::string_view{};
        const auto read_all = [&](Query& row) {
            while (row.step())
                each(read_job(row, steady));
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

std::optional<JobRecord> SqliteJobBook::job(std::int64_t id) {
    return guarded(m_connection, [&]() -> std::optional<JobRecord> {
        Query row = m_connection.query(sql::k_job_record);
        if (!row.bind(id).step()) return std::nullopt;
        return read_job(row, m_clock.steady_ms());
    });
}

std::vector<AttemptRecord> SqliteJobBook::attempts(std::int64_t job_id) {
    return guarded(m_connection, [&] {
        std::vector<AttemptRecord> attempts;
        Query row = m_connection.query(sql::k_attempts_of_job);
        row.bind(job_id);
        while (row.step())
            attempts.push_back(read_attempt(row));
        return attempts;
    });
}

std::vector<Candidate> SqliteJobBook::candidates(std::int64_t job_id) {
    return guarded(m_connection, [&] { return read_candidates(m_connection, job_id); });
}

std::vector<JobRecord> SqliteJobBook::records(std::string_view statement, std::int64_t limit) {
    std::vector<JobRecord> records;
    Query row = m_connection.query(statement);
    row.bind(std::nullopt, std::nullopt, limit);
    while (row.step())
        records.push_back(read_job(row, m_clock.steady_ms()));
    return records;
}

void SqliteJobBook::read_totals(QueueStatus& status) {
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
RecentWork SqliteJobBook::recent_work(Millis now_ms) {
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

QueueStatus SqliteJobBook::status() {
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
        status.running = records(sql::k_job_records_running, -1);
        status.failed_recent = records(sql::k_job_records_failed, k_recent);
        status.log_bytes = m_connection.log_bytes();
        return status;
    });
}

/// Another job, still open, for the album or the artist of this one.
std::optional<std::int64_t> SqliteJobBook::other_open_job(const JobRecord& job) {
    const bool album = job.kind == JobKind::releases;
    Query open = m_connection.query(album ? sql::k_open_job_of_album : sql::k_open_job_of_artist);
    if (album) {
        open.bind(job.album_id);
    } else {
        open.bind(job.mbid);
    }
    if (!open.step() || open.integer(0) == job.id) return std::nullopt;
    return open.integer(0);
}

/// Makes the change inside the caller's transaction; why not, if it cannot be made.
std::string SqliteJobBook::change(const JobRecord& job, Steering what, UnitOfWork& work) {
    switch (what) {
        case Steering::cancel:
            if (cancel_job(work, job.id, std::nullopt)) return {};
            return fmt::format("job {} is {} already", job.id, to_string(job.state));
        case Steering::run_now:
            if (work.query(sql::k_run_job_now).bind(job.id, work.now_ms()).run() == 1) return {};
            return fmt::format("job {} is {}, not pending", job.id, to_string(job.state));
        case Steering::retry:
            break;
    }
    if (const auto other = other_open_job(job)) {
        return fmt::format("job {} cannot run again: job {} for the same is open", job.id, *other);
    }
    if (work.query(sql::k_reopen_job).bind(job.id, work.now_ms()).run() == 1) return {};
    if (job.state == JobState::superseded) {
        return fmt::format("job {} is superseded: a later job has imported its album", job.id);
    }
    return fmt::format("job {} is {}, neither failed nor cancelled", job.id, to_string(job.state));
}

JobBook::Steered SqliteJobBook::steer_one(std::int64_t job_id, Steering what, UnitOfWork& work) {
    const auto before = job(job_id);
    if (!before) return {false, fmt::format("there is no job {}", job_id), std::nullopt};
    std::string refusal = change(*before, what, work);
    if (!refusal.empty()) return {false, std::move(refusal), before->state};
    const JobState after = job(job_id)->state;
    work.totals().move_job(before->queue, before->state, after);
    if (before->state == JobState::failed) {
        work.totals().failures(before->error ? before->error->code : "unknown", -1);
    }
    return {true, {}, after};
}

std::vector<JobBook::Steered> SqliteJobBook::steer(std::span<const std::int64_t> job_ids,
                                                   Steering what, bool dry_run) {
    return guarded(m_connection, [&] {
        std::vector<Steered> steered;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        for (const std::int64_t id : job_ids)
            steered.push_back(steer_one(id, what, work));
        if (!dry_run) work.commit();
        return steered;
    });
}

std::vector<SqliteJobBook::Prunable> SqliteJobBook::prunable(Millis before_ms,
                                                             std::optional<JobState> state,
                                                             int limit) {
    const bool failed = state == JobState::failed;
    const auto name = state ? std::optional{std::string{to_string(*state)}} : std::nullopt;
    std::vector<Prunable> jobs;
    Query row = m_connection.query(failed ? sql::k_prunable_failed : sql::k_prunable_done);
    row.bind(before_ms, name, limit);
    while (row.step()) {
        jobs.push_back({row.integer(0), row.text(1), *parse_job_state(row.text(2)),
                        row.maybe_text(3).value_or("unknown")});
    }
    return jobs;
}

std::int64_t SqliteJobBook::prune(Millis before_ms, std::optional<JobState> state, int limit,
                                  bool dry_run) {
    return guarded(m_connection, [&]() -> std::int64_t {
        // Looked at first without the lock: nothing to delete is nothing to write.
        const auto seen = prunable(before_ms, state, limit);
        if (dry_run || seen.empty()) return static_cast<std::int64_t>(seen.size());
        UnitOfWork work{m_connection, m_clock.now_ms()};
        const auto jobs = prunable(before_ms, state, limit);
        for (const Prunable& job : jobs) {
            work.query(sql::k_delete_job).bind(job.id).run();
            work.totals().jobs(job.state, job.queue, -1);
            if (job.state == JobState::failed) work.totals().failures(job.error_code, -1);
        }
        work.commit();
        return static_cast<std::int64_t>(jobs.size());
    });
}

void SqliteJobBook::forget_old_work() {
    constexpr Millis k_minutes_kept = 24 * 60;
    guarded(m_connection, [&] {
        const Millis first_kept = believed_now_ms() / 60'000 - k_minutes_kept;
        // Looked at first without the lock: nothing to delete is nothing to write.
        if (!m_connection.query(sql::k_old_work).bind(first_kept).step()) return;
        WriteTransaction transaction{m_connection};
        m_connection.query(sql::k_delete_old_work).bind(first_kept).run();
        transaction.commit();
    });
}

void SqliteJobBook::pause(const std::string& queue) {
    guarded(m_connection, [&] {
        WriteTransaction transaction{m_connection};
        m_connection.query(sql::k_pause).bind(queue, m_clock.now_ms()).run();
        transaction.commit();
    });
}

void SqliteJobBook::resume(const std::string& queue) {
    guarded(m_connection, [&] {
        WriteTransaction transaction{m_connection};
        m_connection.query(sql::k_resume).bind(queue).run();  // '*' takes back every pause
        transaction.commit();
    });
}

}  // namespace pressings::store::sqlite

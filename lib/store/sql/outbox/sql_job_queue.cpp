#include "store/sql/outbox/sql_job_queue.hpp"

#include <fmt/format.h>

#include "base/memory_kills.hpp"
#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/candidate_rows.hpp"
#include "store/sql/catalogue/catalogue_rows.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "store/sql/lists.hpp"
#include "store/sql/outbox/due_jobs.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/kinds/write_finding.hpp"
#include "store/sql/outbox/watch_rows.hpp"

namespace pressings::store::sql {

void SqlJobQueue::start_worker(const std::string& name) {
    m_worker_name = name;
}

/// Done with the first claim: a worker that finds nothing to do leaves no trace.
void SqlJobQueue::register_worker() {
    WorkerRow worker{0, m_clock.now_ms(), m_workers.place(), memory_kills()};
    WriteTransaction transaction{m_connection, Writers::together};
    m_connection.query(sql::k_insert_worker)
        .bind(m_worker_name, worker.place, worker.started_at_ms, worker.memory_kills)
        .run();
    worker.id = m_connection.last_insert_id();
    // Before the row is seen, so that nobody takes the new worker for a dead one.
    auto presence = m_workers.enter(worker);
    transaction.commit();
    m_presence = std::move(presence);
    m_worker_id = worker.id;
}

std::vector<ClaimedJob> SqlJobQueue::take(UnitOfWork& work, std::span<const std::int64_t> ids,
                                          Millis lease_ms) {
    const std::string list = id_list(ids);
    std::vector<ClaimedJob> jobs(ids.size());
    Query row = work.query(sql::k_claim);
    row.bind(list, m_worker_id, m_workers.lease_clock_ms() + lease_ms, work.now_ms()).ask();
    ClaimedAlbums albums{work.connection(), list};
    while (row.step()) {
        const std::int64_t id = row.integer(0);
        ClaimedJob& job =
            jobs[static_cast<std::size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin())];
        job.id = id;
        job.claim = row.integer(1);
        job.attempt = static_cast<int>(row.integer(2));
        job.kind = parse_job_kind(row.text(3)).value();  // only those are sought
        job.album_id = row.maybe_integer(4);
        job.subject = row.maybe_mbid(5);
        job.arguments = row.maybe_text(6).value_or("");
        job.queue = row.text(7);
        job.priority = static_cast<int>(row.integer(8));
        job.suspect = row.integer(9) > 0;
    }
    albums.fill(jobs);
    for (ClaimedJob& job : jobs) {
        if (job.kind == JobKind::discography) {
            Query known = work.query(sql::k_imported_of_artist);
            job.imported = known.bind(job.subject).step();
        }
        work.query(sql::k_begin_attempt)
            .bind(job.id, job.claim, job.attempt, m_worker_id, work.now_ms())
            .write();
        work.totals().move_job(job.queue, JobState::pending, JobState::running);
    }
    return jobs;
}

bool SqlJobQueue::is_any_due(const ClaimFilter& filter, Millis now_ms) {
    ReadTransaction view{m_connection};
    DueJobs due_jobs{m_connection, filter, now_ms, DueJobs::Use::look, m_trail};
    return !due_jobs.next(1, filter.suspects).empty();
}

std::vector<ClaimedJob> SqlJobQueue::claim(const ClaimFilter& filter, Millis lease_ms) {
    return guarded_verb(m_connection, [&](Writers writers) {
        std::vector<ClaimedJob> jobs;
        const Millis now = m_clock.now_ms();
        // Looked at first without the lock: an idle worker writes nothing.
        if (!m_found_all_wanted && !is_any_due(filter, now)) return jobs;
        if (m_worker_id == 0) register_worker();
        UnitOfWork work{m_connection, now, writers};
        DueJobs due_jobs{m_connection, filter, now, DueJobs::Use::take, m_trail};
        while (static_cast<int>(jobs.size()) < filter.limit) {
            const int wanted = filter.limit - static_cast<int>(jobs.size());
            const auto due = due_jobs.next(wanted, filter.suspects && jobs.empty());
            if (due.empty()) break;
            for (ClaimedJob& job : take(work, due, lease_ms))
                jobs.push_back(std::move(job));
            if (jobs.back().suspect) break;
        }
        m_found_all_wanted = static_cast<int>(jobs.size()) == filter.limit;
        if (jobs.empty()) return jobs;
        m_connection.query(sql::k_note_claim).bind(now).write();
        work.commit();
        return jobs;
    });
}

void SqlJobQueue::end_attempt(const ClaimedJob& job, const EndedAttempt& ended,
                              const std::optional<JobError>& error, UnitOfWork& work) {
    const auto code = error ? std::optional{error->code} : std::nullopt;
    const auto message = error ? std::optional{error->message} : std::nullopt;
    work.query(sql::k_end_attempt)
        .bind(job.id, job.claim, work.now_ms(), to_string(ended.outcome), code, message,
              ended.requests, ended.releases)
        .write();
    work.totals().end_attempt(ended);
}

AttemptResult SqlJobQueue::complete(const Finding& finding) {
    return guarded_verb(m_connection, [&] {
        const ClaimedJob& job = finding.job;
        AttemptResult report;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        report.accepted =
            work.query(sql::k_finish_job).bind(job.id, job.claim, work.now_ms()).run() == 1;
        if (!report.accepted) return report;
        report.counts = write_finding(work, finding);
        end_attempt(job, {Outcome::done, finding.requests}, std::nullopt, work);
        work.totals().move_job(job.queue, JobState::running, JobState::done);
        work.commit();
        return report;
    });
}

bool SqlJobQueue::apply(const FailedAttempt& attempt, UnitOfWork& work) {
    struct Way {
        std::string_view statement;
        Outcome outcome;
        JobState to;
        Millis time_ms;
    };
    const auto way = [&]() -> Way {
        switch (attempt.verdict) {
            case Verdict::retry:
                return {sql::k_retry_job, Outcome::retrying, JobState::pending, attempt.run_at_ms};
            case Verdict::fail:
                return {sql::k_fail_job, Outcome::failed, JobState::failed, work.now_ms()};
            case Verdict::requeue:
            case Verdict::quiet:
            case Verdict::stop:
                return {sql::k_requeue_job, Outcome::released, JobState::pending,
                        attempt.run_at_ms};
        }
        throw StoreError("an attempt was given up in no known way");
    }();
    const ClaimedJob& job = attempt.job;
    const auto code = attempt.error ? std::optional{attempt.error->code} : std::nullopt;
    const auto message = attempt.error ? std::optional{attempt.error->message} : std::nullopt;
    const bool ours =
        work.query(way.statement).bind(job.id, job.claim, way.time_ms, code, message).run() == 1;
    if (!ours) return false;
    const bool throttled = attempt.verdict == Verdict::quiet;
    end_attempt(job, {way.outcome, attempt.requests, 0, throttled}, attempt.error, work);
    if (attempt.error && way.outcome != Outcome::released) {
        write_candidates(work.connection(), job.id, attempt.error->candidates);
    }
    work.totals().move_job(job.queue, JobState::running, way.to);
    if (way.to == JobState::failed) work.totals().failures(code.value_or("unknown"), 1);
    const bool is_gone = way.to == JobState::failed && code == k_watch_gone;
    if (is_gone && job.kind == JobKind::watch) {
        note_watch_gone(work, job.subject.value(), *attempt.error);
    }
    return true;
}

AttemptResult SqlJobQueue::finish_failed(const FailedAttempt& attempt) {
    return guarded_verb(m_connection, [&](Writers writers) {
        AttemptResult report;
        UnitOfWork work{m_connection, m_clock.now_ms(), writers};
        report.accepted = apply(attempt, work);
        work.commit();
        return report;
    });
}

void SqlJobQueue::renew(Millis lease_ms) {
    guarded_verb(m_connection, [&](Writers writers) {
        WriteTransaction transaction{m_connection, writers};
        m_connection.query(sql::k_renew)
            .bind(m_worker_id, m_workers.lease_clock_ms() + lease_ms)
            .run();
        transaction.commit();
    });
}

JobQueue::Backlog SqlJobQueue::backlog(const ClaimFilter& filter) {
    return guarded_verb(m_connection, [&] {
        const std::string queues = name_list(filter.queues);
        const auto named = static_cast<std::int64_t>(filter.queues.size());
        Backlog backlog;
        ReadTransaction view{m_connection};
        Query open = m_connection.query(sql::k_count_open);
        open.bind(named, queues).step();
        const std::int64_t pending = open.integer(0);
        backlog.open = open.integer(1);
        if (pending == 0) return backlog;
        Query waiting = m_connection.query(sql::k_count_waiting);
        waiting.bind(m_clock.now_ms(), named, queues).step();
        backlog.due = pending - waiting.integer(0);
        Query next = m_connection.query(sql::k_next_run_at);
        if (next.bind(named, queues, known_job_kinds()).step())
            backlog.next_run_at_ms = next.maybe_integer(0);
        return backlog;
    });
}

}  // namespace pressings::store::sql

// The part of SqlJobQueue that takes jobs back from workers that are gone.
#include "domain/recovery.hpp"

#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/sql_job_queue.hpp"

namespace pressings::store::sql {

namespace {

/// As the log of attempts calls it.
Outcome outcome_of(WorkerEnd end) {
    switch (end) {
        case WorkerEnd::stopped:
            return Outcome::expired;
        case WorkerEnd::killed:
        case WorkerEnd::restarted:
            return Outcome::killed;
        case WorkerEnd::out_of_memory:
        case WorkerEnd::crashed:
            return Outcome::crashed;
    }
    return Outcome::killed;
}

}  // namespace

struct SqlJobQueue::Running {
    ClaimedJob job;
    WorkerRow worker;
    bool worker_is_gone = false;  ///< else its lease ran out
    WorkerDeaths deaths;          ///< before this one
};

std::vector<SqlJobQueue::Running> SqlJobQueue::lost_jobs() {
    std::vector<Running> lost;
    const Millis now = m_workers.lease_clock_ms();
    Query row = m_connection.query(sql::k_running);
    while (row.step()) {
        Running running;
        running.worker = {row.integer(2), row.integer(7), row.text(8), row.maybe_integer(9)};
        if (running.worker.id == m_worker_id) continue;
        running.worker_is_gone = m_workers.is_gone(running.worker);
        const bool expired =
            m_workers.has_lease_clock(running.worker.place) && row.integer(3) < now;
        if (!running.worker_is_gone && !expired) continue;
        running.job.id = row.integer(0);
        running.job.claim = row.integer(1);
        running.job.queue = row.text(6);
        running.deaths = {static_cast<int>(row.integer(4)), static_cast<int>(row.integer(5))};
        lost.push_back(running);
    }
    return lost;
}

WorkerEnd SqlJobQueue::end_of_worker(const Running& running) {
    return running.worker_is_gone ? m_workers.end_of(running.worker) : WorkerEnd::stopped;
}

Recovered SqlJobQueue::take_back(const Running& running, WorkerEnd end, UnitOfWork& work) {
    const ClaimedJob& job = running.job;
    const TakenBack decided = pressings::take_back(end, running.deaths, work.now_ms());
    const JobError& error = decided.error;
    if (decided.state == JobState::failed) {
        work.query(sql::k_fail_job)
            .bind(job.id, job.claim, work.now_ms(), error.code, error.message)
            .run();
        work.totals().failures(error.code, 1);
    } else {
        work.query(sql::k_take_back_job)
            .bind(job.id, job.claim, decided.deaths.crashes, decided.deaths.kills,
                  decided.deaths.is_suspect(), decided.run_at_ms, decided.attempt_is_spent ? 0 : 1,
                  error.code, error.message)
            .run();
    }
    end_attempt(job, {outcome_of(end)}, error, work);
    work.totals().move_job(job.queue, JobState::running, decided.state);
    return {job.id, decided};
}

/// Jobs wait for a time of the wall clock. If that was set back, they wait for as long as they
/// would have: not for a day more.
void SqlJobQueue::adjust_to_clock_step() {
    constexpr Millis k_tolerance = 1'000;
    const auto gone_back = [this] {
        return m_connection.integer(sql::k_latest_time) - m_clock.now_ms();
    };
    if (gone_back() < k_tolerance) return;
    WriteTransaction transaction{m_connection};
    const Millis back = gone_back();
    if (back < k_tolerance) return;  // another worker was first
    const Millis now = m_clock.now_ms();
    m_connection.query(sql::k_move_back_waiting).bind(now, back).run();
    m_connection.query(sql::k_set_clock).bind(now).run();
    m_connection.query(sql::k_set_clock_job).run();
    transaction.commit();
}

std::vector<Recovered> SqlJobQueue::recover() {
    return guarded_verb(m_connection, [&] {
        m_connection.require_in_place();
        adjust_to_clock_step();
        std::vector<Recovered> recovered;
        if (lost_jobs().empty()) return recovered;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        for (const Running& running : lost_jobs())
            recovered.push_back(take_back(running, end_of_worker(running), work));
        work.commit();
        m_workers.forget_ends();
        return recovered;
    });
}

}  // namespace pressings::store::sql

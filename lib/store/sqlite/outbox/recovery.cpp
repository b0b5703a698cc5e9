// The part of SqliteJobQueue that takes jobs back from workers that are gone.
#include "domain/recovery.hpp"

#include "base/boot.hpp"
#include "base/memory_kills.hpp"
#include "store/sqlite/file/worker_lock.hpp"
#include "store/sqlite/outbox/death_notes.hpp"
#include "store/sqlite/outbox/job_sql.hpp"
#include "store/sqlite/outbox/sqlite_job_queue.hpp"

namespace pressings::store::sqlite {

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

struct SqliteJobQueue::Running {
    ClaimedJob job;
    std::int64_t worker_id = 0;
    Millis worker_started_ms = 0;
    std::string worker_boot;
    std::optional<std::int64_t> memory_kills_before;  ///< as the worker noted when it began
    bool worker_is_dead = false;                      ///< else its lease ran out
    WorkerDeaths deaths;                              ///< before this one
};

/// A live worker holds its byte of the database file, which the kernel frees when the process dies;
/// one that lives but was stopped lets its lease run out on a clock that never jumps.
std::vector<SqliteJobQueue::Running> SqliteJobQueue::lost_jobs() {
    std::vector<Running> lost;
    const Millis steady = m_clock.steady_ms();
    Query row = m_connection.query(sql::k_running);
    while (row.step()) {
        const std::int64_t worker = row.integer(2);
        if (worker == m_worker_id) continue;
        const bool dead = !m_connection.lock_file().is_held_elsewhere(worker_byte(worker));
        // Who lives with another boot's id lives in a container that hides ours: its lease says
        // nothing here, its lock does.
        const bool expired = is_this_boot(row.text(8)) && row.integer(3) < steady;
        if (!dead && !expired) continue;
        Running running;
        running.job.id = row.integer(0);
        running.job.claim = row.integer(1);
        running.job.queue = row.text(6);
        running.worker_id = worker;
        running.worker_started_ms = row.integer(7);
        running.worker_boot = row.text(8);
        running.memory_kills_before = row.maybe_integer(9);
        running.worker_is_dead = dead;
        running.deaths = {static_cast<int>(row.integer(4)), static_cast<int>(row.integer(5))};
        lost.push_back(running);
    }
    return lost;
}

WorkerEnd SqliteJobQueue::end_of_worker(const Running& running, const DeathNotes& notes) {
    if (!running.worker_is_dead) return WorkerEnd::stopped;
    if (notes.has(running.worker_id, running.worker_started_ms)) return WorkerEnd::crashed;
    if (!is_this_boot(running.worker_boot)) return WorkerEnd::restarted;
    const bool memory_ran_out =
        running.memory_kills_before && memory_kills() > running.memory_kills_before;
    return memory_ran_out ? WorkerEnd::out_of_memory : WorkerEnd::killed;
}

Recovered SqliteJobQueue::take_back(const Running& running, WorkerEnd end, UnitOfWork& work) {
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
void SqliteJobQueue::adjust_to_clock_step() {
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

std::vector<Recovered> SqliteJobQueue::recover() {
    return guarded(m_connection, [&] {
        m_connection.require_in_place();
        adjust_to_clock_step();
        std::vector<Recovered> recovered;
        if (lost_jobs().empty()) return recovered;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        const DeathNotes notes{m_connection.path()};
        for (const Running& running : lost_jobs())
            recovered.push_back(take_back(running, end_of_worker(running, notes), work));
        work.commit();
        notes.discard();
        return recovered;
    });
}

}  // namespace pressings::store::sqlite

// The part of SqliteJobQueue that takes jobs back from workers that are gone.
#include <fmt/format.h>

#include "store/sqlite/job_sql.hpp"
#include "store/sqlite/sqlite_job_queue.hpp"
#include "store/sqlite/worker_lock.hpp"

namespace pressings::store::sqlite {

namespace {

/// A job that was under way in this many workers when they died is not given to another.
constexpr std::int64_t k_most_crashes = 3;

}  // namespace

struct SqliteJobQueue::Running {
    ClaimedJob job;
    std::int64_t crashes = 0;
    bool worker_is_dead = false;  ///< else its lease ran out
};

/// A live worker holds its byte of the lock file, which the kernel frees when the process dies;
/// one that lives but was stopped lets its lease run out on a clock that never jumps.
std::vector<SqliteJobQueue::Running> SqliteJobQueue::lost_jobs() {
    std::vector<Running> lost;
    const Millis steady = m_clock.steady_ms();
    Query row = m_connection.query(sql::k_running);
    while (row.step()) {
        const std::int64_t worker = row.integer(2);
        if (worker == m_worker_id) continue;
        const bool dead = !m_connection.lock_file().is_held_elsewhere(worker_byte(worker));
        if (!dead && row.integer(3) >= steady) continue;
        Running running;
        running.job.id = row.integer(0);
        running.job.claim = row.integer(1);
        running.crashes = row.integer(4);
        running.job.queue = row.text(5);
        running.worker_is_dead = dead;
        lost.push_back(running);
    }
    return lost;
}

/// Whether the job has failed by it.
bool SqliteJobQueue::take_back(const Running& running, Totals& totals, Millis now_ms) {
    const ClaimedJob& job = running.job;
    const bool crashed = running.worker_is_dead;
    const bool gives_up = crashed && running.crashes + 1 >= k_most_crashes;
    const JobError error =
        gives_up  ? JobError{"crashed", fmt::format("its worker died while doing it, {} times in "
                                                     "a row",
                                                    k_most_crashes)}
        : crashed ? JobError{"worker_died", "its worker died while doing it"}
                  : JobError{"lease_expired", "its worker was stopped for longer than its lease"};
    const auto statement = gives_up  ? sql::k_fail_job
                           : crashed ? sql::k_crash_job
                                     : sql::k_expire_job;
    m_connection.query(statement).bind(job.id, job.claim, now_ms, error.code, error.message).run();
    end_attempt(job, crashed ? "crashed" : "expired", error, 0, 0, now_ms, totals);
    if (gives_up) totals.failures(error.code, 1);
    totals.move_job(job.queue, JobState::running, gives_up ? JobState::failed : JobState::pending);
    return gives_up;
}

/// Jobs wait for a time of the wall clock. If that was set back, they wait for as long as they
/// would have: not for a day more.
void SqliteJobQueue::heed_clock() {
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
        heed_clock();
        std::vector<Recovered> recovered;
        if (lost_jobs().empty()) return recovered;
        const Millis now = m_clock.now_ms();
        WriteTransaction transaction{m_connection};
        Totals totals{now};
        for (const Running& running : lost_jobs()) {
            recovered.push_back({running.job.id, take_back(running, totals, now)});
        }
        totals.write(m_connection);
        transaction.commit();
        return recovered;
    });
}

}  // namespace pressings::store::sqlite

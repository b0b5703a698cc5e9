#include "store/sql/outbox/sql_job_control.hpp"

#include <utility>

#include <fmt/format.h>

#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

/// Another job of this kind, still open, for the same album or other subject.
std::optional<std::int64_t> SqlJobControl::other_open_job(const JobRecord& job) {
    Query open = m_connection.query(sql::k_open_like);
    return open.bind(job.id).step() ? std::optional{open.integer(0)} : std::nullopt;
}

/// Makes the change inside the caller's transaction; why not, if it cannot be made.
std::string SqlJobControl::change(const JobRecord& job, JobAction what, UnitOfWork& work) {
    switch (what) {
        case JobAction::cancel:
            if (cancel_job(work, job.id, std::nullopt)) return {};
            return fmt::format("job {} is {} already", job.id, to_string(job.state));
        case JobAction::run_now:
            if (work.query(sql::k_run_job_now).bind(job.id, work.now_ms()).run() == 1) return {};
            return fmt::format("job {} is {}, not pending", job.id, to_string(job.state));
        case JobAction::retry:
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

JobControl::ActionResult SqlJobControl::apply_one(std::int64_t job_id, JobAction what,
                                                  UnitOfWork& work) {
    const auto before = load_job(m_connection, job_id, m_workers);
    if (!before) return {false, fmt::format("there is no job {}", job_id), std::nullopt};
    std::string refusal = change(*before, what, work);
    if (!refusal.empty()) return {false, std::move(refusal), before->state};
    const JobState after = load_job(m_connection, job_id, m_workers)->state;
    work.totals().move_job(before->queue, before->state, after);
    if (before->state == JobState::failed) {
        work.totals().failures(before->error ? before->error->code : "unknown", -1);
    }
    return {true, {}, after};
}

std::vector<JobControl::ActionResult> SqlJobControl::apply(std::span<const std::int64_t> job_ids,
                                                           JobAction what, Mode mode) {
    return guarded_verb(m_connection, [&] {
        std::vector<ActionResult> applied;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        for (const std::int64_t id : job_ids)
            applied.push_back(apply_one(id, what, work));
        if (mode == Mode::write) work.commit();
        return applied;
    });
}

void SqlJobControl::pause(const std::string& queue) {
    guarded_verb(m_connection, [&] {
        WriteTransaction transaction{m_connection};
        m_connection.query(sql::k_pause).bind(queue, m_clock.now_ms()).run();
        transaction.commit();
    });
}

void SqlJobControl::resume(const std::string& queue) {
    guarded_verb(m_connection, [&] {
        WriteTransaction transaction{m_connection};
        m_connection.query(sql::k_resume).bind(queue).run();  // '*' takes back every pause
        transaction.commit();
    });
}

}  // namespace pressings::store::sql

#include "store/sql/outbox/job_rows.hpp"

#include "store/sql/catalogue/identifier_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

std::int64_t insert_job(UnitOfWork& work, const NewJob& job) {
    work.query(sql::k_insert_job)
        .bind(to_string(job.kind), job.album_id, job.subject, job.arguments, job.queue,
              job.priority, work.now_ms())
        .run();
    work.totals().jobs(JobState::pending, job.queue, 1);
    return work.last_insert_id();
}

std::int64_t insert_import(UnitOfWork& work, std::int64_t album_id, const std::string& queue,
                           int priority) {
    return insert_job(work, {JobKind::releases, album_id, {}, {}, queue, priority});
}

bool cancel_job(UnitOfWork& work, std::int64_t job_id, const std::optional<JobError>& why) {
    const auto code = why ? std::optional{why->code} : std::nullopt;
    const auto message = why ? std::optional{why->message} : std::nullopt;
    const Millis now = work.now_ms();
    if (work.query(sql::k_cancel_job).bind(job_id, now, code, message).run() == 0) return false;
    const bool under_way = work.query(sql::k_cancel_attempt).bind(job_id, now).run() > 0;
    if (under_way) work.totals().end_attempt({Outcome::cancelled});
    return true;
}

void supersede_failed_jobs(UnitOfWork& work, std::int64_t album_id) {
    Query row = work.query(sql::k_supersede_failed);
    row.bind(album_id);
    while (row.step()) {
        work.query(sql::k_delete_candidates).bind(row.integer(0)).write();
        work.totals().move_job(row.text(1), JobState::failed, JobState::superseded);
        work.totals().failures(row.maybe_text(2).value_or("unknown"), -1);
    }
}

JobRecord read_job(const Query& row, const Workers& workers) {
    JobRecord job;
    job.id = row.integer(0);
    job.kind = row.text(1);
    job.state = parse_job_state(row.text(2)).value_or(JobState::failed);
    job.queue = row.text(3);
    job.priority = static_cast<int>(row.integer(4));
    job.album_id = row.maybe_integer(5);
    job.mbid = row.maybe_mbid(6);
    job.artist = row.maybe_text(7);
    job.title = row.maybe_text(8);
    job.attempts = static_cast<int>(row.integer(9));
    job.run_at_ms = row.integer(10);
    job.worker = row.maybe_text(11);
    const auto lease = row.maybe_integer(12);
    if (lease && workers.has_lease_clock(row.maybe_text(18).value_or(""))) {
        job.lease_left_ms = *lease - workers.lease_clock_ms();
    }
    if (const auto code = row.maybe_text(13)) {
        job.error = JobError{*code, row.maybe_text(14).value_or("")};
    }
    job.created_at_ms = row.integer(15);
    job.started_at_ms = row.maybe_integer(16);
    job.finished_at_ms = row.maybe_integer(17);
    job.identifiers = parse_identifiers(row.maybe_text(19).value_or(""));
    return job;
}

std::optional<JobRecord> load_job(Connection& connection, std::int64_t job_id,
                                  const Workers& workers) {
    Query row = connection.query(sql::k_job_record);
    if (!row.bind(job_id).step()) return std::nullopt;
    return read_job(row, workers);
}

}  // namespace pressings::store::sql

// The part of SqliteAlbumStore that settles which release group an album is.
#include <fmt/format.h>

#include "domain/identification.hpp"
#include "store/sqlite/catalogue/album_rows.hpp"
#include "store/sqlite/catalogue/album_sql.hpp"
#include "store/sqlite/catalogue/sqlite_album_store.hpp"
#include "store/sqlite/outbox/job_rows.hpp"
#include "store/sqlite/outbox/job_sql.hpp"

namespace pressings::store::sqlite {

namespace {

struct OldJob {
    JobState state = JobState::pending;
    std::string queue;
    std::optional<std::string> error_code;
};

/// Makes the job pending and due. A worker that has it can report nothing any more.
void run_again(UnitOfWork& work, std::int64_t job_id, const OldJob& job,
               const IdentifyOptions& options) {
    if (job.state == JobState::running) {
        work.query(sql::k_requeue_attempt).bind(job_id, work.now_ms()).run();
        work.totals().end_attempt({Outcome::released});
    }
    work.query(sql::k_run_identified_job)
        .bind(job_id, work.now_ms(), options.queue, options.priority)
        .run();
    work.query(sql::k_delete_candidates).bind(job_id).run();
    Totals& totals = work.totals();
    if (job.state == JobState::failed) totals.failures(job.error_code.value_or("unknown"), -1);
    totals.jobs(job.state, job.queue, -1);
    totals.jobs(JobState::pending, options.queue.value_or(job.queue), 1);
}

std::optional<std::int64_t> last_job(Connection& connection, std::int64_t album_id) {
    Query row = connection.query(sql::k_last_job_of_album);
    return row.bind(album_id).step() ? std::optional{row.integer(0)} : std::nullopt;
}

std::optional<std::int64_t> open_import(Connection& connection, std::int64_t album_id) {
    Query row = connection.query(sql::k_open_job_of_album);
    row.bind(album_id, to_string(JobKind::releases));
    return row.step() ? std::optional{row.integer(0)} : std::nullopt;
}

/// The job that is open; else the one that was told of the album, as it may have been joined with
/// another; else the last.
std::optional<std::int64_t> job_of(Connection& connection, std::int64_t album_id,
                                   const std::optional<std::int64_t>& own_job) {
    if (const auto open = open_import(connection, album_id)) return open;
    return own_job ? own_job : last_job(connection, album_id);
}

OldJob load(Connection& connection, std::int64_t job_id) {
    Query row = connection.query(sql::k_job_of_identified);
    row.bind(job_id).step();
    return {parse_job_state(row.text(0)).value_or(JobState::failed), row.text(1),
            row.maybe_text(2)};
}

}  // namespace

AddedAlbum SqliteAlbumStore::identify_album(std::int64_t album_id, const Mbid& mbid,
                                            const IdentifyOptions& options) {
    return guarded(m_connection, [&] {
        AddedAlbum identified;
        identified.album_id = album_id;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        std::optional<Mbid> before;
        {
            Query row = m_connection.query(sql::k_mbid_of_album);
            if (!row.bind(album_id).step()) {
                identified.error = fmt::format("there is no album {}", album_id);
                return identified;
            }
            before = row.maybe_mbid(0);
        }
        const auto own_job = last_job(m_connection, album_id);
        if (before && before != mbid) forget_mbid(m_connection, album_id);
        identified.album_id = assign_mbid(work, album_id, mbid);
        identified.job_id = job_of(m_connection, *identified.album_id, own_job);
        const auto job = identified.job_id ? std::optional{load(m_connection, *identified.job_id)}
                                           : std::nullopt;
        const bool joined = identified.album_id != album_id;
        const auto plan = plan_identification(
            {job ? std::optional{job->state} : std::nullopt, before == mbid || joined});
        identified.status = plan.status;
        if (plan.job == Identification::Job::runs_again) {
            run_again(work, *identified.job_id, *job, options);
        } else if (plan.job == Identification::Job::is_new) {
            identified.job_id =
                insert_import(work, *identified.album_id, options.queue.value_or("default"),
                              options.priority.value_or(0));
            if (options.mode == Mode::dry_run) identified.job_id.reset();
        }
        if (joined && is_imported(m_connection, *identified.album_id)) {
            supersede_failed_jobs(work, *identified.album_id);
        }
        describe(m_connection, identified);
        if (options.mode == Mode::write) work.commit();
        return identified;
    });
}

}  // namespace pressings::store::sqlite

// The part of SqlAlbumStore that settles which release group an album is, or by what it is
// found.
#include <fmt/format.h>

#include "domain/identification.hpp"
#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/catalogue_writer.hpp"
#include "store/sql/catalogue/sql_album_store.hpp"
#include "store/sql/catalogue/user_value_rows.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"

namespace pressings::store::sql {

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

/// Why an album cannot be looked for by these words; nothing if it can.
std::optional<std::string> why_not_again(Connection& connection, std::int64_t album_id,
                                         const AlbumKey& name) {
    Query row = connection.query(sql::k_mbid_of_album);
    if (!row.bind(album_id).step()) return fmt::format("there is no album {}", album_id);
    if (const auto mbid = row.maybe_mbid(0)) {
        return fmt::format("album {} is {} already", album_id, mbid->to_string());
    }
    const auto owner = find_album(connection, name);
    if (owner && *owner != album_id) {
        return fmt::format("album {} has that name already, so album {} cannot be looked for by it",
                           *owner, album_id);
    }
    return std::nullopt;
}

bool is_named(Connection& connection, std::int64_t album_id, const AlbumKey& name) {
    Query row = connection.query(sql::k_keys_of_album);
    row.bind(album_id);
    while (row.step()) {
        if (row.text(0) == name.kind && row.text(1) == name.value) return true;
    }
    return false;
}

/// Writes what it is to be looked for by in place of what it was.
void rename_album(UnitOfWork& work, std::int64_t album_id, const AlbumRequest& words,
                  const AlbumKey& name) {
    Connection& connection = work.connection();
    Album album = load_known_album(connection, album_id).album;
    album.title = words.album.title;
    album.artist_credit = words.album.artist_credit;
    album.first_release_date = words.album.first_release_date;
    CatalogueWriter{work, Authority::user}.write_album(album_id, album);
    replace_name(connection, name, album_id);
}

OldJob load(Connection& connection, std::int64_t job_id) {
    Query row = connection.query(sql::k_job_of_identified);
    row.bind(job_id).step();
    return {parse_job_state(row.text(0)).value_or(JobState::failed), row.text(1),
            row.maybe_text(2)};
}

}  // namespace

AddedAlbum SqlAlbumStore::identify_album(std::int64_t album_id, const Mbid& mbid,
                                         const IdentifyOptions& options) {
    return guarded_verb(m_connection, [&] {
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

AddedAlbum SqlAlbumStore::search_again(std::int64_t album_id, const AlbumRequest& words,
                                       const IdentifyOptions& options) {
    return guarded_verb(m_connection, [&] {
        AddedAlbum added;
        added.album_id = album_id;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        const AlbumKey name = key_of(words);
        added.error = why_not_again(m_connection, album_id, name);
        if (added.error) return added;
        added.job_id = job_of(m_connection, album_id, last_job(m_connection, album_id));
        added.status = AddStatus::exists;
        if (is_named(m_connection, album_id, name)) {
            describe(m_connection, added);
            return added;
        }
        rename_album(work, album_id, words, name);
        added.status = AddStatus::refreshed;
        if (added.job_id) {
            run_again(work, *added.job_id, load(m_connection, *added.job_id), options);
        } else {
            added.job_id = insert_import(work, album_id, options.queue.value_or("default"),
                                         options.priority.value_or(0));
        }
        describe(m_connection, added);
        if (options.mode == Mode::write) work.commit();
        return added;
    });
}

}  // namespace pressings::store::sql

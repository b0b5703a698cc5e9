// The part of SqlJobQueue that writes what came of jobs: releases with their job's "done".
#include <unordered_set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/candidate_rows.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "store/sql/catalogue/catalogue_writer.hpp"
#include "store/sql/catalogue/change_sql.hpp"
#include "store/sql/catalogue/oddity_rows.hpp"
#include "store/sql/catalogue/stored_albums.hpp"
#include "store/sql/lists.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/sql_job_queue.hpp"

namespace pressings::store::sql {

namespace {

int written(const ReleaseCounts& counts) {
    return counts.created + counts.updated + counts.removed + counts.moved + counts.merged;
}

/// An import that takes too much out of the catalogue: what would be gone.
struct TooManyRemovals {
    Removals removed;
};

/// Of each album one release, until there are `most`.
void add_of_several_albums(Query& rows, std::size_t most, std::vector<Mbid>& releases) {
    std::unordered_set<std::int64_t> albums;
    while (albums.size() < most && rows.step()) {
        if (albums.insert(rows.integer(1)).second) releases.push_back(rows.mbid(0));
    }
}

}  // namespace

/// The jobs of imports that are being written, which end with them, and what is stored of their
/// albums. Read at once: on a server far away every question costs its way there and back.
class SqlJobQueue::EndedJobs {
  public:
    EndedJobs(UnitOfWork& work, std::span<const Import> imports)
        : m_claims(claims_of(imports)), m_ended(work.query(sql::k_finish_jobs)) {
        m_ended.bind(m_claims, work.now_ms()).ask();
        m_albums.emplace(work.connection(), id_list(numbers_of(imports)));
        while (m_ended.step())
            m_accepted.insert(m_ended.integer(0));
    }

    /// Whether the job was this worker's still.
    bool accepted(std::int64_t job_id) const { return m_accepted.contains(job_id); }
    StoredAlbums& albums() { return *m_albums; }

  private:
    static std::string claims_of(std::span<const Import> imports) {
        std::vector<std::string> pairs;
        for (const Import& import : imports)
            pairs.push_back(fmt::format("[{},{}]", import.job.id, import.job.claim));
        return fmt::format("[{}]", fmt::join(pairs, ","));
    }
    static std::vector<std::int64_t> numbers_of(std::span<const Import> imports) {
        std::vector<std::int64_t> numbers;
        for (const Import& import : imports)
            numbers.push_back(import.job.id);
        return numbers;
    }

    std::string m_claims;
    Query m_ended;
    std::optional<StoredAlbums> m_albums;
    std::unordered_set<std::int64_t> m_accepted;
};

AttemptResult SqlJobQueue::write_import(const Import& import, EndedJobs& jobs, UnitOfWork& work,
                                        Refused refused) {
    AttemptResult report;
    const ClaimedJob& job = import.job;
    const Millis now = work.now_ms();
    report.accepted = jobs.accepted(job.id);
    if (!report.accepted) return report;
    std::int64_t album_id = *job.album_id;
    StoredAlbum stored = jobs.albums().at(album_id);
    CatalogueWriter writer{work, Authority::musicbrainz,
                           m_shared_rows == nullptr ? nullptr : &m_known};
    if (refused == Refused::keep_back) writer.keep_back_refused(import.reader);
    if (import.release_group) {
        const auto mbid = import.release_group->mbid;
        if (mbid && mbid != stored.album.mbid) {
            album_id = assign_mbid(work, album_id, *mbid);
            stored = load_stored_album(m_connection, album_id);
        }
    }
    const bool imported = stored.imported;
    writer.expect(imported ? Earlier::import : Earlier::nothing);
    if (import.release_group && import.release_group->title) {
        writer.update_album(album_id, stored.album, *import.release_group);
    }
    const bool is_newly_marked =
        (imported || import.group_is_gone) && writer.mark_album(album_id, import.group_is_gone);
    report.releases = writer.write_releases(album_id, import.releases, stored.present,
                                            {import.fates, import.oddities, import.lists_all});
    report.oddities = import.oddities;
    report.oddities.insert(report.oddities.end(), writer.refused().begin(), writer.refused().end());
    if (imported || !report.oddities.empty()) {
        work.totals().oddities(replace_oddities(m_connection, album_id, report.oddities, now));
    }
    report.album_id = album_id;
    m_tally.looked_at += report.releases.total + report.releases.removed;
    check_removals(import.group_is_gone ? Removals{is_newly_marked ? 1 : 0, 0}
                                        : Removals{0, writer.vanished()},
                   now);
    work.query(sql::k_set_imported).bind(album_id, now).write();
    if (!imported) work.totals().imported_albums(1);
    if (stored.may_have_failed) supersede_failed_jobs(work, album_id);
    // Only an attempt before this one can have left some.
    if (job.claim > 1) work.query(sql::k_delete_candidates).bind(job.id).write();
    end_attempt(job, {Outcome::done, import.requests, written(report.releases)}, std::nullopt,
                work);
    work.totals().move_job(job.queue, JobState::running, JobState::done);
    return report;
}

/// Counted with what this transaction has written already, and what other workers have committed.
void SqlJobQueue::check_removals(const Removals& removed, Millis now_ms) {
    m_tally.removed += removed;
    if (!m_limit || removed.all() == 0) return;
    Millis since = now_ms - m_limit->window_ms;
    {
        Query allowed = m_connection.query(sql::k_removals_allowed_at);
        if (allowed.step() && allowed.integer(0) <= now_ms) {
            since = std::max(since, allowed.integer(0) + 1);
        }
    }
    Query row = m_connection.query(sql::k_removals_since);
    row.bind(since).step();
    const Removals in_window{row.integer(0), row.integer(1)};
    if (!m_limit->permits(in_window, m_tally.removed, m_tally.looked_at)) {
        throw TooManyRemovals{in_window};
    }
    if (m_limit->allowed) m_connection.query(sql::k_set_removals_allowed_at).bind(now_ms).run();
}

AttemptResult SqlJobQueue::write_in_savepoint(const Import& import, UnitOfWork& work) {
    const Tally tally = m_tally;
    const Totals totals = work.totals();
    try {
        Savepoint savepoint{m_connection};
        EndedJobs job{work, {&import, 1}};
        AttemptResult report = write_import(import, job, work, Refused::keep_back);
        savepoint.keep();
        return report;
    } catch (...) {
        m_tally = tally;
        work.totals() = totals;
        throw;
    }
}

AttemptResult SqlJobQueue::reject(const Import& import, const char* reason, UnitOfWork& work) {
    FailedAttempt rejected;
    rejected.job = import.job;
    rejected.verdict = Verdict::fail;
    rejected.error =
        JobError{"rejected", fmt::format("the catalogue refuses what the source gave: {}", reason)};
    rejected.requests = import.requests;
    AttemptResult report;
    if (apply(rejected, work)) report.error = rejected.error;
    return report;
}

AttemptResult SqlJobQueue::write_or_reject(const Import& import, UnitOfWork& work) {
    try {
        return write_in_savepoint(import, work);
    } catch (const TooManyRemovals& stopped) {
        AttemptResult report;
        report.too_many = stopped.removed;
        return report;
    } catch (const std::exception& error) {
        if (!m_connection.is_refusal(error)) throw;
        return reject(import, error.what(), work);
    }
}

void SqlJobQueue::make_shared_rows(std::span<const Import> imports) {
    if (m_shared_rows == nullptr) return;
    try {
        m_shared_rows->make(imports, m_known);
    } catch (const std::exception& error) {
        // Whose it is comes out when they are made one by one.
        if (!m_connection.is_refusal(error)) throw;
        m_known = {};
    }
}

std::vector<AttemptResult> SqlJobQueue::complete_all(std::span<const Import> imports,
                                                     Writers writers) {
    std::vector<AttemptResult> reports;
    UnitOfWork work{m_connection, m_clock.now_ms(), writers};
    if (m_shared_rows != nullptr) m_shared_rows->look(work, imports, m_known);
    {
        EndedJobs jobs{work, imports};
        for (const Import& import : imports)
            reports.push_back(write_import(import, jobs, work, Refused::fail));
    }
    work.commit();
    return reports;
}

std::vector<AttemptResult> SqlJobQueue::complete_each(std::span<const Import> imports,
                                                      Writers writers) {
    std::vector<AttemptResult> reports;
    UnitOfWork work{m_connection, m_clock.now_ms(), writers};
    if (m_shared_rows != nullptr) m_shared_rows->look(work, imports, m_known);
    bool stopped = false;
    for (const Import& import : imports) {
        reports.push_back(stopped ? AttemptResult{} : write_or_reject(import, work));
        reports.back().not_reached = stopped;
        stopped = stopped || reports.back().too_many.has_value();
    }
    work.commit();
    return reports;
}

std::vector<AttemptResult> SqlJobQueue::complete(std::span<const Import> imports) {
    const Tally before = m_tally;
    return guarded_verb(m_connection, [&](Writers writers) {
        m_tally = before;
        m_known = {};
        if (writers == Writers::together) make_shared_rows(imports);
        try {
            return complete_all(imports, writers);
        } catch (const TooManyRemovals&) {
        } catch (const std::exception& error) {
            if (!m_connection.is_refusal(error)) throw;
        }
        m_tally = before;
        // What is refused will be refused again. It costs the release that has it; if it is in
        // none, that job is left out, and the others go on.
        return complete_each(imports, writers);
    });
}

std::vector<Mbid> SqlJobQueue::known_releases() {
    constexpr std::size_t k_latest = 3;
    constexpr std::size_t k_earliest = 2;
    return guarded_verb(m_connection, [&] {
        std::vector<Mbid> releases;
        ReadTransaction view{m_connection};
        Query latest = m_connection.query(sql::k_latest_releases);
        add_of_several_albums(latest, k_latest, releases);
        Query earliest = m_connection.query(sql::k_earliest_releases);
        add_of_several_albums(earliest, k_earliest, releases);
        return releases;
    });
}

}  // namespace pressings::store::sql

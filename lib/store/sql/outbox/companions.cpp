// What waits beside a job and can be asked for together with it.
#include <algorithm>

#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/sql_job_queue.hpp"

namespace pressings::store::sql {

namespace {

void add_type(std::vector<std::string>& types, const std::string& type) {
    if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
}

std::optional<std::int64_t> due_import(UnitOfWork& work, const Mbid& group,
                                       const std::string& queue) {
    Query due = work.query(sql::k_due_import);
    due.bind(group, to_string(JobKind::releases), work.now_ms(), queue);
    return due.step() ? std::optional{due.integer(0)} : std::nullopt;
}

}  // namespace

std::optional<Companions> SqlJobQueue::companions_of(const ClaimedJob& job, std::size_t most) {
    if (!job.album_id || !job.album.mbid) return std::nullopt;
    return guarded_verb(m_connection, [&]() -> std::optional<Companions> {
        const std::string_view kind = to_string(job.kind);
        ReadTransaction view{m_connection};
        Query artist = m_connection.query(sql::k_sole_artist);
        if (!artist.bind(*job.album_id).step()) return std::nullopt;
        Companions companions{artist.mbid(0), {*job.album.mbid}, {}};
        const std::int64_t credit_id = artist.integer(1);
        Query earlier = m_connection.query(sql::k_earlier_companion);
        if (earlier.bind(kind, job.id, credit_id).step()) return std::nullopt;

        std::vector<std::optional<std::string>> types{job.album.primary_type};
        Query row = m_connection.query(sql::k_companions);
        row.bind(credit_id, *job.album_id, kind, m_clock.now_ms(), job.queue, job.priority,
                 static_cast<std::int64_t>(most) - 1);
        while (row.step()) {
            companions.release_groups.push_back(row.mbid(0));
            types.push_back(row.maybe_text(1));
        }
        const bool all_known = std::all_of(types.begin(), types.end(),
                                           [](const auto& type) { return type.has_value(); });
        for (const auto& type : types) {
            if (all_known) add_type(companions.primary_types, *type);
        }
        return companions;
    });
}

bool SqlJobQueue::is_paused(const std::string& queue) {
    Query row = m_connection.query(sql::k_paused);
    while (row.step()) {
        if (row.text(0) == "*" || row.text(0) == queue) return true;
    }
    return false;
}

std::vector<ClaimedJob> SqlJobQueue::claim_imports(std::span<const Mbid> release_groups,
                                                   const std::string& queue, Millis lease_ms) {
    return guarded_verb(m_connection, [&](Writers writers) {
        UnitOfWork work{m_connection, m_clock.now_ms(), writers};
        std::vector<std::int64_t> due;
        if (is_paused(queue)) return std::vector<ClaimedJob>{};
        for (const Mbid& group : release_groups) {
            if (const auto id = due_import(work, group, queue)) due.push_back(*id);
        }
        auto jobs = take(work, due, lease_ms);
        if (!jobs.empty()) work.commit();
        return jobs;
    });
}

}  // namespace pressings::store::sql

#include <unordered_map>

#include "domain/new_editions.hpp"
#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/kinds/write_finding.hpp"

namespace pressings::store::sql {

namespace {

/// The releases that the catalogue has of the album, and those that it could not read. One that was
/// merged into another and is listed still is as good as that one.
std::vector<Mbid> known_editions(Connection& connection, std::int64_t album_id) {
    std::vector<Mbid> known;
    Query row = connection.query(sql::k_known_editions);
    row.bind(album_id);
    while (row.step())
        known.push_back(row.mbid(0));
    return known;
}

ListedEditions without_merged(Connection& connection, ListedEditions listed) {
    for (Mbid& release : listed.releases) {
        Query row = connection.query(sql::k_merged_into);
        if (row.bind(release).step()) release = row.mbid(0);
    }
    return listed;
}

/// An import is open, or one that this listing led to was done of late.
bool is_settled(UnitOfWork& work, std::int64_t album_id, const std::string& mark) {
    Query row = work.query(sql::k_import_for);
    row.bind(album_id, to_string(JobKind::releases), mark, work.now_ms() - k_listing_holds_ms);
    return row.step();
}

}  // namespace

std::vector<NamedCount> write(UnitOfWork& work, const ClaimedJob& job, const NewEditions& found) {
    Connection& connection = work.connection();
    std::unordered_map<Mbid, ListedEditions> listings;
    for (const ListedEditions& listed : found.groups)
        listings.emplace(listed.release_group, without_merged(connection, listed));
    std::int64_t albums = 0;
    std::int64_t differ = 0;
    std::int64_t unsure = 0;
    std::int64_t queued = 0;
    for (const Mbid& group : watched_groups(job.arguments)) {
        const auto album_id = find_album(connection, group);
        if (!album_id) continue;  // it is another group since
        ++albums;
        const auto entry = listings.find(group);
        const ListedEditions* listed = entry == listings.end() ? nullptr : &entry->second;
        const auto verdict = compare_editions(listed, known_editions(connection, *album_id));
        if (verdict == EditionsVerdict::same) continue;
        ++(verdict == EditionsVerdict::differs ? differ : unsure);
        const std::string mark = listing_mark(listed);
        if (is_settled(work, *album_id, mark)) continue;
        insert_job(work, {JobKind::releases, album_id, {}, mark, job.queue, job.priority});
        ++queued;
    }
    return {{"albums", albums}, {"differ", differ}, {"unsure", unsure}, {"queued", queued}};
}

}  // namespace pressings::store::sql

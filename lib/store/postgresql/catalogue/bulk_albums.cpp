#include "store/postgresql/catalogue/bulk_albums.hpp"

#include <algorithm>
#include <unordered_set>

#include "store/postgresql/engine/array_text.hpp"

namespace pressings::store::postgresql {

namespace {

// Numbered in the order of the requests, and inserted in that of their MBIDs: so two importers with
// the same albums in different orders wait for each other, and never both.
constexpr std::string_view k_make_albums =
    "WITH told AS ("
    " SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],"
    "  $7::bigint[]) WITH ORDINALITY AS t (mbid, title, first_release_date, primary_type,"
    "  disambiguation, queue, priority, nth)), "
    "numbered AS MATERIALIZED (SELECT nextval('albums_id_seq') AS id, t.* FROM ("
    " SELECT * FROM told WHERE (SELECT a.id FROM albums a WHERE a.mbid = told.mbid) IS NULL"
    " AND (SELECT k.album_id FROM album_keys k WHERE k.kind = 'release_group'"
    "  AND sha256(k.value) = sha256(told.mbid) AND k.value = told.mbid) IS NULL"
    " ORDER BY nth) t), "
    "made AS (INSERT INTO albums (id, mbid, title, first_release_date, primary_type,"
    "  disambiguation, created_at)"
    " SELECT id, mbid, title, first_release_date, primary_type, disambiguation, $8::bigint"
    " FROM numbered ORDER BY mbid"
    " ON CONFLICT (mbid) WHERE mbid IS NOT NULL DO NOTHING RETURNING id), "
    "placed AS (SELECT n.nth, n.id, n.queue, n.priority FROM numbered n JOIN made USING (id)), "
    "queued AS (INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at)"
    " SELECT 'releases', id, queue, priority, 'pending', $8::bigint, $8::bigint"
    " FROM placed WHERE $9::bigint <> 0 ORDER BY nth RETURNING id, album_id) "
    "SELECT p.nth, p.id, q.id FROM placed p LEFT JOIN queued q ON q.album_id = p.id";

bool is_plain(const AlbumRequest& request) {
    const Album& album = request.album;
    return album.mbid && album.artist_credit.empty() && album.secondary_types.empty() &&
           !album.aliases && !album.genres;
}

std::optional<std::string> date_text(const Album& album) {
    return album.first_release_date ? std::optional{album.first_release_date->to_string()}
                                    : std::nullopt;
}

/// The columns of what is told, side by side.
struct Columns {
    ArrayText mbids, titles, dates, types, disambiguations, queues, priorities;

    void add(const AlbumRequest& request) {
        mbids.add_bytes(request.album.mbid->bytes());
        titles.add_text(request.album.title);
        dates.add_text(date_text(request.album));
        types.add_text(request.album.primary_type);
        disambiguations.add_text(request.album.disambiguation);
        queues.add_text(std::string_view{request.queue});
        priorities.add_integer(request.priority);
    }
};

}  // namespace

sql::MadeAlbums BulkAlbums::add(sql::UnitOfWork& work, std::span<const AlbumRequest> requests,
                                const AddOptions& options) {
    sql::MadeAlbums made(requests.size());
    // Ids are given out in the order of the requests.
    if (!std::all_of(requests.begin(), requests.end(), is_plain)) return made;
    Columns told;
    std::vector<std::size_t> places;
    std::unordered_set<Mbid> seen;
    for (std::size_t place = 0; place < requests.size(); ++place) {
        const AlbumRequest& request = requests[place];
        if (!seen.insert(*request.album.mbid).second) continue;
        told.add(request);
        places.push_back(place);
    }
    sql::Query row = m_connection.query(k_make_albums);
    row.bind(told.mbids.text(), told.titles.text(), told.dates.text(), told.types.text(),
             told.disambiguations.text(), told.queues.text(), told.priorities.text(), work.now_ms(),
             options.queue_job);
    while (row.step()) {
        const std::size_t place = places[static_cast<std::size_t>(row.integer(0) - 1)];
        const AlbumRequest& request = requests[place];
        AddedAlbum& album = made[place].emplace();
        album.album_id = row.integer(1);
        album.job_id = row.maybe_integer(2);
        album.mbid = request.album.mbid;
        album.title = request.album.title;
        work.totals().albums(1);
        if (album.job_id) work.totals().jobs(JobState::pending, request.queue, 1);
    }
    return made;
}

}  // namespace pressings::store::postgresql

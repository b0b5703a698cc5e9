#include "store/postgresql/catalogue/bulk_albums.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "base/text.hpp"
#include "store/postgresql/engine/array_text.hpp"
#include "store/sql/catalogue/catalogue_writer.hpp"

namespace pressings::store::postgresql {

namespace {

// Numbered in the order of the requests, and inserted in that of their MBIDs: so two importers with
// the same albums in different orders wait for each other, and never both.
constexpr std::string_view k_make_albums =
    "WITH told AS ("
    " SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],"
    "  $7::bigint[], $8::bigint[], $9::text[]) WITH ORDINALITY"
    "  AS t (mbid, title, first_release_date, primary_type, disambiguation, queue, priority,"
    "   credit, folded, nth)), "
    "numbered AS MATERIALIZED (SELECT nextval('albums_id_seq') AS id, t.* FROM ("
    " SELECT * FROM told WHERE (SELECT a.id FROM albums a WHERE a.mbid = told.mbid) IS NULL"
    " AND (SELECT k.album_id FROM album_keys k WHERE k.kind = 'release_group'"
    "  AND sha256(k.value) = sha256(told.mbid) AND k.value = told.mbid) IS NULL"
    " ORDER BY nth) t), "
    "made AS (INSERT INTO albums (id, mbid, title, artist_credit_id, first_release_date,"
    "  primary_type, disambiguation, created_at)"
    " SELECT id, mbid, title, credit, first_release_date, primary_type, disambiguation,"
    "  $10::bigint"
    " FROM numbered ORDER BY mbid"
    " ON CONFLICT (mbid) WHERE mbid IS NOT NULL DO NOTHING RETURNING id), "
    "placed AS (SELECT n.* FROM numbered n JOIN made USING (id)), "
    "credited AS (INSERT INTO album_credits (artist_credit_id, folded)"
    " SELECT DISTINCT ON (credit) credit, folded FROM placed WHERE credit IS NOT NULL"
    " ORDER BY credit ON CONFLICT DO NOTHING), "
    "queued AS (INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at)"
    " SELECT 'releases', id, queue, priority, 'pending', $10::bigint, $10::bigint"
    " FROM placed WHERE $11::bigint <> 0 ORDER BY nth RETURNING id, album_id) "
    "SELECT p.nth, p.id, q.id FROM placed p LEFT JOIN queued q ON q.album_id = p.id";

constexpr std::string_view k_unknown =
    "SELECT t.mbid FROM unnest($1::bytea[]) AS t (mbid) "
    "WHERE (SELECT a.id FROM albums a WHERE a.mbid = t.mbid) IS NULL";

bool is_plain(const AlbumRequest& request) {
    const Album& album = request.album;
    return album.mbid && album.secondary_types.empty() && !album.aliases && !album.genres;
}

std::optional<std::string> date_text(const Album& album) {
    return album.first_release_date ? std::optional{album.first_release_date->to_string()}
                                    : std::nullopt;
}

/// The columns of what is told, side by side.
struct Columns {
    ArrayText mbids, titles, dates, types, disambiguations, queues, priorities, credits, folded;

    void add(const AlbumRequest& request, const std::optional<std::int64_t>& credit) {
        mbids.add_bytes(request.album.mbid->bytes());
        titles.add_text(request.album.title);
        dates.add_text(date_text(request.album));
        types.add_text(request.album.primary_type);
        disambiguations.add_text(request.album.disambiguation);
        queues.add_text(std::string_view{request.queue});
        priorities.add_integer(request.priority);
        if (credit) {
            credits.add_integer(*credit);
            folded.add_text(std::string_view{fold(credit_text(request.album.artist_credit))});
        } else {
            credits.add_null();
            folded.add_null();
        }
    }
};

}  // namespace

/// The credits of those that are new: they are looked for again when they are put in.
bool BulkAlbums::prepare(std::span<const AlbumRequest> requests) {
    m_known = {};
    // All or none, for ids are given out in the order of the requests.
    if (!std::all_of(requests.begin(), requests.end(), is_plain)) return false;
    ArrayText mbids;
    for (const AlbumRequest& request : requests) {
        if (!request.album.artist_credit.empty()) mbids.add_bytes(request.album.mbid->bytes());
    }
    if (mbids.size() == 0) return true;
    std::unordered_set<Mbid> unknown;
    {
        sql::Query row = m_connection.query(k_unknown);
        row.bind(mbids.text());
        while (row.step())
            unknown.insert(row.mbid(0));
    }
    std::vector<const Album*> albums;
    for (const AlbumRequest& request : requests) {
        if (unknown.erase(*request.album.mbid) != 0) albums.push_back(&request.album);
    }
    m_references.make(albums, m_known);
    return true;
}

std::optional<std::int64_t> BulkAlbums::credit_id(const ArtistCredit& credit) const {
    const auto& first = credit.front().artist.mbid;
    const auto artist = first ? m_known.artists.find(*first) : m_known.artists.end();
    if (first && artist == m_known.artists.end()) return std::nullopt;
    const auto found =
        m_known.credits.find(sql::credit_identity(credit, first ? artist->second : 0));
    return found == m_known.credits.end() ? std::nullopt : std::optional{found->second};
}

sql::MadeAlbums BulkAlbums::add(sql::UnitOfWork& work, std::span<const AlbumRequest> requests,
                                const AddOptions& options) {
    sql::MadeAlbums made(requests.size());
    Columns told;
    std::vector<std::size_t> places;
    std::unordered_set<Mbid> seen;
    for (std::size_t place = 0; place < requests.size(); ++place) {
        const AlbumRequest& request = requests[place];
        if (seen.contains(*request.album.mbid)) continue;
        const ArtistCredit& credit = request.album.artist_credit;
        const auto id = credit.empty() ? std::nullopt : credit_id(credit);
        // An album that is there already, unless somebody has taken it away since.
        if (!credit.empty() && !id) continue;
        seen.insert(*request.album.mbid);
        told.add(request, id);
        places.push_back(place);
    }
    if (places.empty()) return made;
    sql::Query row = m_connection.query(k_make_albums);
    row.bind(told.mbids.text(), told.titles.text(), told.dates.text(), told.types.text(),
             told.disambiguations.text(), told.queues.text(), told.priorities.text(),
             told.credits.text(), told.folded.text(), work.now_ms(), options.queue_job);
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

#include "store/postgresql/catalogue/bulk_albums.hpp"

#include <algorithm>
#include <unordered_map>
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
    " SELECT * FROM unnest($1::bytea[], $2::text[], $3::bigint[], $4::text[], $5::text[],"
    "  $6::text[]) WITH ORDINALITY AS t (mbid, title, credit, first_release_date, primary_type,"
    "   disambiguation, nth)), "
    "numbered AS MATERIALIZED (SELECT nextval('albums_id_seq') AS id, t.* FROM ("
    " SELECT * FROM told WHERE (SELECT a.id FROM albums a WHERE a.mbid = told.mbid) IS NULL"
    " AND (SELECT k.album_id FROM album_keys k WHERE k.kind = 'release_group'"
    "  AND sha256(k.value) = sha256(told.mbid) AND k.value = told.mbid) IS NULL"
    " ORDER BY nth) t) "
    "INSERT INTO albums (id, mbid, title, artist_credit_id, first_release_date, primary_type,"
    " disambiguation, created_at)"
    " SELECT id, mbid, title, credit, first_release_date, primary_type, disambiguation, $7::bigint"
    " FROM numbered ORDER BY mbid"
    " ON CONFLICT (mbid) WHERE mbid IS NOT NULL DO NOTHING RETURNING id, mbid";

constexpr std::string_view k_note_credits =
    "INSERT INTO album_credits (artist_credit_id, folded)"
    " SELECT DISTINCT ON (credit) credit, folded FROM unnest($1::bigint[], $2::text[])"
    "  AS t (credit, folded) ORDER BY credit ON CONFLICT DO NOTHING";

// (The server would hold each album against each job if it were to tell which is whose.)
constexpr std::string_view k_queue_jobs =
    "INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at)"
    " SELECT 'releases', album_id, queue, priority, 'pending', $4::bigint, $4::bigint"
    " FROM unnest($1::bigint[], $2::text[], $3::bigint[]) WITH ORDINALITY"
    "  AS t (album_id, queue, priority, nth) ORDER BY nth RETURNING id, album_id";

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

/// Where an album is among the requests, and the row of its credit.
struct Told {
    std::size_t place = 0;
    std::optional<std::int64_t> credit;
};

/// What is told of albums, column by column.
struct Columns {
    ArrayText mbids, titles, credits, dates, types, disambiguations;

    void add(const Album& album, const std::optional<std::int64_t>& credit) {
        mbids.add_bytes(album.mbid->bytes());
        titles.add_text(album.title);
        credit ? credits.add_integer(*credit) : credits.add_null();
        dates.add_text(date_text(album));
        types.add_text(album.primary_type);
        disambiguations.add_text(album.disambiguation);
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
    std::unordered_map<Mbid, Told> albums;
    for (std::size_t place = 0; place < requests.size(); ++place) {
        const Album& album = requests[place].album;
        if (albums.contains(*album.mbid)) continue;
        const auto credit =
            album.artist_credit.empty() ? std::nullopt : credit_id(album.artist_credit);
        // An album that is there already, unless somebody has taken it away since.
        if (!album.artist_credit.empty() && !credit) continue;
        albums.emplace(*album.mbid, Told{place, credit});
        told.add(album, credit);
    }
    if (albums.empty()) return made;
    ArrayText credits;
    ArrayText folded;
    {
        sql::Query row = m_connection.query(k_make_albums);
        row.bind(told.mbids.text(), told.titles.text(), told.credits.text(), told.dates.text(),
                 told.types.text(), told.disambiguations.text(), work.now_ms());
        while (row.step()) {
            const auto& [place, credit] = albums.at(row.mbid(1));
            const Album& album = requests[place].album;
            made[place] = AddedAlbum{};
            made[place]->album_id = row.integer(0);
            made[place]->mbid = album.mbid;
            made[place]->title = album.title;
            work.totals().albums(1);
            if (!credit) continue;
            credits.add_integer(*credit);
            folded.add_text(std::string_view{fold(credit_text(album.artist_credit))});
        }
    }
    if (credits.size() > 0)
        m_connection.query(k_note_credits).bind(credits.text(), folded.text()).write();
    if (options.queue_job) queue_jobs(work, requests, made);
    return made;
}

void BulkAlbums::queue_jobs(sql::UnitOfWork& work, std::span<const AlbumRequest> requests,
                            sql::MadeAlbums& made) {
    ArrayText albums;
    ArrayText queues;
    ArrayText priorities;
    std::unordered_map<std::int64_t, AddedAlbum*> by_id;
    for (std::size_t place = 0; place < requests.size(); ++place) {
        if (!made[place]) continue;
        by_id[*made[place]->album_id] = &*made[place];
        albums.add_integer(*made[place]->album_id);
        queues.add_text(std::string_view{requests[place].queue});
        priorities.add_integer(requests[place].priority);
        work.totals().jobs(JobState::pending, requests[place].queue, 1);
    }
    if (by_id.empty()) return;
    sql::Query row = m_connection.query(k_queue_jobs);
    row.bind(albums.text(), queues.text(), priorities.text(), work.now_ms());
    while (row.step())
        by_id.at(row.integer(1))->job_id = row.integer(0);
}

}  // namespace pressings::store::postgresql

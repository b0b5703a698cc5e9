#include "store/sql/catalogue/stored_albums.hpp"

#include <fmt/format.h>

#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/catalogue_rows.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "store/sql/catalogue/detail_rows.hpp"

namespace pressings::store::sql {

namespace {

std::vector<ReleaseRow> present_releases(Connection& connection, std::int64_t album_id) {
    std::vector<ReleaseRow> present;
    Query row = connection.query(sql::k_present_releases_of_album);
    row.bind(album_id);
    while (row.step())
        present.push_back({row.integer(0), row.mbid(1), album_id, false});
    return present;
}

}  // namespace

StoredAlbum load_stored_album(Connection& connection, std::int64_t album_id) {
    auto album = load_album(connection, album_id);
    if (!album) throw StoreError(fmt::format("the album {} of a job is not there", album_id));
    return {*std::move(album), is_imported(connection, album_id), true,
            present_releases(connection, album_id)};
}

StoredAlbums::StoredAlbums(Connection& connection, const std::string& jobs)
    : m_connection(connection),
      m_jobs(jobs),
      m_rows(connection.query(sql::k_stored_albums)),
      m_types(connection.query(sql::k_stored_secondary_types)),
      m_releases(connection.query(sql::k_stored_releases)),
      m_as_of(connection.times_alone()) {
    m_rows.bind(m_jobs).ask();
    m_types.bind(m_jobs).ask();
    m_releases.bind(m_jobs).ask();
}

StoredAlbum StoredAlbums::at(std::int64_t album_id) {
    if (!m_has_read) read();
    const auto found = m_albums.find(album_id);
    const bool is_fresh = m_as_of == m_connection.times_alone();
    if (!is_fresh || found == m_albums.end()) return load_stored_album(m_connection, album_id);
    return std::move(m_albums.extract(found).mapped());
}

void StoredAlbums::read() {
    m_has_read = true;
    Credits credits{m_connection};
    std::vector<std::pair<StoredAlbum*, std::int64_t>> credited;
    std::vector<std::pair<StoredAlbum*, std::int64_t>> detailed;
    while (m_rows.step()) {
        const std::int64_t id = m_rows.integer(0);
        StoredAlbum& stored = m_albums[id];
        Album& album = stored.album;
        album.mbid = m_rows.maybe_mbid(1);
        album.title = m_rows.maybe_text(2);
        if (const auto credit = m_rows.maybe_integer(3)) credited.emplace_back(&stored, *credit);
        album.first_release_date = m_rows.maybe_date(4);
        album.primary_type = m_rows.maybe_text(5);
        album.disambiguation = m_rows.maybe_text(6);
        stored.imported = m_rows.maybe_integer(7).has_value();
        stored.may_have_failed = m_rows.integer(10) != 0;
        if (m_rows.integer(8) != 0 || m_rows.integer(9) != 0) detailed.emplace_back(&stored, id);
    }
    while (m_types.step())
        m_albums[m_types.integer(0)].album.secondary_types.push_back(m_types.text(1));
    while (m_releases.step()) {
        const std::int64_t album_id = m_releases.integer(0);
        m_albums[album_id].present.push_back(
            {m_releases.integer(1), m_releases.mbid(2), album_id, false});
    }
    for (const auto& [stored, credit_id] : credited)
        stored->album.artist_credit = credits.load(credit_id);
    for (const auto& [stored, album_id] : detailed)
        load_album_details(m_connection, album_id, stored->album);
}

}  // namespace pressings::store::sql

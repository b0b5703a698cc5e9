#include "store/sql/catalogue/sql_catalogue_reader.hpp"

#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/catalogue_rows.hpp"
#include "store/sql/catalogue/change_sql.hpp"
#include "store/sql/catalogue/detail_rows.hpp"
#include "store/sql/catalogue/oddity_rows.hpp"
#include "store/sql/catalogue/oddity_sql.hpp"
#include "store/sql/catalogue/reader_sql.hpp"
#include "store/sql/catalogue/track_reader.hpp"
#include "store/sql/catalogue/user_value_rows.hpp"
#include "store/sql/search/search_reader.hpp"
#include "store/sql/search/search_sql.hpp"

namespace pressings::store::sql {

void SqlCatalogueReader::each_row(const BoundSql& statement,
                                  const std::function<void(const Query&)>& each) {
    guarded(m_connection, [&] {
        m_connection.add_text_functions();
        ReadTransaction view{m_connection};
        // In a place where it lives as long as it is prepared.
        Query row{m_connection.streamed(*m_statements.insert(statement.sql).first)};
        bind(row, statement);
        while (row.step())
            each(row);
    });
}

void SqlCatalogueReader::in_one_view(const std::function<void()>& work) {
    guarded(m_connection, [&] {
        ReadTransaction view{m_connection};
        work();
    });
}

AlbumRecord SqlCatalogueReader::read_album(const Query& row) {
    AlbumRecord record;
    record.id = row.integer(0);
    record.album.mbid = row.maybe_mbid(1);
    record.album.title = row.maybe_text(2);
    record.album.artist_credit = load_credit(m_connection, row.maybe_integer(3));
    record.album.first_release_date = row.maybe_date(4);
    record.album.primary_type = row.maybe_text(5);
    record.album.secondary_types = load_secondary_types(m_connection, record.id);
    record.album.disambiguation = row.maybe_text(6);
    load_album_details(m_connection, record.id, record.album);
    record.created_at_ms = row.integer(7);
    record.imported_at_ms = row.maybe_integer(8);
    record.releases = row.integer(9);
    record.job_state = row.maybe_text(10);
    record.removed_at_ms = row.maybe_integer(11);
    record.told = load_user_values(m_connection, record.id);
    return record;
}

void SqlCatalogueReader::albums(const AlbumFilter& filter,
                                const std::function<void(const AlbumRecord&)>& each) {
    each_row(album_list_sql(filter), [&](const Query& row) { each(read_album(row)); });
}

std::optional<AlbumRecord> SqlCatalogueReader::album(std::int64_t id) {
    return guarded(m_connection, [&]() -> std::optional<AlbumRecord> {
        Query row = m_connection.query(sql::k_album_record);
        if (!row.bind(id).step()) return std::nullopt;
        return read_album(row);
    });
}

std::optional<std::int64_t> SqlCatalogueReader::album_id(const Mbid& mbid) {
    return guarded(m_connection, [&]() -> std::optional<std::int64_t> {
        if (const auto id = find_album(m_connection, mbid)) return id;
        Query release = m_connection.query(sql::k_album_of_release);
        if (!release.bind(mbid).step()) return std::nullopt;
        return release.integer(0);
    });
}

void SqlCatalogueReader::releases(const ReleaseFilter& filter,
                                  const std::function<void(const ReleaseRecord&)>& each) {
    const Tracks tracks = filter.with_tracks ? Tracks::load : Tracks::leave_out;
    each_row(release_list_sql(filter), [&](const Query& row) {
        ReleaseRecord record;
        record.id = row.integer(0);
        record.album_id = row.integer(1);
        record.format = parse_plain_format(row.text(2)).value_or(PlainFormat::other);
        record.removed_at_ms = row.maybe_integer(3);
        record.created_at_ms = row.integer(4);
        record.release = load_release(m_connection, record.id, tracks).value_or(Release{});
        each(record);
    });
}

void SqlCatalogueReader::tracks(const ReleaseFilter& filter,
                                const std::function<void(const TrackRecord&)>& each) {
    TrackReader reader{m_connection};
    each_row(release_list_sql(filter),
             [&](const Query& row) { reader.read(row.integer(0), row.integer(1), each); });
}

ChangeRecord SqlCatalogueReader::read_change(const Query& row) {
    ChangeRecord record;
    record.id = row.integer(0);
    record.at_ms = row.integer(1);
    record.album_id = row.integer(2);
    record.album_mbid = row.maybe_mbid(3);
    record.album_title = row.maybe_text(4);
    record.from_album_id = row.maybe_integer(5);
    record.release_mbid = row.maybe_mbid(6);
    record.release_title = row.maybe_text(7);
    record.change = parse_change_kind(row.text(8)).value_or(ChangeKind::updated);
    Query field = m_connection.query(sql::k_change_fields);
    field.bind(record.id);
    while (field.step())
        record.fields.push_back({field.text(0), field.maybe_text(1), field.maybe_text(2)});
    return record;
}

void SqlCatalogueReader::changes(const ChangeFilter& filter,
                                 const std::function<void(const ChangeRecord&)>& each) {
    guarded(m_connection, [&] {
        ReadTransaction view{m_connection};
        const bool is_ascending = filter.order_direction == Direction::ascending;
        Query row = m_connection.query(
            filter.album_id
                ? (is_ascending ? sql::k_changes_of_album : sql::k_last_changes_of_album)
                : (is_ascending ? sql::k_changes : sql::k_last_changes));
        row.bind(filter.since_ms, row_limit(filter.limit));
        if (filter.album_id) row.bind_one(3, *filter.album_id);
        while (row.step())
            each(read_change(row));
    });
}

void SqlCatalogueReader::oddities(const OddityFilter& filter,
                                  const std::function<void(const OddityRecord&)>& each) {
    guarded(m_connection, [&] {
        ReadTransaction view{m_connection};
        Query row =
            m_connection.query(filter.album_id ? sql::k_oddities_of_album : sql::k_oddities);
        row.bind(row_limit(filter.limit));
        if (filter.album_id) row.bind_one(2, *filter.album_id);
        while (row.step()) {
            each({row.integer(0), row.maybe_mbid(1), row.maybe_text(2), row.maybe_text(3),
                  read_oddity(row, 4), row.integer(9)});
        }
    });
}

void SqlCatalogueReader::search(const SearchQuery& query, std::int64_t limit,
                                const std::function<void(const SearchHit&)>& each) {
    guarded(m_connection, [&] {
        ReadTransaction view{m_connection};
        for (const FoundAlbum& found : find_albums(m_connection, m_index, query, limit)) {
            const auto record = album(found.album_id);
            if (record) each({*record, matching_names(m_connection, record->id, query)});
        }
    });
}

std::int64_t SqlCatalogueReader::unindexed_albums() {
    return guarded(m_connection, [&] { return m_connection.integer(sql::k_count_unindexed); });
}

bool SqlCatalogueReader::has_search_index() {
    return guarded(m_connection, [&] { return m_connection.integer(sql::k_is_indexed) == 1; });
}

}  // namespace pressings::store::sql

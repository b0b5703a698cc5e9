#include "store/sql/catalogue/detail_rows.hpp"

#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "store/sql/catalogue/detail_sql.hpp"

namespace pressings::store::sql {

namespace {

std::optional<bool> maybe_flag(const Query& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional{*value != 0} : std::nullopt;
}

std::optional<int> maybe_int(const Query& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional{static_cast<int>(*value)} : std::nullopt;
}

std::string offsets_text(const std::vector<int>& offsets) {
    return fmt::format("{}", fmt::join(offsets, " "));
}

std::vector<int> parse_offsets(std::string_view text) {
    std::vector<int> offsets;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        int offset = 0;
        const auto [stop, error] = std::from_chars(at, end, offset);
        if (error != std::errc{}) throw StoreError("a disc has offsets that are no numbers");
        offsets.push_back(offset);
        at = stop;
        if (at != end) ++at;
    }
    return offsets;
}

std::vector<Alias> load_aliases(Connection& connection, std::string_view statement,
                                std::int64_t owner_id) {
    std::vector<Alias> aliases;
    Query row = connection.query(statement);
    row.bind(owner_id);
    while (row.step()) {
        aliases.push_back({row.text(0), row.maybe_text(1), row.maybe_text(2), row.maybe_text(3),
                           maybe_flag(row, 4), row.maybe_date(5), row.maybe_date(6),
                           maybe_flag(row, 7)});
    }
    return aliases;
}

void write_aliases(Connection& connection, std::string_view statement, std::int64_t owner_id,
                   const std::optional<std::vector<Alias>>& aliases) {
    if (!aliases) return;
    int position = 0;
    for (const Alias& alias : *aliases) {
        connection.query(statement)
            .bind(owner_id, position++, alias.name, alias.sort_name, alias.locale, alias.type,
                  alias.primary, alias.begin, alias.end, alias.ended)
            .write();
    }
}

std::vector<Genre> load_genres(Connection& connection, std::string_view statement,
                               std::int64_t owner_id) {
    std::vector<Genre> genres;
    Query row = connection.query(statement);
    row.bind(owner_id);
    while (row.step())
        genres.push_back({row.text(0), row.maybe_mbid(1), maybe_int(row, 2)});
    return genres;
}

void write_genres(Connection& connection, std::string_view statement, std::int64_t owner_id,
                  const std::optional<std::vector<Genre>>& genres) {
    if (!genres) return;
    int position = 0;
    for (const Genre& genre : *genres) {
        connection.query(statement)
            .bind(owner_id, position++, genre.name, genre.mbid, genre.count)
            .write();
    }
}

std::vector<ReleaseUrl> load_urls(Connection& connection, std::int64_t release_id) {
    std::vector<ReleaseUrl> urls;
    Query row = connection.query(sql::k_load_urls);
    row.bind(release_id);
    while (row.step()) {
        urls.push_back(
            {row.text(0), row.text(1), row.maybe_date(2), row.maybe_date(3), maybe_flag(row, 4)});
    }
    return urls;
}

void write_urls(Connection& connection, std::int64_t release_id,
                const std::vector<ReleaseUrl>& urls) {
    int position = 0;
    for (const ReleaseUrl& url : urls) {
        connection.query(sql::k_insert_url)
            .bind(release_id, position++, url.type, url.url, url.begin, url.end, url.ended)
            .write();
    }
}

std::vector<Mbid> load_originals(Connection& connection, std::int64_t release_id) {
    std::vector<Mbid> originals;
    Query row = connection.query(sql::k_load_originals);
    row.bind(release_id);
    while (row.step())
        originals.push_back(row.mbid(0));
    return originals;
}

/// Into the media that are marked as having a list of them.
void load_discs(Connection& connection, std::int64_t release_id, std::vector<Medium>& media) {
    bool any = false;
    for (const Medium& medium : media)
        any = any || medium.discs.has_value();
    if (!any) return;
    Query row = connection.query(sql::k_load_discs);
    row.bind(release_id);
    while (row.step()) {
        for (Medium& medium : media) {
            if (medium.position != row.integer(0) || !medium.discs) continue;
            medium.discs->push_back(
                {row.text(1), maybe_int(row, 2), maybe_int(row, 3), parse_offsets(row.text(4))});
        }
    }
}

CoverArt read_cover_art(const Query& row) {
    return {maybe_flag(row, 0), maybe_flag(row, 1), maybe_flag(row, 2), maybe_int(row, 3),
            maybe_flag(row, 4)};
}

/// Makes room for the lists that were told, and says what the release itself holds.
void read_marks(Connection& connection, std::int64_t release_id, Release& release) {
    Query row = connection.query(sql::k_load_release_details);
    if (!row.bind(release_id).step()) return;
    if (const CoverArt cover = read_cover_art(row); cover != CoverArt{}) release.cover_art = cover;
    if (row.integer(5) != 0) release.urls.emplace();
    if (row.integer(6) != 0) release.aliases.emplace();
    if (row.integer(7) != 0) release.genres.emplace();
}

}  // namespace

void load_release_details(Connection& connection, std::int64_t release_id, Release& release) {
    read_marks(connection, release_id, release);
    load_discs(connection, release_id, release.media);
    if (release.urls) {
        release.urls = load_urls(connection, release_id);
        release.originals = load_originals(connection, release_id);
    }
    if (release.aliases) {
        release.aliases = load_aliases(connection, sql::k_load_release_aliases, release_id);
    }
    if (release.genres) {
        release.genres = load_genres(connection, sql::k_load_release_genres, release_id);
    }
}

void write_discs(Connection& connection, std::int64_t release_id, const Medium& medium) {
    if (!medium.discs) return;
    int position = 0;
    for (const Disc& disc : *medium.discs) {
        connection.query(sql::k_insert_disc)
            .bind(release_id, medium.position, position++, disc.id, disc.sectors, disc.offset_count,
                  offsets_text(disc.offsets))
            .write();
    }
}

DetailColumns::DetailColumns(const Release& release)
    : cover(release.cover_art.value_or(CoverArt{})),
      has_urls(release.urls),
      has_aliases(release.aliases),
      has_genres(release.genres) {}

void write_release_details(Connection& connection, std::int64_t release_id,
                           const Release& release) {
    if (release.urls) write_urls(connection, release_id, *release.urls);
    for (const Mbid& original : release.originals)
        connection.query(sql::k_insert_original).bind(release_id, original).write();
    write_aliases(connection, sql::k_insert_release_alias, release_id, release.aliases);
    write_genres(connection, sql::k_insert_release_genre, release_id, release.genres);
}

void replace_release_details(Connection& connection, std::int64_t release_id,
                             const Release& release) {
    for (const auto statement : {sql::k_delete_urls, sql::k_delete_originals,
                                 sql::k_delete_release_aliases, sql::k_delete_release_genres}) {
        connection.query(statement).bind(release_id).write();
    }
    const DetailColumns columns{release};
    connection.query(sql::k_update_release_details)
        .bind(release_id, columns.cover.artwork, columns.cover.front, columns.cover.back,
              columns.cover.count, columns.cover.darkened, columns.has_urls, columns.has_aliases,
              columns.has_genres)
        .write();
    write_release_details(connection, release_id, release);
}

void load_album_details(Connection& connection, std::int64_t album_id, Album& album) {
    {
        Query row = connection.query(sql::k_load_album_details);
        if (!row.bind(album_id).step()) return;
        if (row.integer(0) != 0) album.aliases.emplace();
        if (row.integer(1) != 0) album.genres.emplace();
    }
    if (album.aliases) {
        album.aliases = load_aliases(connection, sql::k_load_album_aliases, album_id);
    }
    if (album.genres) album.genres = load_genres(connection, sql::k_load_album_genres, album_id);
}

void write_album_details(Connection& connection, std::int64_t album_id, const Album& album) {
    for (const auto statement : {sql::k_delete_album_aliases, sql::k_delete_album_genres}) {
        connection.query(statement).bind(album_id).write();
    }
    connection.query(sql::k_update_album_details)
        .bind(album_id, album.aliases.has_value(), album.genres.has_value())
        .write();
    write_aliases(connection, sql::k_insert_album_alias, album_id, album.aliases);
    write_genres(connection, sql::k_insert_album_genre, album_id, album.genres);
}

}  // namespace pressings::store::sql

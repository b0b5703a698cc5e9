#pragma once

#include <string_view>

/// Every statement on the details of releases and albums, under its name.
namespace pressings::store::sql {

inline constexpr std::string_view k_load_discs =
    "SELECT medium_position, disc_id, sectors, offset_count, offsets FROM discs "
    "WHERE release_id = ? ORDER BY medium_position, position";
inline constexpr std::string_view k_insert_disc =
    "INSERT INTO discs (release_id, medium_position, position, disc_id, sectors, offset_count, "
    "offsets) VALUES (?, ?, ?, ?, ?, ?, ?)";

inline constexpr std::string_view k_load_urls =
    "SELECT type, url, begin_date, end_date, ended FROM release_urls "
    "WHERE release_id = ? ORDER BY position";
inline constexpr std::string_view k_delete_urls = "DELETE FROM release_urls WHERE release_id = ?";
inline constexpr std::string_view k_insert_url =
    "INSERT INTO release_urls (release_id, position, type, url, begin_date, end_date, ended) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";

inline constexpr std::string_view k_load_originals =
    "SELECT original_mbid FROM release_originals WHERE release_id = ? ORDER BY original_mbid";
inline constexpr std::string_view k_delete_originals =
    "DELETE FROM release_originals WHERE release_id = ?";
inline constexpr std::string_view k_insert_original =
    "INSERT INTO release_originals (release_id, original_mbid) VALUES (?, ?)";

#define PRESSINGS_ALIAS_COLUMNS \
    "name, sort_name, locale, type, is_primary, begin_date, end_date, ended"

inline constexpr std::string_view k_load_release_aliases =
    "SELECT " PRESSINGS_ALIAS_COLUMNS
    " FROM release_aliases WHERE release_id = ? ORDER BY position";
inline constexpr std::string_view k_delete_release_aliases =
    "DELETE FROM release_aliases WHERE release_id = ?";
inline constexpr std::string_view k_insert_release_alias =
    "INSERT INTO release_aliases (release_id, position, " PRESSINGS_ALIAS_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view k_load_album_aliases =
    "SELECT " PRESSINGS_ALIAS_COLUMNS " FROM album_aliases WHERE album_id = ? ORDER BY position";
inline constexpr std::string_view k_delete_album_aliases =
    "DELETE FROM album_aliases WHERE album_id = ?";
inline constexpr std::string_view k_insert_album_alias =
    "INSERT INTO album_aliases (album_id, position, " PRESSINGS_ALIAS_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

#undef PRESSINGS_ALIAS_COLUMNS

inline constexpr std::string_view k_load_release_genres =
    "SELECT name, mbid, count FROM release_genres WHERE release_id = ? ORDER BY position";
inline constexpr std::string_view k_delete_release_genres =
    "DELETE FROM release_genres WHERE release_id = ?";
inline constexpr std::string_view k_insert_release_genre =
    "INSERT INTO release_genres (release_id, position, name, mbid, count) VALUES (?, ?, ?, ?, ?)";
inline constexpr std::string_view k_load_album_genres =
    "SELECT name, mbid, count FROM album_genres WHERE album_id = ? ORDER BY position";
inline constexpr std::string_view k_delete_album_genres =
    "DELETE FROM album_genres WHERE album_id = ?";
inline constexpr std::string_view k_insert_album_genre =
    "INSERT INTO album_genres (album_id, position, name, mbid, count) VALUES (?, ?, ?, ?, ?)";

inline constexpr std::string_view k_load_release_details =
    "SELECT cover_artwork, cover_front, cover_back, cover_count, cover_darkened, has_urls, "
    "has_aliases, has_genres FROM releases WHERE id = ?";
inline constexpr std::string_view k_update_release_details =
    "UPDATE releases SET cover_artwork = ?2, cover_front = ?3, cover_back = ?4, cover_count = ?5, "
    "cover_darkened = ?6, has_urls = ?7, has_aliases = ?8, has_genres = ?9 WHERE id = ?1";
inline constexpr std::string_view k_load_album_details =
    "SELECT has_aliases, has_genres FROM albums WHERE id = ?";
inline constexpr std::string_view k_update_album_details =
    "UPDATE albums SET has_aliases = ?2, has_genres = ?3 WHERE id = ?1";

}  // namespace pressings::store::sql

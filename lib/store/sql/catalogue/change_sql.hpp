#pragma once

#include <string_view>

/// Every statement on the log of changes and on what users say, under its name.
namespace pressings::store::sql {

inline constexpr std::string_view k_insert_change =
    "INSERT INTO changes (at, album_id, from_album_id, release_mbid, change) "
    "VALUES (?, ?, ?, ?, ?)";
inline constexpr std::string_view k_insert_change_field =
    "INSERT INTO change_fields (change_id, position, field, old, new) VALUES (?, ?, ?, ?, ?)";
inline constexpr std::string_view k_move_changes =
    "UPDATE changes SET album_id = ?2 WHERE album_id = ?1";
inline constexpr std::string_view k_move_changes_from =
    "UPDATE changes SET from_album_id = ?2 WHERE from_album_id = ?1";

#define PRESSINGS_CHANGE_ROW                                                            \
    "SELECT c.id, c.at, c.album_id, a.mbid, a.title, c.from_album_id, c.release_mbid, " \
    "r.title, c.change FROM changes c JOIN albums a ON a.id = c.album_id "              \
    "LEFT JOIN releases r ON r.mbid = c.release_mbid "
// By id, which is the order in which they happened, however the clock went.
inline constexpr std::string_view k_changes =
    PRESSINGS_CHANGE_ROW "WHERE c.at >= ?1 ORDER BY c.id LIMIT ?2";
inline constexpr std::string_view k_last_changes =
    PRESSINGS_CHANGE_ROW "WHERE c.at >= ?1 ORDER BY c.id DESC LIMIT ?2";
inline constexpr std::string_view k_changes_of_album = PRESSINGS_CHANGE_ROW
    "WHERE c.at >= ?1 AND (c.album_id = ?3 OR c.from_album_id = ?3) ORDER BY c.id LIMIT ?2";
inline constexpr std::string_view k_last_changes_of_album = PRESSINGS_CHANGE_ROW
    "WHERE c.at >= ?1 AND (c.album_id = ?3 OR c.from_album_id = ?3) ORDER BY c.id DESC LIMIT ?2";
#undef PRESSINGS_CHANGE_ROW
inline constexpr std::string_view k_change_fields =
    "SELECT field, old, new FROM change_fields WHERE change_id = ? ORDER BY position";

// What was removed since a time without a word of where it is now, and is still so.
inline constexpr std::string_view k_removals_since =
    "SELECT count(DISTINCT a.id) FILTER (WHERE c.release_mbid IS NULL "
    " AND a.removed_at IS NOT NULL), "
    "count(DISTINCT c.release_mbid) FILTER (WHERE r.removed_at IS NOT NULL "
    " AND a.removed_at IS NULL "
    " AND NOT EXISTS (SELECT 1 FROM change_fields f WHERE f.change_id = c.id)) "
    "FROM changes c JOIN albums a ON a.id = c.album_id "
    "LEFT JOIN releases r ON r.mbid = c.release_mbid "
    "WHERE c.change = 'removed' AND c.at >= ?";
// What somebody allowed is not held against what comes after it.
inline constexpr std::string_view k_removals_allowed_at =
    "SELECT value FROM totals WHERE what = 'removals_allowed' AND queue = ''";
inline constexpr std::string_view k_set_removals_allowed_at =
    "INSERT INTO totals (what, queue, value) VALUES ('removals_allowed', '', ?1) "
    "ON CONFLICT (what, queue) DO UPDATE SET value = excluded.value";

inline constexpr std::string_view k_latest_releases =
    "SELECT mbid, album_id FROM releases WHERE removed_at IS NULL ORDER BY id DESC LIMIT 200";
inline constexpr std::string_view k_earliest_releases =
    "SELECT mbid, album_id FROM releases WHERE removed_at IS NULL ORDER BY id LIMIT 200";

inline constexpr std::string_view k_insert_merged_release =
    "INSERT INTO merged_releases (mbid, release_id) VALUES (?, ?) "
    "ON CONFLICT (mbid) DO UPDATE SET release_id = excluded.release_id";
inline constexpr std::string_view k_move_merged_releases =
    "UPDATE merged_releases SET release_id = ?2 WHERE release_id = ?1";
inline constexpr std::string_view k_delete_merged_release =
    "DELETE FROM merged_releases WHERE mbid = ?";
inline constexpr std::string_view k_delete_release = "DELETE FROM releases WHERE id = ?";
inline constexpr std::string_view k_move_release =
    "UPDATE releases SET album_id = ?2, updated_at = ?3 WHERE id = ?1";

inline constexpr std::string_view k_load_user_values =
    "SELECT title, artist_credit_id, first_release_date, primary_type, secondary_types, "
    "disambiguation FROM album_user_values WHERE album_id = ?";
inline constexpr std::string_view k_save_user_values =
    "INSERT INTO album_user_values (album_id, title, artist_credit_id, first_release_date, "
    "primary_type, secondary_types, disambiguation) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (album_id) DO UPDATE SET title = excluded.title, "
    "artist_credit_id = excluded.artist_credit_id, "
    "first_release_date = excluded.first_release_date, primary_type = excluded.primary_type, "
    "secondary_types = excluded.secondary_types, disambiguation = excluded.disambiguation";

}  // namespace pressings::store::sql

#pragma once

#include <string_view>

/// What the statistics are kept in and read from, under its name.
namespace pressings::store::sql {

inline constexpr std::string_view k_change_count =
    "INSERT INTO release_counts (what, value, releases) VALUES (?1, ?2, max(?3, 0)) "
    "ON CONFLICT (what, value) DO UPDATE SET releases = releases + ?3";
inline constexpr std::string_view k_release_counts =
    "SELECT what, value, releases FROM release_counts WHERE releases > 0 "
    "AND what IN ('format', 'status', 'country', 'decade', 'known')";
inline constexpr std::string_view k_catalogue_totals =
    "SELECT what, value FROM totals WHERE queue = '' AND what IN ('albums', 'albums_imported', "
    "'releases', 'releases_removed', 'media', 'tracks')";

// SQLite counts the entries of the smallest index, page by page.
inline constexpr std::string_view k_count_artists = "SELECT count(*) FROM artists";
inline constexpr std::string_view k_count_labels = "SELECT count(*) FROM labels";
inline constexpr std::string_view k_count_recordings =
    "SELECT count(DISTINCT recording_mbid) FROM tracks";

// Albums never imported: those with an open import, and those without whose import failed. From
// the indexes of such jobs, so what is done costs nothing.
inline constexpr std::string_view k_count_unimported_waiting =
    "SELECT count(*) FROM jobs j INDEXED BY jobs_open_by_album JOIN albums a ON a.id = j.album_id "
    "WHERE j.state IN ('pending', 'running') AND j.album_id IS NOT NULL AND j.kind = ?1 "
    "AND a.imported_at IS NULL";
inline constexpr std::string_view k_count_unimported_failed =
    "SELECT count(*) FROM (SELECT DISTINCT album_id FROM jobs INDEXED BY jobs_failed_by_album "
    " WHERE state = 'failed' AND album_id IS NOT NULL) f JOIN albums a ON a.id = f.album_id "
    "WHERE a.imported_at IS NULL AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.album_id = a.id "
    " AND j.kind = ?1 AND j.state IN ('pending', 'running'))";

inline constexpr std::string_view k_largest_labels =
    "SELECT value, releases FROM release_counts WHERE what = 'label' AND releases > 0 "
    "ORDER BY releases DESC, value LIMIT 20";
inline constexpr std::string_view k_name_of_label = "SELECT name FROM labels WHERE mbid = ?";

}  // namespace pressings::store::sql

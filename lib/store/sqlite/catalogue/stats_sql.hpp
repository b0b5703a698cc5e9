#pragma once

#include <string_view>

/// What the statistics are kept in and read from, under its name.
namespace pressings::store::sqlite::sql {

inline constexpr std::string_view k_change_count =
    "UPDATE release_counts SET releases = releases + ?3 WHERE what = ?1 AND value = ?2";
inline constexpr std::string_view k_first_count =
    "INSERT INTO release_counts (what, value, releases) VALUES (?, ?, ?)";
inline constexpr std::string_view k_release_counts =
    "SELECT what, value, releases FROM release_counts WHERE releases > 0";
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

// In the order of the index; what removed releases have is few, and taken off.
inline constexpr std::string_view k_largest_labels =
    "WITH gone (label_id, releases) AS MATERIALIZED (SELECT i.label_id, "
    " count(DISTINCT i.release_id) FROM releases r INDEXED BY releases_removed "
    " CROSS JOIN label_info i ON i.release_id = r.id "
    " WHERE r.removed_at IS NOT NULL AND i.label_id IS NOT NULL GROUP BY i.label_id), "
    "counted (label_id, releases) AS (SELECT label_id, count(DISTINCT release_id) "
    " FROM label_info WHERE label_id IS NOT NULL GROUP BY label_id), "
    "largest (label_id, present) AS (SELECT c.label_id, c.releases - coalesce(g.releases, 0) AS n "
    " FROM counted c LEFT JOIN gone g ON g.label_id = c.label_id WHERE n > 0 "
    " ORDER BY n DESC, c.label_id LIMIT 20) "
    "SELECT l.name, t.present FROM largest t JOIN labels l ON l.id = t.label_id "
    "ORDER BY t.present DESC, l.name, l.id";

}  // namespace pressings::store::sqlite::sql

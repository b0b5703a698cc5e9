#pragma once

#include <string_view>

#include "store/sql/lists.hpp"

/// Every statement on how albums are known and joined, under its name.
namespace pressings::store::sql {

inline constexpr std::string_view k_find_album = "SELECT id FROM albums WHERE mbid = ?";
inline constexpr std::string_view k_mbid_of_album = "SELECT mbid FROM albums WHERE id = ?";
inline constexpr std::string_view k_title_of_album = "SELECT mbid, title FROM albums WHERE id = ?";
inline constexpr std::string_view k_set_album_mbid = "UPDATE albums SET mbid = ?2 WHERE id = ?1";
inline constexpr std::string_view k_forget_mbid = "UPDATE albums SET mbid = NULL WHERE id = ?";
inline constexpr std::string_view k_forget_merged =
    "DELETE FROM album_keys WHERE album_id = ? AND kind = 'release_group'";
inline constexpr std::string_view k_set_imported =
    "UPDATE albums SET imported_at = ?2 WHERE id = ?1";
// What the check holds the album's releases against.
inline constexpr std::string_view k_count_releases =
    "UPDATE albums SET (present_releases, present_sum) = (SELECT count(*), coalesce(sum(id), 0) "
    "FROM releases WHERE album_id = ?1 AND removed_at IS NULL) WHERE id = ?1";
// Changes no row that is as it should be.
inline constexpr std::string_view k_mark_album =
    "UPDATE albums SET removed_at = ?2 WHERE id = ?1 AND (removed_at IS NULL) <> (?2 IS NULL)";
inline constexpr std::string_view k_imported_at = "SELECT imported_at FROM albums WHERE id = ?";
inline constexpr std::string_view k_albums_of_jobs =
    "SELECT j.id, al.mbid, al.title, al.artist_credit_id, al.first_release_date, al.primary_type, "
    "al.disambiguation, al.imported_at FROM jobs j JOIN albums al ON al.id = j.album_id "
    "WHERE j.id IN " PRESSINGS_IDS(1);
// What an import finds: of the albums of jobs.
inline constexpr std::string_view k_stored_albums =
    "SELECT al.id, al.mbid, al.title, al.artist_credit_id, al.first_release_date, "
    "al.primary_type, al.disambiguation, al.imported_at, al.has_aliases, al.has_genres, "
    "EXISTS (SELECT 1 FROM jobs f INDEXED BY jobs_failed_by_album "
    " WHERE f.album_id = al.id AND f.state = 'failed') "
    "FROM jobs j JOIN albums al ON al.id = j.album_id WHERE j.id IN " PRESSINGS_IDS(1);
inline constexpr std::string_view k_stored_secondary_types =
    "SELECT t.album_id, t.type FROM jobs j JOIN album_secondary_types t ON t.album_id = j.album_id "
    "WHERE j.id IN " PRESSINGS_IDS(1) " ORDER BY t.album_id, t.position";
inline constexpr std::string_view k_stored_releases =
    "SELECT r.album_id, r.id, r.mbid FROM jobs j JOIN releases r ON r.album_id = j.album_id "
    "WHERE j.id IN " PRESSINGS_IDS(1) " AND r.removed_at IS NULL ORDER BY r.id";
// What an import before these left, so that what is gone by now can be asked for.
inline constexpr std::string_view k_known_releases_of_jobs =
    "SELECT j.id, r.mbid FROM jobs j JOIN releases r ON r.album_id = j.album_id "
    "WHERE j.id IN " PRESSINGS_IDS(1) " AND r.removed_at IS NULL ORDER BY r.id";
inline constexpr std::string_view k_delete_album = "DELETE FROM albums WHERE id = ?";

inline constexpr std::string_view k_find_key =
    "SELECT album_id FROM album_keys WHERE kind = ? AND value = ?";
// The second of them would fail for a name that was retired before.
inline constexpr std::string_view k_forget_retired =
    "DELETE FROM album_keys WHERE kind = 'former_name' AND value IN "
    "(SELECT value FROM album_keys WHERE album_id = ? AND kind = 'name')";
inline constexpr std::string_view k_retire_names =
    "UPDATE album_keys SET kind = 'former_name' WHERE album_id = ? AND kind = 'name'";
inline constexpr std::string_view k_insert_key =
    "INSERT INTO album_keys (kind, value, album_id) VALUES (?, ?, ?)";
inline constexpr std::string_view k_delete_key =
    "DELETE FROM album_keys WHERE kind = ? AND value = ?";
inline constexpr std::string_view k_keys_of_album =
    "SELECT kind, value FROM album_keys WHERE album_id = ? ORDER BY kind, value";

inline constexpr std::string_view k_identifiers_of_album =
    "SELECT kind, value, labels FROM album_identifiers WHERE album_id = ? ORDER BY kind, value";
inline constexpr std::string_view k_insert_identifier =
    "INSERT INTO album_identifiers (album_id, kind, value, labels) VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING";
// Of the albums behind one, as far as they are not known yet. Looks at so many rows and no more.
inline constexpr std::string_view k_next_identifiers =
    "SELECT i.value FROM album_identifiers i JOIN albums a ON a.id = i.album_id "
    "WHERE i.album_id BETWEEN ?1 + 1 AND ?1 + ?4 AND i.kind = ?2 AND a.mbid IS NULL "
    "ORDER BY i.album_id LIMIT ?3";

inline constexpr std::string_view k_move_releases =
    "UPDATE releases SET album_id = ?2 WHERE album_id = ?1";
inline constexpr std::string_view k_move_jobs = "UPDATE jobs SET album_id = ?2 WHERE album_id = ?1";
inline constexpr std::string_view k_move_keys =
    "UPDATE album_keys SET album_id = ?2 WHERE album_id = ?1";
inline constexpr std::string_view k_open_jobs_of_album =
    "SELECT id, queue, state FROM jobs WHERE album_id = ? AND state IN ('pending', 'running') "
    "ORDER BY id";

// Albums with no open job that were imported before a time, or never; for --refresh.
inline constexpr std::string_view k_albums_to_refresh =
    "SELECT a.id, a.mbid, a.title FROM albums a "
    "WHERE a.id > ?1 AND (a.imported_at IS NULL OR a.imported_at < ?2) "
    "AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.album_id = a.id AND j.kind = ?4 "
    " AND j.state IN ('pending', 'running')) "
    "ORDER BY a.id LIMIT ?3";

}  // namespace pressings::store::sql

#pragma once

#include <string_view>

/// Every statement on the search index, under its name.
namespace pressings::store::sql {

#define PRESSINGS_LAST_INDEXED "(SELECT coalesce(max(album_id), 0) FROM search_documents)"

// From the second statement on, new albums are in the index already.
inline constexpr std::string_view k_new_albums =
    "SELECT id FROM albums WHERE id > " PRESSINGS_LAST_INDEXED " ORDER BY id LIMIT ?1";
inline constexpr std::string_view k_outdated_albums =
    "SELECT album_id FROM search_outdated WHERE album_id <= " PRESSINGS_LAST_INDEXED
    " ORDER BY album_id LIMIT ?1";
inline constexpr std::string_view k_count_unindexed =
    "SELECT (SELECT count(*) FROM albums WHERE id > " PRESSINGS_LAST_INDEXED
    ") + (SELECT count(*) FROM search_outdated WHERE album_id <= " PRESSINGS_LAST_INDEXED ")";
inline constexpr std::string_view k_is_indexed = "SELECT 1 FROM search_documents LIMIT 1";
inline constexpr std::string_view k_not_outdated = "DELETE FROM search_outdated WHERE album_id = ?";

// Not of albums that the index does not have yet.
inline constexpr std::string_view k_mark_outdated =
    "INSERT INTO search_outdated SELECT id FROM albums WHERE id = ?1 AND id "
    "<= " PRESSINGS_LAST_INDEXED " ON CONFLICT DO NOTHING";
inline constexpr std::string_view k_mark_label_outdated =
    "INSERT INTO search_outdated SELECT DISTINCT r.album_id FROM label_info i "
    "JOIN releases r ON r.id = i.release_id "
    "WHERE i.label_id = ?1 AND r.album_id <= " PRESSINGS_LAST_INDEXED " ON CONFLICT DO NOTHING";

#undef PRESSINGS_LAST_INDEXED

// The numbers are those of SearchField, in its order: who wants to know where something is can stop
// at the first that has it. The album's own title and artist come first of theirs.
#define PRESSINGS_PRESENT "r.album_id = ?1 AND r.removed_at IS NULL "
inline constexpr std::string_view k_search_names =
    "SELECT 0, title FROM albums WHERE id = ?1 "
    "UNION ALL SELECT 0, title FROM album_user_values WHERE album_id = ?1 "
    "UNION ALL SELECT 0, name FROM album_aliases WHERE album_id = ?1 "
    "UNION ALL SELECT 1, c.text FROM albums a JOIN artist_credits c ON c.id = a.artist_credit_id "
    " WHERE a.id = ?1 "
    "UNION ALL SELECT 1, c.text FROM album_user_values u "
    " JOIN artist_credits c ON c.id = u.artist_credit_id WHERE u.album_id = ?1 "
    "UNION ALL SELECT 1, c.text FROM releases r JOIN artist_credits c ON c.id = r.artist_credit_id "
    " WHERE " PRESSINGS_PRESENT
    "UNION ALL SELECT 2, i.catalog_number FROM releases r "
    " JOIN label_info i ON i.release_id = r.id WHERE " PRESSINGS_PRESENT
    "UNION ALL SELECT 3, r.barcode FROM releases r WHERE " PRESSINGS_PRESENT
    "UNION ALL SELECT 4, l.name FROM releases r JOIN label_info i ON i.release_id = r.id "
    " JOIN labels l ON l.id = i.label_id WHERE " PRESSINGS_PRESENT
    "UNION ALL SELECT 5, disambiguation FROM albums WHERE id = ?1 "
    "UNION ALL SELECT 5, substr(first_release_date, 1, 4) FROM albums "
    " WHERE id = ?1 AND first_release_date < ':' "
    "UNION ALL SELECT 5, r.title FROM releases r WHERE " PRESSINGS_PRESENT
    "UNION ALL SELECT 5, r.disambiguation FROM releases r WHERE " PRESSINGS_PRESENT
    "UNION ALL SELECT 5, n.name FROM releases r JOIN release_aliases n ON n.release_id = r.id "
    " WHERE " PRESSINGS_PRESENT
    "UNION ALL SELECT 6, t.title FROM releases r JOIN tracks t ON t.release_id = r.id "
    " WHERE " PRESSINGS_PRESENT
    "UNION ALL SELECT 6, c.text FROM releases r JOIN tracks t ON t.release_id = r.id "
    " JOIN artist_credits c ON c.id = t.artist_credit_id "
    " WHERE t.artist_credit_id IS DISTINCT FROM r.artist_credit_id AND " PRESSINGS_PRESENT;
#undef PRESSINGS_PRESENT

inline constexpr std::string_view k_present_releases =
    "SELECT present_releases FROM albums WHERE id = ?";

// Albums by the MBID of what is on them or behind them.
inline constexpr std::string_view k_albums_of_artist =
    "SELECT a.id FROM artists x JOIN artist_credit_names n ON n.artist_id = x.id "
    "JOIN albums a ON a.artist_credit_id = n.artist_credit_id WHERE x.mbid = ?1";
inline constexpr std::string_view k_albums_of_label =
    "SELECT DISTINCT r.album_id FROM labels l JOIN label_info i ON i.label_id = l.id "
    "JOIN releases r ON r.id = i.release_id WHERE l.mbid = ?1 AND r.removed_at IS NULL";
// Reads all tracks: they have no index by MBID, for it would cost more than all the rest.
inline constexpr std::string_view k_albums_of_recording =
    "SELECT DISTINCT r.album_id FROM tracks t JOIN releases r ON r.id = t.release_id "
    "WHERE (t.recording_mbid = ?1 OR t.mbid = ?1) AND r.removed_at IS NULL";

}  // namespace pressings::store::sql

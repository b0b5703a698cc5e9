#pragma once

#include <string_view>

/// Every statement on the catalogue's rows, under its name.
namespace pressings::store::sql {

inline constexpr std::string_view k_find_artist =
    "SELECT id, name, sort_name, disambiguation, type, country FROM artists WHERE mbid = ?";
inline constexpr std::string_view k_insert_artist =
    "INSERT INTO artists (mbid, name, sort_name, disambiguation, type, country) "
    "VALUES (?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view k_update_artist =
    "UPDATE artists SET name = ?2, sort_name = coalesce(?3, sort_name), "
    "disambiguation = coalesce(?4, disambiguation), type = coalesce(?5, type), "
    "country = coalesce(?6, country) WHERE id = ?1";

inline constexpr std::string_view k_find_credit =
    "SELECT id FROM artist_credits WHERE identity = ?";
inline constexpr std::string_view k_insert_credit =
    "INSERT INTO artist_credits (identity, text) VALUES (?, ?)";
inline constexpr std::string_view k_insert_credit_name =
    "INSERT INTO artist_credit_names (artist_credit_id, position, artist_id, name, join_phrase) "
    "VALUES (?, ?, ?, ?, ?)";
inline constexpr std::string_view k_load_credit =
    "SELECT n.name, n.join_phrase, a.mbid, coalesce(a.name, n.name), a.sort_name, "
    "a.disambiguation, a.type, a.country "
    "FROM artist_credit_names n LEFT JOIN artists a ON a.id = n.artist_id "
    "WHERE n.artist_credit_id = ? ORDER BY n.position";

inline constexpr std::string_view k_insert_album_credit =
    "INSERT INTO album_credits (artist_credit_id, folded) VALUES (?, ?) ON CONFLICT DO NOTHING";

inline constexpr std::string_view k_find_label =
    "SELECT id, name, sort_name, disambiguation, type, label_code FROM labels WHERE mbid = ?";
inline constexpr std::string_view k_insert_label =
    "INSERT INTO labels (mbid, name, sort_name, disambiguation, type, label_code, folded) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view k_update_label =
    "UPDATE labels SET name = ?2, sort_name = coalesce(?3, sort_name), "
    "disambiguation = coalesce(?4, disambiguation), type = coalesce(?5, type), "
    "label_code = coalesce(?6, label_code), folded = ?7 WHERE id = ?1";

inline constexpr std::string_view k_insert_album =
    "INSERT INTO albums (mbid, title, artist_credit_id, first_release_date, primary_type, "
    "disambiguation, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view k_load_album =
    "SELECT mbid, title, artist_credit_id, first_release_date, primary_type, disambiguation "
    "FROM albums WHERE id = ?";
inline constexpr std::string_view k_update_album =
    "UPDATE albums SET title = ?2, artist_credit_id = ?3, first_release_date = ?4, "
    "primary_type = ?5, disambiguation = ?6 WHERE id = ?1";
inline constexpr std::string_view k_load_secondary_types =
    "SELECT type FROM album_secondary_types WHERE album_id = ? ORDER BY position";
inline constexpr std::string_view k_delete_secondary_types =
    "DELETE FROM album_secondary_types WHERE album_id = ?";
inline constexpr std::string_view k_insert_secondary_type =
    "INSERT INTO album_secondary_types (album_id, position, type) VALUES (?, ?, ?)";

inline constexpr std::string_view k_find_release =
    "SELECT id, album_id, removed_at FROM releases WHERE mbid = ?";
#define PRESSINGS_RELEASE_COLUMNS                                                              \
    "mbid, album_id, title, artist_credit_id, format, status, packaging, quality, "            \
    "disambiguation, language, script, barcode, asin, date, country, created_at, updated_at, " \
    "cover_artwork, cover_front, cover_back, cover_count, cover_darkened, has_urls, "          \
    "has_aliases, has_genres"
#define PRESSINGS_RELEASE_VALUES \
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
inline constexpr std::string_view k_insert_release =
    "INSERT INTO releases (" PRESSINGS_RELEASE_COLUMNS ") VALUES (" PRESSINGS_RELEASE_VALUES ")";
// The same with an id that was given out already.
inline constexpr std::string_view k_insert_release_as =
    "INSERT INTO releases (" PRESSINGS_RELEASE_COLUMNS ", id) VALUES (" PRESSINGS_RELEASE_VALUES
    ", ?)";
#undef PRESSINGS_RELEASE_COLUMNS
#undef PRESSINGS_RELEASE_VALUES
inline constexpr std::string_view k_update_release =
    "UPDATE releases SET album_id = ?2, title = ?3, artist_credit_id = ?4, format = ?5, "
    "status = ?6, packaging = ?7, quality = ?8, disambiguation = ?9, language = ?10, "
    "script = ?11, barcode = ?12, asin = ?13, date = ?14, country = ?15, updated_at = ?16, "
    "removed_at = NULL WHERE id = ?1";
inline constexpr std::string_view k_load_release =
    "SELECT mbid, title, artist_credit_id, status, packaging, quality, disambiguation, language, "
    "script, barcode, asin, date, country FROM releases WHERE id = ?";
inline constexpr std::string_view k_present_releases_of_album =
    "SELECT id, mbid FROM releases WHERE album_id = ? AND removed_at IS NULL ORDER BY id";
inline constexpr std::string_view k_remove_release =
    "UPDATE releases SET removed_at = ?2, updated_at = ?2 WHERE id = ?1";

inline constexpr std::string_view k_delete_events =
    "DELETE FROM release_events WHERE release_id = ?";
inline constexpr std::string_view k_insert_event =
    "INSERT INTO release_events (release_id, position, date, country, area_mbid, area_name) "
    "VALUES (?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view k_load_events =
    "SELECT date, country, area_mbid, area_name FROM release_events "
    "WHERE release_id = ? ORDER BY position";

inline constexpr std::string_view k_delete_label_info =
    "DELETE FROM label_info WHERE release_id = ?";
inline constexpr std::string_view k_insert_label_info =
    "INSERT INTO label_info (release_id, position, label_id, catalog_number) VALUES (?, ?, ?, ?)";
inline constexpr std::string_view k_load_label_info =
    "SELECT i.catalog_number, l.mbid, l.name, l.sort_name, l.disambiguation, l.type, "
    "l.label_code FROM label_info i LEFT JOIN labels l ON l.id = i.label_id "
    "WHERE i.release_id = ? ORDER BY i.position";

inline constexpr std::string_view k_delete_media = "DELETE FROM media WHERE release_id = ?";
inline constexpr std::string_view k_insert_medium =
    "INSERT INTO media (release_id, position, mbid, format, title, track_count, has_tracks, "
    "has_discs) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view k_load_media =
    "SELECT position, mbid, format, title, track_count, has_tracks, has_discs FROM media "
    "WHERE release_id = ? ORDER BY position";
inline constexpr std::string_view k_insert_track =
    "INSERT INTO tracks (release_id, medium_position, position, kind, number, title, mbid, "
    "length_ms, artist_credit_id, recording_mbid, recording_title, recording_artist_credit_id, "
    "recording_length_ms, recording_video, recording_disambiguation, "
    "recording_first_release_date, recording_isrcs) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
#define PRESSINGS_TRACK                                                               \
    "t.medium_position, t.position, t.kind, t.number, t.title, t.mbid, t.length_ms, " \
    "t.artist_credit_id, t.recording_mbid, coalesce(t.recording_title, t.title), "    \
    "t.recording_artist_credit_id, t.recording_length_ms, t.recording_video, "        \
    "t.recording_disambiguation, t.recording_first_release_date, t.recording_isrcs "
inline constexpr std::string_view k_load_tracks =
    "SELECT " PRESSINGS_TRACK
    "FROM tracks t WHERE t.release_id = ? ORDER BY t.medium_position, t.position";
inline constexpr std::string_view k_list_tracks =
    "SELECT " PRESSINGS_TRACK
    ", m.format, m.title FROM media m "
    "JOIN tracks t ON t.release_id = m.release_id AND t.medium_position = m.position "
    "WHERE m.release_id = ? ORDER BY m.position, t.position";
#undef PRESSINGS_TRACK
inline constexpr std::string_view k_release_of_tracks =
    "SELECT r.mbid, r.title, r.artist_credit_id, a.mbid FROM releases r "
    "JOIN albums a ON a.id = r.album_id WHERE r.id = ?";

}  // namespace pressings::store::sql

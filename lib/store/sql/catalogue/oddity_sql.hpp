#pragma once

#include <string_view>

/// Every statement on what could not be read, under its name.
namespace pressings::store::sql {

inline constexpr std::string_view k_load_oddities =
    "SELECT release_mbid, field, value, problem, reader FROM oddities "
    "WHERE album_id = ? ORDER BY position";
inline constexpr std::string_view k_delete_oddities = "DELETE FROM oddities WHERE album_id = ?";
inline constexpr std::string_view k_insert_oddity =
    "INSERT INTO oddities (album_id, position, release_mbid, field, value, problem, reader, at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

#define PRESSINGS_ODDITY_ROW                                                          \
    "SELECT o.album_id, a.mbid, a.title, r.title, o.release_mbid, o.field, o.value, " \
    "o.problem, o.reader, o.at FROM oddities o JOIN albums a ON a.id = o.album_id "   \
    "LEFT JOIN releases r ON r.mbid = o.release_mbid "
inline constexpr std::string_view k_oddities =
    PRESSINGS_ODDITY_ROW "ORDER BY o.album_id, o.position LIMIT ?1";
inline constexpr std::string_view k_oddities_of_album =
    PRESSINGS_ODDITY_ROW "WHERE o.album_id = ?2 ORDER BY o.position LIMIT ?1";
#undef PRESSINGS_ODDITY_ROW

// A job that failed or was cancelled after its album had become odd would only do so again.
inline constexpr std::string_view k_old_oddities =
    "SELECT DISTINCT o.album_id, coalesce(j.queue, 'default'), coalesce(j.priority, 0) "
    "FROM oddities o INDEXED BY oddities_by_reader "
    "LEFT JOIN jobs j ON j.id = (SELECT max(id) FROM jobs WHERE album_id = o.album_id) "
    "WHERE o.reader < ?1 AND (j.state IS NULL OR j.state = 'done' OR j.state = 'superseded') LIMIT "
    "?2";

}  // namespace pressings::store::sql

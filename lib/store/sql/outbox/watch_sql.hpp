#pragma once

#include <string_view>

/// Every statement on watches, under its name.
namespace pressings::store::sql {

#define PRESSINGS_WATCH                                                                        \
    "SELECT w.id, w.mbid, w.entity, w.name, w.types, w.every_ms, w.queue, w.priority, "        \
    "w.created_at, w.looked_at, w.next_at, w.position, w.found, w.gone_code, w.gone_message, " \
    "w.job_id, j.state, j.error_code, j.error_message "                                        \
    "FROM watches w LEFT JOIN jobs j ON j.id = w.job_id "

inline constexpr std::string_view k_watches = PRESSINGS_WATCH "ORDER BY w.id";
inline constexpr std::string_view k_watch = PRESSINGS_WATCH "WHERE w.mbid = ?";

#undef PRESSINGS_WATCH

inline constexpr std::string_view k_insert_watch =
    "INSERT INTO watches (mbid, entity, types, every_ms, queue, priority, created_at, next_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7 + ?4)";
// A name is one of what it was found to be.
inline constexpr std::string_view k_change_watch =
    "UPDATE watches SET entity = coalesce(?2, entity), types = ?3, every_ms = ?4, queue = ?5, "
    "priority = ?6, gone_code = NULL, gone_message = NULL, "
    "next_at = CASE WHEN looked_at < ?7 THEN looked_at ELSE ?7 END + ?4 WHERE mbid = ?1";
inline constexpr std::string_view k_restart_watch =
    "UPDATE watches SET position = 0 WHERE mbid = ?";
inline constexpr std::string_view k_delete_watch = "DELETE FROM watches WHERE mbid = ?";

// Due, or due later than a whole interval from now, as where the clock was set back; and without
// an open job.
#define PRESSINGS_DUE_WATCHES                                                             \
    "FROM watches w WHERE w.next_at IS NOT NULL "                                         \
    "AND (w.next_at <= ?1 OR w.next_at > ?1 + w.every_ms) "                               \
    "AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'watch' AND j.subject = w.mbid " \
    " AND j.album_id IS NULL AND j.state IN ('pending', 'running'))"

inline constexpr std::string_view k_count_due_watches = "SELECT count(*) " PRESSINGS_DUE_WATCHES;
inline constexpr std::string_view k_due_watches =
    "SELECT w.mbid " PRESSINGS_DUE_WATCHES " ORDER BY w.next_at, w.id LIMIT ?2";

#undef PRESSINGS_DUE_WATCHES

inline constexpr std::string_view k_note_watch_job =
    "UPDATE watches SET job_id = ?2, next_at = ?3 WHERE mbid = ?1";
inline constexpr std::string_view k_note_watch_part =
    "UPDATE watches SET entity = ?2, name = coalesce(?3, name), found = found + ?4, position = ?5 "
    "WHERE mbid = ?1";
inline constexpr std::string_view k_note_watch_look =
    "UPDATE watches SET looked_at = ?2, next_at = ?3 WHERE mbid = ?1";
inline constexpr std::string_view k_move_watch = "UPDATE watches SET mbid = ?2 WHERE mbid = ?1";
inline constexpr std::string_view k_note_watch_gone =
    "UPDATE watches SET next_at = NULL, position = 0, gone_code = ?2, gone_message = ?3 "
    "WHERE mbid = ?1";
inline constexpr std::string_view k_set_arguments =
    "UPDATE jobs SET arguments = ?2, queue = ?3, priority = ?4 WHERE id = ?1 "
    "AND state = 'pending'";
inline constexpr std::string_view k_queue_of_job = "SELECT queue, state FROM jobs WHERE id = ?";

inline constexpr std::string_view k_supersede_failed_looks =
    "UPDATE jobs SET state = 'superseded' WHERE state = 'failed' AND kind = 'watch' "
    "AND subject = ? RETURNING queue, error_code";

inline constexpr std::string_view k_count_watches =
    "SELECT count(*), count(gone_code) FROM watches";

}  // namespace pressings::store::sql

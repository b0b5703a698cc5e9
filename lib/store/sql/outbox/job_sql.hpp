#pragma once

#include <string_view>

#include "store/sql/lists.hpp"

/// Every statement on the outbox, under its name.
namespace pressings::store::sql {

inline constexpr std::string_view k_insert_job =
    "INSERT INTO jobs (kind, album_id, subject, arguments, queue, priority, state, run_at, "
    "created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pending', ?7, ?7)";
inline constexpr std::string_view k_last_job_of_album =
    "SELECT id, state, queue FROM jobs WHERE album_id = ? ORDER BY id DESC LIMIT 1";
inline constexpr std::string_view k_open_job_of_album =
    "SELECT id, state, queue, priority FROM jobs WHERE album_id = ?1 AND kind = ?2 "
    "AND state IN ('pending', 'running')";
inline constexpr std::string_view k_move_job =
    "UPDATE jobs SET queue = ?2, priority = ?3 WHERE id = ?1 AND state = 'pending'";
inline constexpr std::string_view k_open_job_of_subject =
    "SELECT id FROM jobs WHERE kind = ?1 AND subject = ?2 AND album_id IS NULL "
    "AND state IN ('pending', 'running')";
// Another job that is open for the same.
inline constexpr std::string_view k_open_like =
    "SELECT o.id FROM jobs j JOIN jobs o ON o.album_id = j.album_id AND o.kind = j.kind "
    "AND o.state IN ('pending', 'running') WHERE j.id = ?1 AND o.id <> ?1 "
    "UNION ALL "
    "SELECT o.id FROM jobs j JOIN jobs o ON o.kind = j.kind AND o.subject = j.subject "
    "AND o.album_id IS NULL AND o.state IN ('pending', 'running') WHERE j.id = ?1 AND o.id <> ?1";

inline constexpr std::string_view k_open_of_kind =
    "SELECT id FROM jobs WHERE kind = ?1 AND album_id IS NULL "
    "AND state IN ('pending', 'running')";
inline constexpr std::string_view k_arguments_of_job = "SELECT arguments FROM jobs WHERE id = ?";

// What new editions are held against, and whether they led to an import already.
inline constexpr std::string_view k_known_editions =
    "SELECT mbid FROM releases WHERE album_id = ?1 AND removed_at IS NULL "
    "UNION SELECT release_mbid FROM oddities WHERE album_id = ?1 AND release_mbid IS NOT NULL";
inline constexpr std::string_view k_merged_into =
    "SELECT r.mbid FROM merged_releases m JOIN releases r ON r.id = m.release_id WHERE m.mbid = ?";
inline constexpr std::string_view k_import_for =
    "SELECT 1 FROM jobs WHERE album_id = ?1 AND kind = ?2 AND (state IN ('pending', 'running') "
    "OR (state = 'done' AND arguments = ?3 AND finished_at > ?4)) LIMIT 1";

// How due jobs are sought: priority by priority, queue by queue. A kind that is none of those known
// (",releases,discography,") is left to the version that knows it.
inline constexpr std::string_view k_first_due =
    "SELECT id, run_at FROM jobs WHERE state = 'pending' AND queue = ?1 AND priority = ?2 "
    "AND run_at <= ?3 AND (?4 <> 0 OR suspect = 0) AND instr(?5, ',' || kind || ',') > 0 "
    "AND (run_at, id) > (?7, ?8) ORDER BY run_at, id LIMIT ?6";
// The same; an engine in which others take jobs meanwhile keeps these from them.
inline constexpr std::string_view k_due_to_take =
    "SELECT id, run_at FROM jobs WHERE state = 'pending' AND queue = ?1 AND priority = ?2 "
    "AND run_at <= ?3 AND (suspect = 0 OR ?4 <> 0) AND instr(?5, ',' || kind || ',') > 0 "
    "AND (run_at, id) > (?7, ?8) ORDER BY run_at, id LIMIT ?6";

// What waits beside a job: albums that bear the same credit, of one artist alone. (Few of them are
// looked at where thousands bear it.)
inline constexpr std::string_view k_sole_artist =
    "SELECT r.mbid, al.artist_credit_id FROM albums al "
    "JOIN artist_credit_names n ON n.artist_credit_id = al.artist_credit_id "
    "JOIN artists r ON r.id = n.artist_id WHERE al.id = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM artist_credit_names o "
    " WHERE o.artist_credit_id = n.artist_credit_id AND o.position <> n.position)";
inline constexpr std::string_view k_imported_of_artist =
    "SELECT 1 FROM artists r JOIN artist_credit_names n ON n.artist_id = r.id "
    "JOIN albums al ON al.artist_credit_id = n.artist_credit_id "
    "WHERE r.mbid = ?1 AND al.imported_at IS NOT NULL LIMIT 1";
inline constexpr std::string_view k_earlier_companion =
    "SELECT 1 FROM jobs j JOIN albums al ON al.id = j.album_id WHERE j.state = 'running' "
    "AND j.kind = ?1 AND j.id < ?2 AND al.artist_credit_id = ?3 LIMIT 1";
inline constexpr std::string_view k_companions =
    "SELECT al.mbid, al.primary_type FROM (SELECT id, mbid, primary_type FROM albums "
    " WHERE artist_credit_id = ?1 AND id > ?2 AND mbid IS NOT NULL ORDER BY id LIMIT 2000) al "
    "JOIN jobs j ON j.album_id = al.id AND j.kind = ?3 AND j.state IN ('pending', 'running') "
    "WHERE j.state = 'pending' AND j.suspect = 0 AND j.run_at <= ?4 AND j.queue = ?5 "
    "AND j.priority = ?6 ORDER BY al.id LIMIT ?7";
inline constexpr std::string_view k_due_import =
    "SELECT j.id FROM albums al JOIN jobs j ON j.album_id = al.id AND j.kind = ?2 "
    "AND j.state IN ('pending', 'running') WHERE al.mbid = ?1 AND j.state = 'pending' "
    "AND j.suspect = 0 AND j.run_at <= ?3 AND j.queue = ?4";

// Every queue and priority, in one statement for those who only look. (In two seeks: a comparison
// of "(queue, priority)" with a row would read all jobs of a queue to get past them.)
#define PRESSINGS_JOB_LEVELS                                                                  \
    "WITH RECURSIVE level (queue, priority) AS ("                                             \
    " SELECT queue, priority FROM (SELECT queue, priority FROM jobs WHERE state = 'pending' " \
    "  ORDER BY queue, priority LIMIT 1) AS first"                                            \
    " UNION ALL"                                                                              \
    " SELECT j.queue, j.priority FROM level l JOIN jobs j ON j.id = coalesce("                \
    "  (SELECT id FROM jobs WHERE state = 'pending' AND queue = l.queue "                     \
    "   AND priority > l.priority ORDER BY priority LIMIT 1), "                               \
    "  (SELECT id FROM jobs WHERE state = 'pending' AND queue > l.queue "                     \
    "   ORDER BY queue, priority LIMIT 1))) "

// Those that may be worked on, the ones that go first first.
inline constexpr std::string_view k_levels = PRESSINGS_JOB_LEVELS
    "SELECT l.priority, l.queue FROM level l "
    "WHERE l.queue NOT IN (SELECT queue FROM paused_queues) "
    "AND NOT EXISTS (SELECT 1 FROM paused_queues WHERE queue = '*') "
    "AND (?1 = 0 OR l.queue IN (SELECT value FROM json_each(?2))) "
    "ORDER BY l.priority DESC, l.queue";
inline constexpr std::string_view k_next_run_at = PRESSINGS_JOB_LEVELS
    "SELECT min(j.run_at) FROM level l JOIN jobs j ON j.id = ("
    " SELECT id FROM jobs WHERE state = 'pending' AND queue = l.queue AND priority = l.priority "
    " AND instr(?3, ',' || kind || ',') > 0 ORDER BY run_at, id LIMIT 1) "
    "WHERE l.queue NOT IN (SELECT queue FROM paused_queues) "
    "AND NOT EXISTS (SELECT 1 FROM paused_queues WHERE queue = '*') "
    "AND (?1 = 0 OR l.queue IN (SELECT value FROM json_each(?2)))";
inline constexpr std::string_view k_oldest_due = PRESSINGS_JOB_LEVELS
    "SELECT min((SELECT run_at FROM jobs WHERE state = 'pending' AND queue = l.queue "
    " AND priority = l.priority ORDER BY run_at, id LIMIT 1)) FROM level l";
// Those that are not due yet are counted, not those that are: they are few, made by attempts that
// failed, where millions may be due.
inline constexpr std::string_view k_count_waiting = PRESSINGS_JOB_LEVELS
    "SELECT coalesce(sum((SELECT count(*) FROM jobs WHERE state = 'pending' "
    " AND queue = l.queue AND priority = l.priority AND run_at > ?1)), 0) FROM level l "
    "WHERE ?2 = 0 OR l.queue IN (SELECT value FROM json_each(?3))";

#undef PRESSINGS_JOB_LEVELS

inline constexpr std::string_view k_claim =
    "UPDATE jobs SET state = 'running', attempts = attempts + 1, claim = claim + 1, "
    "worker_id = ?2, lease_until = ?3, started_at = ?4 "
    "WHERE id IN " PRESSINGS_IDS(1) " AND state = 'pending' "
    "RETURNING id, claim, attempts, kind, album_id, subject, arguments, queue, priority, suspect";
inline constexpr std::string_view k_begin_attempt =
    "INSERT INTO attempts (job_id, claim, attempt, worker_id, started_at, outcome) "
    "VALUES (?, ?, ?, ?, ?, 'running')";
inline constexpr std::string_view k_end_attempt =
    "UPDATE attempts SET finished_at = ?3, outcome = ?4, error_code = ?5, error_message = ?6, "
    "requests = ?7, releases = ?8 WHERE job_id = ?1 AND claim = ?2 AND outcome = 'running'";

// A worker lived through it.
#define PRESSINGS_NO_DEATHS "crashes = 0, kills = 0, suspect = 0, "

inline constexpr std::string_view k_finish_job =
    "UPDATE jobs SET " PRESSINGS_NO_DEATHS
    "state = 'done', worker_id = NULL, lease_until = NULL, "
    "error_code = NULL, error_message = NULL, finished_at = ?3 "
    "WHERE id = ?1 AND claim = ?2 AND state = 'running'";
// Several, of a list of jobs with their claims: "[[1,2],[3,1]]".
inline constexpr std::string_view k_finish_jobs =
    "UPDATE jobs SET " PRESSINGS_NO_DEATHS
    "state = 'done', worker_id = NULL, lease_until = NULL, "
    "error_code = NULL, error_message = NULL, finished_at = ?2 "
    "WHERE id IN (SELECT value ->> 0 FROM json_each(?1)) AND state = 'running' "
    "AND (id, claim) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1)) RETURNING id";
inline constexpr std::string_view k_fail_job =
    "UPDATE jobs SET state = 'failed', worker_id = NULL, lease_until = NULL, finished_at = ?3, "
    "error_code = ?4, error_message = ?5 WHERE id = ?1 AND claim = ?2 AND state = 'running'";
inline constexpr std::string_view k_retry_job =
    "UPDATE jobs SET " PRESSINGS_NO_DEATHS
    "state = 'pending', worker_id = NULL, "
    "lease_until = NULL, run_at = ?3, error_code = ?4, error_message = ?5 "
    "WHERE id = ?1 AND claim = ?2 AND state = 'running'";
inline constexpr std::string_view k_requeue_job =
    "UPDATE jobs SET " PRESSINGS_NO_DEATHS
    "state = 'pending', worker_id = NULL, "
    "lease_until = NULL, run_at = ?3, attempts = attempts - 1, "
    "error_code = coalesce(?4, error_code), error_message = coalesce(?5, error_message) "
    "WHERE id = ?1 AND claim = ?2 AND state = 'running'";
inline constexpr std::string_view k_take_back_job =
    "UPDATE jobs SET state = 'pending', worker_id = NULL, lease_until = NULL, crashes = ?3, "
    "kills = ?4, suspect = ?5, run_at = coalesce(?6, run_at), attempts = attempts - ?7, "
    "error_code = ?8, error_message = ?9 WHERE id = ?1 AND claim = ?2 AND state = 'running'";

inline constexpr std::string_view k_cancel_job =
    "UPDATE jobs SET state = 'cancelled', worker_id = NULL, lease_until = NULL, "
    "finished_at = ?2, error_code = coalesce(?3, error_code), "
    "error_message = coalesce(?4, error_message) "
    "WHERE id = ?1 AND state IN ('pending', 'running')";
inline constexpr std::string_view k_cancel_attempt =
    "UPDATE attempts SET outcome = 'cancelled', finished_at = ?2 "
    "WHERE job_id = ?1 AND outcome = 'running'";
inline constexpr std::string_view k_reopen_job =
    "UPDATE jobs SET " PRESSINGS_NO_DEATHS
    "state = 'pending', attempts = 0, run_at = ?2, "
    "finished_at = NULL WHERE id = ?1 AND state IN ('failed', 'cancelled')";
// (Few albums have a failed job: the index of those that have is nearly empty.)
inline constexpr std::string_view k_supersede_failed =
    "UPDATE jobs INDEXED BY jobs_failed_by_album SET state = 'superseded' "
    "WHERE album_id = ?1 AND state = 'failed' RETURNING id, queue, error_code";
inline constexpr std::string_view k_run_job_now =
    "UPDATE jobs SET run_at = ?2 WHERE id = ?1 AND state = 'pending'";

inline constexpr std::string_view k_insert_worker =
    "INSERT INTO workers (name, boot, started_at, memory_kills) VALUES (?, ?, ?, ?)";
inline constexpr std::string_view k_renew =
    "UPDATE jobs SET lease_until = ?2 WHERE worker_id = ?1 AND state = 'running'";
inline constexpr std::string_view k_running =
    "SELECT j.id, j.claim, j.worker_id, j.lease_until, j.crashes, j.kills, j.queue, "
    "coalesce(w.started_at, 0), coalesce(w.boot, ''), w.memory_kills "
    "FROM jobs j LEFT JOIN workers w ON w.id = j.worker_id WHERE j.state = 'running' "
    "ORDER BY j.worker_id, j.id";

inline constexpr std::string_view k_change_total =
    "INSERT INTO totals (what, queue, value) VALUES (?1, ?2, max(?3, 0)) "
    "ON CONFLICT (what, queue) DO UPDATE SET value = value + ?3";
inline constexpr std::string_view k_count_open =
    "SELECT coalesce(sum(value) FILTER (WHERE what = 'pending'), 0), coalesce(sum(value), 0) "
    "FROM totals WHERE what IN ('pending', 'running') "
    "AND (?1 = 0 OR queue IN (SELECT value FROM json_each(?2)))";
inline constexpr std::string_view k_totals = "SELECT what, queue, value FROM totals";
inline constexpr std::string_view k_add_work =
    "INSERT INTO work (minute, done, retrying, failed, throttled, other, requests, releases) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (minute) DO UPDATE SET "
    "done = done + excluded.done, retrying = retrying + excluded.retrying, "
    "failed = failed + excluded.failed, throttled = throttled + excluded.throttled, "
    "other = other + excluded.other, requests = requests + excluded.requests, "
    "releases = releases + excluded.releases";
inline constexpr std::string_view k_work_since =
    "SELECT min(minute), sum(done), sum(retrying), sum(failed), sum(throttled), sum(other), "
    "sum(requests), sum(releases) FROM work WHERE minute BETWEEN ?1 AND ?2";
inline constexpr std::string_view k_old_work = "SELECT 1 FROM work WHERE minute < ? LIMIT 1";
inline constexpr std::string_view k_delete_old_work = "DELETE FROM work WHERE minute < ?";

// The wall clock is a setting that can go back; the jobs that wait then wait as long as they would
// have. What it has shown before is known from the latest job and the latest claim.
inline constexpr std::string_view k_latest_time =
    "SELECT coalesce(max(seen), 0) FROM (SELECT created_at AS seen FROM (SELECT id, created_at "
    " FROM jobs ORDER BY id DESC LIMIT 1) AS latest WHERE id > coalesce((SELECT value FROM totals "
    " WHERE what = 'clock_job' AND queue = ''), 0) UNION ALL "
    "SELECT value FROM totals WHERE what = 'clock' AND queue = '') AS times";
inline constexpr std::string_view k_set_clock =
    "INSERT INTO totals (what, queue, value) VALUES ('clock', '', ?1) "
    "ON CONFLICT (what, queue) DO UPDATE SET value = excluded.value";
// The same when jobs are taken.
inline constexpr std::string_view k_note_claim =
    "INSERT INTO totals (what, queue, value) VALUES ('clock', '', ?1) "
    "ON CONFLICT (what, queue) DO UPDATE SET value = max(value, excluded.value)";
// The jobs up to the latest are reckoned with.
inline constexpr std::string_view k_set_clock_job =
    "INSERT INTO totals (what, queue, value) "
    "SELECT 'clock_job', '', coalesce(max(id), 0) FROM jobs WHERE true "
    "ON CONFLICT (what, queue) DO UPDATE SET value = excluded.value";
// What is remembered of the wall clock, for what is deleted by age: see ClockTrail.
inline constexpr std::string_view k_clock_trail =
    "SELECT coalesce((SELECT value FROM totals WHERE what = 'clock_believed' AND queue = ''), 0), "
    "coalesce((SELECT value FROM totals WHERE what = 'clock_leap' AND queue = ''), 0)";
inline constexpr std::string_view k_set_clock_trail =
    "INSERT INTO totals (what, queue, value) VALUES ('clock_believed', '', ?1), "
    "('clock_leap', '', ?2) ON CONFLICT (what, queue) DO UPDATE SET value = excluded.value";
inline constexpr std::string_view k_move_back_waiting =
    "UPDATE jobs SET run_at = CASE WHEN run_at - ?2 > ?1 THEN run_at - ?2 ELSE ?1 END WHERE state "
    "= 'pending' AND run_at > ?1";

#define PRESSINGS_JOB_RECORD                                                                    \
    "SELECT j.id, j.kind, j.state, j.queue, j.priority, j.album_id, "                           \
    "coalesce(a.mbid, j.subject), c.text, a.title, j.attempts, j.run_at, w.name, "              \
    "j.lease_until, j.error_code, j.error_message, j.created_at, j.started_at, j.finished_at, " \
    "w.boot, "                                                                                  \
    "(SELECT group_concat(i.kind || char(31) || i.value || char(31) || "                        \
    " coalesce(i.labels, ''), char(30)) FROM album_identifiers i WHERE i.album_id = a.id) "     \
    "FROM jobs j LEFT JOIN albums a ON a.id = j.album_id "                                      \
    "LEFT JOIN artist_credits c ON c.id = a.artist_credit_id "                                  \
    "LEFT JOIN workers w ON w.id = j.worker_id "

inline constexpr std::string_view k_job_record = PRESSINGS_JOB_RECORD "WHERE j.id = ?";
inline constexpr std::string_view k_job_records = PRESSINGS_JOB_RECORD
    "WHERE (?1 IS NULL OR j.state = ?1) AND (?2 IS NULL OR j.queue = ?2) "
    "AND (?3 IS NULL OR j.error_code = ?3) ORDER BY j.id DESC LIMIT ?4";
inline constexpr std::string_view k_job_records_of_album = PRESSINGS_JOB_RECORD
    "WHERE j.album_id = ?1 AND (?2 IS NULL OR j.state = ?2) AND (?3 IS NULL OR j.queue = ?3) "
    "AND (?4 IS NULL OR j.error_code = ?4) ORDER BY j.id DESC LIMIT ?5";
// One for each state that has an index of its own, so that a few are found among millions.
inline constexpr std::string_view k_job_records_pending = PRESSINGS_JOB_RECORD
    "WHERE j.state = 'pending' AND (?1 IS NULL OR j.queue = ?1) "
    "AND (?2 IS NULL OR j.error_code = ?2) "
    "ORDER BY j.queue, j.priority DESC, j.run_at, j.id LIMIT ?3";
// (The plus keeps SQLite from going through all jobs because they lie in the wanted order.)
inline constexpr std::string_view k_job_records_running = PRESSINGS_JOB_RECORD
    "WHERE j.state = 'running' AND (?1 IS NULL OR j.queue = ?1) "
    "AND (?2 IS NULL OR j.error_code = ?2) ORDER BY +j.id DESC LIMIT ?3";
inline constexpr std::string_view k_job_records_failed = PRESSINGS_JOB_RECORD
    "WHERE j.state = 'failed' AND (?1 IS NULL OR j.queue = ?1) "
    "AND (?2 IS NULL OR j.error_code = ?2) ORDER BY j.finished_at DESC, j.id DESC LIMIT ?3";

#undef PRESSINGS_JOB_RECORD

inline constexpr std::string_view k_attempts_of_job =
    "SELECT t.attempt, coalesce(w.name, ''), t.started_at, t.finished_at, t.outcome, "
    "t.error_code, t.error_message, t.requests, t.releases "
    "FROM attempts t LEFT JOIN workers w ON w.id = t.worker_id "
    "WHERE t.job_id = ? ORDER BY t.claim";
inline constexpr std::string_view k_paused = "SELECT queue FROM paused_queues ORDER BY queue";
inline constexpr std::string_view k_pause =
    "INSERT INTO paused_queues (queue, paused_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
inline constexpr std::string_view k_resume =
    "DELETE FROM paused_queues WHERE queue = ?1 OR ?1 = '*'";
inline constexpr std::string_view k_prunable_done =
    "SELECT id, queue, state, error_code FROM jobs "
    "WHERE (state = 'done' OR state = 'cancelled' OR state = 'superseded') AND finished_at < ?1 "
    "AND (?2 IS NULL OR state = ?2) ORDER BY finished_at LIMIT ?3";
inline constexpr std::string_view k_prunable_failed =
    "SELECT id, queue, state, error_code FROM jobs WHERE state = 'failed' AND finished_at < ?1 "
    "AND (?2 IS NULL OR state = ?2) ORDER BY finished_at LIMIT ?3";
inline constexpr std::string_view k_delete_job = "DELETE FROM jobs WHERE id = ?";

inline constexpr std::string_view k_insert_candidate =
    "INSERT INTO job_candidates (job_id, position, mbid, title, artist, first_release_date, "
    "primary_type, secondary_types, disambiguation, score) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view k_delete_candidates =
    "DELETE FROM job_candidates WHERE job_id = ?";
inline constexpr std::string_view k_candidates_of_job =
    "SELECT mbid, title, artist, first_release_date, primary_type, secondary_types, "
    "disambiguation, score FROM job_candidates WHERE job_id = ? ORDER BY position";

// An album is identified: its job runs again at once, where and how urgently it is told or was.
inline constexpr std::string_view k_run_identified_job =
    "UPDATE jobs SET " PRESSINGS_NO_DEATHS
    "state = 'pending', worker_id = NULL, "
    "lease_until = NULL, attempts = 0, run_at = ?2, queue = coalesce(?3, queue), "
    "priority = coalesce(?4, priority), error_code = NULL, error_message = NULL, "
    "finished_at = NULL WHERE id = ?1";
inline constexpr std::string_view k_requeue_attempt =
    "UPDATE attempts SET outcome = 'released', finished_at = ?2 "
    "WHERE job_id = ?1 AND outcome = 'running'";
#undef PRESSINGS_NO_DEATHS

inline constexpr std::string_view k_job_of_identified =
    "SELECT state, queue, error_code, priority FROM jobs WHERE id = ?";

}  // namespace pressings::store::sql

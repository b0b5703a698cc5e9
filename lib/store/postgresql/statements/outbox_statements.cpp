#include <array>

#include "store/postgresql/statements/own_statements.hpp"
#include "store/sql/catalogue/stats_sql.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/watch_sql.hpp"

namespace pressings::store::postgresql {

namespace {

// Every queue and priority, from the end of each, where the rows are that no worker has taken and
// left dead. (A comparison of rows is one seek in an index here.)
#define PRESSINGS_JOB_LEVELS                                        \
    "WITH RECURSIVE level (queue, priority) AS ("                   \
    " (SELECT queue, priority FROM jobs WHERE state = 'pending'"    \
    "  ORDER BY queue DESC, priority DESC LIMIT 1)"                 \
    " UNION ALL"                                                    \
    " SELECT j.queue, j.priority FROM level l CROSS JOIN LATERAL (" \
    "  SELECT queue, priority FROM jobs WHERE state = 'pending'"    \
    "  AND (queue, priority) < (l.queue, l.priority)"               \
    "  ORDER BY queue DESC, priority DESC LIMIT 1) j) "

constexpr std::array k_statements{
    OwnStatement{sql::k_levels, PRESSINGS_JOB_LEVELS
                 "SELECT l.priority, l.queue FROM level l "
                 "WHERE l.queue NOT IN (SELECT queue FROM paused_queues) "
                 "AND NOT EXISTS (SELECT 1 FROM paused_queues WHERE queue = '*') "
                 "AND ($1 = 0 OR l.queue IN (SELECT value FROM json_array_elements_text($2))) "
                 "ORDER BY l.priority DESC, l.queue"},
    OwnStatement{sql::k_next_run_at, PRESSINGS_JOB_LEVELS
                 "SELECT min(j.run_at) FROM level l CROSS JOIN LATERAL ("
                 " SELECT run_at FROM jobs WHERE state = 'pending' AND queue = l.queue"
                 " AND priority = l.priority AND strpos($3, ',' || kind || ',') > 0"
                 " ORDER BY run_at, id LIMIT 1) j "
                 "WHERE l.queue NOT IN (SELECT queue FROM paused_queues) "
                 "AND NOT EXISTS (SELECT 1 FROM paused_queues WHERE queue = '*') "
                 "AND ($1 = 0 OR l.queue IN (SELECT value FROM json_array_elements_text($2)))"},
    OwnStatement{sql::k_oldest_due, PRESSINGS_JOB_LEVELS
                 "SELECT min(j.run_at) FROM level l CROSS JOIN LATERAL ("
                 " SELECT run_at FROM jobs WHERE state = 'pending' AND queue = l.queue"
                 " AND priority = l.priority ORDER BY run_at, id LIMIT 1) j"},
    OwnStatement{sql::k_count_waiting, PRESSINGS_JOB_LEVELS
                 "SELECT coalesce(sum(j.waiting), 0)::bigint FROM level l CROSS JOIN LATERAL ("
                 " SELECT count(*) AS waiting FROM jobs WHERE state = 'pending'"
                 " AND queue = l.queue AND priority = l.priority AND run_at > $1) j "
                 "WHERE $2 = 0 OR l.queue IN (SELECT value FROM json_array_elements_text($3))"},

    // What others have locked they are taking. (Of a job that is locked nothing changed that was
    // looked at: the server looks again.)
    OwnStatement{sql::k_due_to_take,
                 "SELECT id, run_at FROM jobs WHERE state = 'pending' AND queue = $1 "
                 "AND priority = $2 AND run_at <= $3 AND (suspect = 0 OR $4::bigint <> 0) "
                 "AND strpos($5, ',' || kind || ',') > 0 AND (run_at, id) > ($7, $8) "
                 "ORDER BY run_at, id LIMIT $6 FOR NO KEY UPDATE SKIP LOCKED"},
    OwnStatement{sql::k_due_import,
                 "SELECT j.id FROM albums al JOIN jobs j ON j.album_id = al.id AND j.kind = $2 "
                 "AND j.state IN ('pending', 'running') WHERE al.mbid = $1 "
                 "AND j.state = 'pending' AND j.suspect = 0 AND j.run_at <= $3 AND j.queue = $4 "
                 "FOR NO KEY UPDATE OF j SKIP LOCKED"},
    OwnStatement{sql::k_finish_jobs,
                 "UPDATE jobs j SET crashes = 0, kills = 0, suspect = 0, state = 'done', "
                 "worker_id = NULL, lease_until = NULL, error_code = NULL, error_message = NULL, "
                 "finished_at = $2 "
                 "FROM (SELECT (value ->> 0)::bigint AS id, (value ->> 1)::bigint AS claim "
                 " FROM json_array_elements($1)) t "
                 "WHERE j.id = t.id AND j.claim = t.claim AND j.state = 'running' RETURNING j.id"},
    // One row for all who take jobs, so it is not written each time.
    OwnStatement{sql::k_note_claim,
                 "UPDATE totals SET value = $1::bigint WHERE what = 'clock' AND queue = '' "
                 "AND value < $1::bigint - 1000"},

    // The running ones first: they are few, whatever the server believes before it has counted.
    OwnStatement{sql::k_earlier_companion,
                 "SELECT 1 FROM (SELECT id, kind, album_id FROM jobs WHERE state = 'running' "
                 "OFFSET 0) j JOIN albums al ON al.id = j.album_id "
                 "WHERE j.kind = $1 AND j.id < $2 AND al.artist_credit_id = $3 LIMIT 1"},

    // Counts grow by rows of their own: see schema/postgresql/counts.sql.
    OwnStatement{sql::k_change_total,
                 "INSERT INTO total_changes (what, queue, change) VALUES ($1, $2, $3)"},
    OwnStatement{sql::k_change_count,
                 "INSERT INTO release_count_changes (what, value, change) VALUES ($1, $2, $3)"},
    OwnStatement{sql::k_add_work,
                 "INSERT INTO work_changes "
                 "(minute, done, retrying, failed, throttled, other, requests, releases) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    OwnStatement{sql::k_delete_old_work, "DELETE FROM work WHERE minute < $1"},

    // By chance, for a standby that takes over without the last commits would give them out again;
    // with no more bits than every program reads of a number.
    OwnStatement{sql::k_insert_worker,
                 "INSERT INTO workers (id, name, boot, started_at, memory_kills) "
                 "VALUES (1 + floor(random() * 9007199254740990)::bigint, $1, $2, $3, $4) "
                 "RETURNING id"},

    OwnStatement{sql::k_insert_watch,
                 "INSERT INTO watches "
                 "(mbid, entity, types, every_ms, queue, priority, created_at, next_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $7 + $4::bigint) RETURNING id"},
};

#undef PRESSINGS_JOB_LEVELS

}  // namespace

std::span<const OwnStatement> own_outbox_statements() {
    return k_statements;
}

}  // namespace pressings::store::postgresql

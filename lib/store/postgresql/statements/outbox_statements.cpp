#include <array>

#include "store/postgresql/statements/own_statements.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/watch_sql.hpp"

namespace pressings::store::postgresql {

namespace {

// Every queue and priority. (A comparison of rows is one seek in an index here.)
#define PRESSINGS_JOB_LEVELS                                                                       \
    "WITH RECURSIVE level (queue, priority) AS ("                                                  \
    " (SELECT queue, priority FROM jobs WHERE state = 'pending' ORDER BY queue, priority LIMIT 1)" \
    " UNION ALL"                                                                                   \
    " SELECT j.queue, j.priority FROM level l CROSS JOIN LATERAL ("                                \
    "  SELECT queue, priority FROM jobs WHERE state = 'pending'"                                   \
    "  AND (queue, priority) > (l.queue, l.priority) ORDER BY queue, priority LIMIT 1) j) "

constexpr std::array k_statements{
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

    // The running ones first: they are few, whatever the server believes before it has counted.
    OwnStatement{sql::k_earlier_companion,
                 "SELECT 1 FROM (SELECT id, kind, album_id FROM jobs WHERE state = 'running' "
                 "OFFSET 0) j JOIN albums al ON al.id = j.album_id "
                 "WHERE j.kind = $1 AND j.id < $2 AND al.artist_credit_id = $3 LIMIT 1"},
    OwnStatement{sql::k_add_work,
                 "INSERT INTO work AS w "
                 "(minute, done, retrying, failed, throttled, other, requests, releases) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (minute) DO UPDATE SET "
                 "done = w.done + excluded.done, retrying = w.retrying + excluded.retrying, "
                 "failed = w.failed + excluded.failed, "
                 "throttled = w.throttled + excluded.throttled, other = w.other + excluded.other, "
                 "requests = w.requests + excluded.requests, "
                 "releases = w.releases + excluded.releases"},

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

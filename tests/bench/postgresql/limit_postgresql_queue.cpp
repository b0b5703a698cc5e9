// The limit of claiming and completing jobs on PostgreSQL: the same rows in the same transactions
// by plain libpq, each transaction one statement, without the checks that make them safe. Counts
// that several workers change lie in rows of their own for each, so that none waits for another.
//   limit_postgresql_queue URI JOBS GROUP     prints the jobs done
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include "bench/postgresql/plain_postgresql.hpp"

using namespace pressings::bench;

namespace {

/// $1 at most, behind the run_at and id ($2, $3) of the last one, by worker $4, now ($5), whose
/// counts are those of the "queue" $6.
constexpr const char* k_claim =
    "WITH taken AS (UPDATE jobs SET state = 'running', attempts = attempts + 1, "
    " claim = claim + 1, worker_id = $4, lease_until = $5, started_at = $5 "
    " WHERE id = ANY (ARRAY(SELECT id FROM jobs WHERE state = 'pending' AND queue = 'default' "
    "  AND priority = 0 AND run_at <= $5 AND (run_at, id) > ($2, $3) "
    "  ORDER BY run_at, id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)) AND state = 'pending' "
    " RETURNING id, claim, attempts, album_id, run_at), "
    "begun AS (INSERT INTO attempts (job_id, claim, attempt, worker_id, started_at, outcome) "
    " SELECT id, claim, attempts, $4, $5, 'running' FROM taken), "
    "counted AS (UPDATE totals SET value = CASE what WHEN 'clock' THEN $5 "
    "  WHEN 'pending' THEN value - (SELECT count(*) FROM taken) "
    "  ELSE value + (SELECT count(*) FROM taken) END "
    " WHERE queue = $6 AND what IN ('clock', 'pending', 'running')) "
    "SELECT t.id, t.claim, t.run_at, a.mbid, a.title, a.imported_at "
    "FROM taken t JOIN albums a ON a.id = t.album_id ORDER BY t.run_at, t.id";

/// The jobs $1 with the claims $2, now ($3), counted under $4 and in the minute $5.
constexpr const char* k_complete =
    "WITH ended AS (UPDATE jobs j SET state = 'done', worker_id = NULL, lease_until = NULL, "
    " finished_at = $3 FROM unnest($1::bigint[], $2::bigint[]) t (id, claim) "
    " WHERE j.id = t.id AND j.claim = t.claim AND j.state = 'running' "
    " RETURNING j.id, j.claim, j.album_id), "
    "attempted AS (UPDATE attempts a SET outcome = 'done', finished_at = $3 FROM ended e "
    " WHERE a.job_id = e.id AND a.claim = e.claim), "
    "imported AS (UPDATE albums SET imported_at = $3 FROM ended e WHERE albums.id = e.album_id), "
    "counted AS (UPDATE totals SET value = value + CASE what WHEN 'running' THEN -1 ELSE 1 END "
    "  * (SELECT count(*) FROM ended) "
    " WHERE queue = $4 AND what IN ('running', 'done', 'attempts', 'albums_imported')) "
    "UPDATE work SET done = done + (SELECT count(*) FROM ended) WHERE minute = $5";

class Limit {
  public:
    explicit Limit(const char* uri) : m_session(uri) {
        const std::string worker = std::to_string(m_worker);
        m_session.run(
            "INSERT INTO totals (what, queue, value) SELECT what, 'limit-" + worker +
            "', 1000000000 FROM unnest(ARRAY['clock', 'pending', 'running', 'done', 'attempts', "
            "'albums_imported']) what; INSERT INTO work (minute) VALUES (" +
            worker + ")");
    }

    /// Takes up to `group` jobs in one transaction and ends them in another; how many they were.
    int round(int group) {
        const Answer jobs = claim(group);
        const int count = PQntuples(jobs.get());
        Array ids = Array::integers();
        Array claims = Array::integers();
        for (int i = 0; i < count; ++i) {
            ids.integer(integer_at(jobs.get(), i, 0));
            claims.integer(integer_at(jobs.get(), i, 1));
        }
        if (count == 0) return 0;
        m_last_id = integer_at(jobs.get(), count - 1, 0);
        m_last_run_at = integer_at(jobs.get(), count - 1, 2);
        m_session.send(
            k_complete,
            Values{}.array(ids).array(claims).integer(now_ms()).text(m_counts).integer(m_worker));
        m_session.finish();
        return count;
    }

    /// Whether it did not look from the beginning.
    bool rewind() {
        const bool had_gone_on = m_last_id > 0;
        m_last_id = m_last_run_at = 0;
        return had_gone_on;
    }

  private:
    static std::int64_t now_ms() {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    }

    Answer claim(int group) {
        m_session.send(k_claim, Values{}
                                    .integer(group)
                                    .integer(m_last_run_at)
                                    .integer(m_last_id)
                                    .integer(m_worker)
                                    .integer(now_ms())
                                    .text(m_counts));
        return m_session.finish();
    }

    PlainSession m_session;
    std::int64_t m_worker = ::getpid();
    std::string m_counts = "limit-" + std::to_string(m_worker);
    std::int64_t m_last_run_at = 0;
    std::int64_t m_last_id = 0;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const long jobs = std::atol(argv[2]);
    const int group = std::atoi(argv[3]);
    Limit limit{argv[1]};
    long done = 0;
    while (done < jobs) {
        const int taken = limit.round(group);
        if (taken == 0 && !limit.rewind()) break;
        done += taken;
    }
    std::printf("%ld\n", done);
}

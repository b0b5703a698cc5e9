// The limit of claiming and completing jobs: the same statements on the same rows by SQLite's plain
// C API, in the same transactions, without the checks that make them safe.
//   limit_queue DATABASE JOBS GROUP     prints the jobs done
#include <vector>

#include "bench/plain_sqlite.hpp"

using namespace pressings::bench;

namespace {

constexpr std::int64_t k_now = 1'780'000'000'000;

class Limit {
  public:
    explicit Limit(sqlite3* database) : m_database(database) {
        execute(database, "INSERT INTO workers (name, boot, started_at) VALUES ('limit', '', 0)");
        m_worker = sqlite3_last_insert_rowid(database);
    }

    /// Takes up to `group` jobs in one transaction and ends them in another; how many they were.
    int round(int group) {
        std::vector<std::int64_t> jobs;
        execute(m_database, "BEGIN IMMEDIATE");
        while (static_cast<int>(jobs.size()) < group) {
            m_due.integer(1, k_now);
            const bool is_due = m_due.step();
            const std::int64_t job = is_due ? m_due.column(0) : 0;
            m_due.reset();
            if (!is_due) break;
            m_claim.integer(1, job).integer(2, m_worker).integer(3, k_now).run();
            m_job.integer(1, job).run();
            m_attempt.integer(1, job).integer(2, m_worker).integer(3, k_now).run();
            jobs.push_back(job);
        }
        const auto count = static_cast<std::int64_t>(jobs.size());
        move("pending", "running", count);
        execute(m_database, "COMMIT");
        execute(m_database, "BEGIN IMMEDIATE");
        for (const std::int64_t job : jobs) {
            m_finish.integer(1, job).integer(2, k_now).run();
            m_imported.integer(1, job).integer(2, k_now).run();
            m_end.integer(1, job).integer(2, k_now).run();
        }
        move("running", "done", count);
        m_work.integer(1, count).run();
        execute(m_database, "COMMIT");
        return static_cast<int>(jobs.size());
    }

  private:
    void move(const char* from, const char* to, std::int64_t count) {
        m_total.text(1, from).integer(2, -count).run();
        m_total.text(1, to).integer(2, count).run();
    }

    sqlite3* m_database;
    std::int64_t m_worker = 0;
    Statement m_due{m_database,
                    "SELECT id FROM jobs WHERE state = 'pending' AND queue = 'default' "
                    "AND priority = 0 AND run_at <= ? ORDER BY run_at, id LIMIT 1"};
    Statement m_claim{m_database,
                      "UPDATE jobs SET state = 'running', attempts = attempts + 1, "
                      "claim = claim + 1, worker_id = ?2, lease_until = ?3, started_at = ?3 "
                      "WHERE id = ?1"};
    Statement m_job{m_database,
                    "SELECT j.claim, j.attempts, j.kind, j.queue, j.priority, a.mbid, a.title, "
                    "a.imported_at FROM jobs j JOIN albums a ON a.id = j.album_id WHERE j.id = ?"};
    Statement m_attempt{m_database,
                        "INSERT INTO attempts (job_id, claim, attempt, worker_id, started_at, "
                        "outcome) VALUES (?1, 1, 1, ?2, ?3, 'running')"};
    Statement m_finish{m_database,
                       "UPDATE jobs SET state = 'done', worker_id = NULL, lease_until = NULL, "
                       "finished_at = ?2 WHERE id = ?1"};
    Statement m_imported{m_database,
                         "UPDATE albums SET imported_at = ?2 "
                         "WHERE id = (SELECT album_id FROM jobs WHERE id = ?1)"};
    Statement m_end{m_database,
                    "UPDATE attempts SET outcome = 'done', finished_at = ?2 "
                    "WHERE job_id = ?1 AND claim = 1"};
    Statement m_total{m_database,
                      "INSERT INTO totals VALUES (?1, 'default', max(?2, 0)) "
                      "ON CONFLICT DO UPDATE SET value = value + ?2"};
    Statement m_work{m_database,
                     "INSERT INTO work (minute, done, requests) VALUES (1, ?1, 0) "
                     "ON CONFLICT DO UPDATE SET done = done + ?1"};
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const long jobs = std::stol(argv[2]);
    const int group = std::stoi(argv[3]);
    sqlite3* database = open_plain(argv[1]);
    long done = 0;
    {
        Limit limit{database};
        while (done < jobs) {
            const int taken = limit.round(group);
            if (taken == 0) break;
            done += taken;
        }
    }
    sqlite3_close(database);
    std::printf("%ld\n", done);
}

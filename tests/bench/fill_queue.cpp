// Fills an empty catalogue with albums and their jobs, finished just now and due.
//   fill_queue DATABASE DONE PENDING
#include <ctime>
#include <string>

#include "bench/plain_sqlite.hpp"

using namespace pressings::bench;

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const std::string done = argv[2];
    const std::string all = std::to_string(std::stol(argv[2]) + std::stol(argv[3]));
    const std::string now = std::to_string(std::time(nullptr)) + "000";
    sqlite3* database = open_plain(argv[1]);
    execute(database, "PRAGMA synchronous = OFF");
    const auto run = [&](const std::string& insert, const std::string& select,
                         const std::string& first, const std::string& last) {
        const std::string sql = "WITH RECURSIVE numbers (n) AS (SELECT " + first +
                                " UNION ALL SELECT n + 1 FROM numbers WHERE n < " + last + ") " +
                                insert + " " + select + " FROM numbers WHERE n <= " + last;
        execute(database, sql.c_str());
    };
    // With a text that makes two million of them and their jobs a gigabyte.
    run("INSERT INTO albums (id, mbid, title, first_release_date, primary_type, created_at, "
        "disambiguation)",
        "SELECT n, randomblob(16), 'An album with a title of usual length, ' || n, '1973-03-01', "
        "'Album', 0, hex(randomblob(120))",
        "1", all);
    run("INSERT INTO jobs (id, kind, album_id, queue, priority, state, attempts, claim, run_at, "
        "created_at, started_at, finished_at)",
        "SELECT n, 'releases', n, 'default', 0, 'done', 1, 1, n, 0, " + now + ", " + now, "1",
        done);
    run("INSERT INTO attempts (job_id, claim, attempt, worker_id, started_at, finished_at, "
        "outcome, "
        "requests, releases)",
        "SELECT n, 1, 1, 1, " + now + ", " + now + ", 'done', 1, 12", "1", done);
    run("INSERT INTO jobs (id, kind, album_id, queue, priority, state, run_at, created_at)",
        "SELECT n, 'releases', n, 'default', 0, 'pending', n, 0", done + " + 1", all);
    execute(database, ("INSERT OR REPLACE INTO totals VALUES ('albums', '', " + all +
                       "), ('done', 'default', " + done + "), ('pending', 'default', " + all +
                       " - " + done + ")")
                          .c_str());
    execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(database);
}

// The part of SqliteJobBook that verifies the file, and copies it.
#include <array>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/text.hpp"
#include "store/sqlite/migrate.hpp"
#include "store/sqlite/sqlite_job_book.hpp"

namespace pressings::store::sqlite {

namespace {

/// A count that must be zero, and what it means if it is not.
struct Invariant {
    std::string_view count;
    std::string_view meaning;
};

constexpr std::array<Invariant, 7> k_invariants{{
    {"SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state IN ('pending', 'running') "
     "AND album_id IS NOT NULL GROUP BY album_id, kind HAVING count(*) > 1)",
     "albums with more than one open job of a kind"},
    {"SELECT count(*) FROM jobs j LEFT JOIN albums a ON a.id = j.album_id "
     "WHERE j.album_id IS NOT NULL AND a.id IS NULL",
     "jobs of albums that are not there"},
    {"SELECT count(*) FROM attempts t LEFT JOIN jobs j ON j.id = t.job_id WHERE "
     "t.outcome = 'running' AND (j.state IS NOT 'running' OR j.claim <> t.claim)",
     "attempts that run while their job does not"},
    {"SELECT count(*) FROM (SELECT what, queue, value FROM totals WHERE value <> 0 AND what IN "
     "('pending', 'running', 'done', 'failed', 'cancelled') EXCEPT "
     "SELECT state, queue, count(*) FROM jobs GROUP BY state, queue)",
     "counts of jobs that are wrong"},
    {"SELECT count(*) FROM (SELECT state, queue, count(*) FROM jobs GROUP BY state, queue EXCEPT "
     "SELECT what, queue, value FROM totals)",
     "counts of jobs that are missing"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'albums'), 0) <> "
     "(SELECT count(*) FROM albums)",
     "a count of albums that is wrong"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'releases'), 0) <> "
     "(SELECT count(*) FROM releases WHERE removed_at IS NULL)",
     "a count of releases that is wrong"},
}};

}  // namespace

std::vector<std::string> SqliteJobBook::check() {
    return guarded(m_connection, [&] {
        std::vector<std::string> faults;
        ReadTransaction view{m_connection};
        SQLite::Statement integrity{m_connection.database(), "PRAGMA integrity_check"};
        while (integrity.executeStep()) {
            const std::string line = integrity.getColumn(0).getString();
            if (line != "ok") faults.push_back("SQLite: " + escape_controls(line));
        }
        SQLite::Statement keys{m_connection.database(), "PRAGMA foreign_key_check"};
        while (keys.executeStep()) {
            faults.push_back(fmt::format("a row of {} points to none of {}",
                                         keys.getColumn(0).getString(),
                                         keys.getColumn(2).getString()));
        }
        for (const Invariant& invariant : k_invariants) {
            const std::int64_t count = m_connection.integer(invariant.count);
            if (count != 0) faults.push_back(fmt::format("{} {}", count, invariant.meaning));
        }
        return faults;
    });
}

void SqliteJobBook::backup(const std::string& path) {
    guarded(m_connection, [&] {
        // VACUUM INTO reads one snapshot, refuses a file that is there, and leaves no log behind.
        SQLite::Statement copy{m_connection.database(), "VACUUM INTO ?"};
        copy.bind(1, path);
        copy.exec();
    });
}

}  // namespace pressings::store::sqlite

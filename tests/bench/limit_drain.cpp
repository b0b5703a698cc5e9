// The limit of a drain: the rows of a catalogue that a worker filled, copied by SQLite's plain C
// API into one where the same jobs wait, in the same transactions and with the same durability.
// Nothing is fetched, parsed, looked up or compared.
//   limit_drain FINISHED DATABASE     prints the seconds that the writing took
#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "bench/plain_sqlite.hpp"

using namespace pressings::bench;

namespace {

/// The highest ids that are there after a group was written.
struct Reached {
    std::int64_t artist = 0, credit = 0, label = 0, release = 0;
};

/// What a worker did in one transaction.
struct Group {
    std::vector<std::int64_t> jobs;
    bool is_done = false;  ///< else they were claimed
    Reached reached{};
};

/// What the jobs that ended at ?1 brought with them.
constexpr const char* k_reached =
    "WITH albums_done AS (SELECT a.id, a.artist_credit_id FROM attempts t "
    " JOIN jobs j ON j.id = t.job_id JOIN albums a ON a.id = j.album_id WHERE t.finished_at = ?1), "
    "new_releases AS (SELECT r.* FROM albums_done a JOIN releases r ON r.album_id = a.id), "
    "new_tracks AS (SELECT t.* FROM new_releases r JOIN tracks t ON t.release_id = r.id), "
    "credits (id) AS (SELECT artist_credit_id FROM albums_done UNION ALL "
    " SELECT artist_credit_id FROM new_releases UNION ALL "
    " SELECT artist_credit_id FROM new_tracks UNION ALL "
    " SELECT recording_artist_credit_id FROM new_tracks) "
    "SELECT (SELECT max(n.artist_id) FROM credits c "
    "        JOIN artist_credit_names n ON n.artist_credit_id = c.id), "
    "(SELECT max(id) FROM credits), "
    "(SELECT max(label_id) FROM new_releases r JOIN label_info i ON i.release_id = r.id), "
    "(SELECT max(id) FROM new_releases)";

std::vector<Group> read_plan(sqlite3* finished) {
    std::vector<Group> plan;
    Reached reached;
    Statement at{finished,
                 "SELECT started_at, 0 FROM attempts GROUP BY 1 UNION ALL "
                 "SELECT finished_at, 1 FROM attempts GROUP BY 1 ORDER BY 1, 2"};
    Statement claimed{finished, "SELECT job_id FROM attempts WHERE started_at = ? ORDER BY 1"};
    Statement done{finished, "SELECT job_id FROM attempts WHERE finished_at = ? ORDER BY 1"};
    Statement highest{finished, k_reached};
    while (at.step()) {
        Group group;
        group.is_done = at.column(1) != 0;
        Statement& jobs = group.is_done ? done : claimed;
        jobs.integer(1, at.column(0));
        while (jobs.step())
            group.jobs.push_back(jobs.column(0));
        jobs.reset();
        if (group.is_done) {
            highest.integer(1, at.column(0)).step();
            reached.artist = std::max(reached.artist, highest.column(0));
            reached.credit = std::max(reached.credit, highest.column(1));
            reached.label = std::max(reached.label, highest.column(2));
            reached.release = std::max(reached.release, highest.column(3));
            highest.reset();
        }
        group.reached = reached;
        plan.push_back(std::move(group));
    }
    return plan;
}

class Limit {
  public:
    explicit Limit(sqlite3* database) : m_database(database) {
        for (const auto& [table, key, kind] : k_tables) {
            const std::string sql = std::string{"INSERT INTO main."} + table +
                                    " SELECT * FROM finished." + table + " WHERE " + key +
                                    " > ?1 AND " + key + " <= ?2";
            m_copies.push_back({std::make_unique<Statement>(database, sql.c_str()), kind});
        }
    }

    void write(const Group& group) {
        execute(m_database, "BEGIN IMMEDIATE");
        for (const std::int64_t job : group.jobs) {
            if (group.is_done) {
                finish(job);
            } else {
                m_claim.integer(1, job).run();
                m_attempt.integer(1, job).run();
            }
        }
        if (group.is_done) copy_rows(group.reached);
        execute(m_database, "COMMIT");
    }

  private:
    using Kind = std::int64_t Reached::*;
    struct Table {
        const char* name;
        const char* key;
        Kind kind;
    };
    struct Copy {
        std::unique_ptr<Statement> statement;
        Kind kind;
    };
    static constexpr Table k_tables[] = {
        {"artists", "id", &Reached::artist},
        {"artist_credits", "id", &Reached::credit},
        {"artist_credit_names", "artist_credit_id", &Reached::credit},
        {"album_credits", "artist_credit_id", &Reached::credit},
        {"labels", "id", &Reached::label},
        {"releases", "id", &Reached::release},
        {"release_events", "release_id", &Reached::release},
        {"label_info", "release_id", &Reached::release},
        {"media", "release_id", &Reached::release},
        {"tracks", "release_id", &Reached::release},
        {"discs", "release_id", &Reached::release},
        {"release_urls", "release_id", &Reached::release},
        {"release_originals", "release_id", &Reached::release},
        {"release_aliases", "release_id", &Reached::release},
    };

    void copy_rows(const Reached& reached) {
        for (Copy& copy : m_copies) {
            if (m_reached.*copy.kind == reached.*copy.kind) continue;
            copy.statement->integer(1, m_reached.*copy.kind).integer(2, reached.*copy.kind).run();
        }
        m_reached = reached;
        for (const std::int64_t album : m_albums)
            m_album.integer(1, album).run();
        m_albums.clear();
    }

    void finish(std::int64_t job) {
        m_finish.integer(1, job).run();
        m_end.integer(1, job).run();
        m_types.integer(1, job).run();
        m_names.integer(1, job).run();
        m_albums.push_back(job);
    }

    sqlite3* m_database;
    Reached m_reached;
    std::vector<Copy> m_copies;
    std::vector<std::int64_t> m_albums;
    Statement m_claim{m_database,
                      "UPDATE jobs SET state = 'running', attempts = 1, claim = 1, "
                      "worker_id = 1, lease_until = 1, started_at = 1 WHERE id = ?1"};
    Statement m_attempt{m_database,
                        "INSERT INTO attempts (job_id, claim, attempt, worker_id, started_at, "
                        "outcome) VALUES (?1, 1, 1, 1, 1, 'running')"};
    Statement m_finish{m_database,
                       "UPDATE jobs SET state = 'done', worker_id = NULL, lease_until = NULL, "
                       "finished_at = 2 WHERE id = ?1"};
    Statement m_end{m_database,
                    "UPDATE attempts SET outcome = 'done', finished_at = 2 "
                    "WHERE job_id = ?1 AND claim = 1"};
    Statement m_album{m_database,
                      "UPDATE albums SET (title, artist_credit_id, first_release_date, "
                      "primary_type, disambiguation, imported_at) = (SELECT title, "
                      "artist_credit_id, first_release_date, primary_type, disambiguation, "
                      "imported_at FROM finished.albums f WHERE f.id = albums.id) "
                      "WHERE id = (SELECT album_id FROM main.jobs WHERE id = ?1)"};
    Statement m_types{m_database,
                      "INSERT INTO main.album_secondary_types SELECT * FROM "
                      "finished.album_secondary_types WHERE album_id = "
                      "(SELECT album_id FROM main.jobs WHERE id = ?1)"};
    Statement m_names{m_database,
                      "INSERT INTO main.album_aliases SELECT * FROM "
                      "finished.album_aliases WHERE album_id = "
                      "(SELECT album_id FROM main.jobs WHERE id = ?1)"};
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    sqlite3* database = open_plain(argv[2]);
    execute(database, "INSERT INTO workers (name, boot, started_at) VALUES ('limit', '', 0)");
    execute(database, (std::string{"ATTACH '"} + argv[1] + "' AS finished").c_str());
    sqlite3* finished = nullptr;
    check(finished, sqlite3_open(argv[1], &finished));
    const std::vector<Group> plan = read_plan(finished);
    sqlite3_close(finished);
    const auto begun = std::chrono::steady_clock::now();
    {
        Limit limit{database};
        for (const Group& group : plan)
            limit.write(group);
    }
    sqlite3_close(database);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    std::printf("%.3f\n", taken.count());
}

// The limit of a drain on PostgreSQL: the rows of a catalogue that a worker filled, written by
// plain libpq into one where the same jobs wait, in the same transactions, a statement a table and
// transaction. Nothing is fetched, parsed, looked up or compared, and nothing counted.
//   limit_postgresql_drain FINISHED DATABASE     prints the seconds that the writing took
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/postgresql/plain_postgresql.hpp"

using namespace pressings::bench;

namespace {

struct Table {
    const char* name;
    /// Of a row t, the transaction that made it; one that was rewritten since is told from those
    /// that refer to it.
    const char* made_by;
    const char* joined;
};

constexpr const char* k_row = "t.xmin::text::bigint";
constexpr Table k_tables[] = {
    {"artists", "coalesce(f.first, t.xmin::text::bigint)",
     " LEFT JOIN (SELECT artist_id, min(xmin::text::bigint) AS first FROM artist_credit_names "
     "GROUP BY artist_id) f ON f.artist_id = t.id"},
    {"artist_credits", k_row, ""},
    {"artist_credit_names", k_row, ""},
    {"album_credits", k_row, ""},
    {"labels", "coalesce(f.first, t.xmin::text::bigint)",
     " LEFT JOIN (SELECT label_id, min(xmin::text::bigint) AS first FROM label_info "
     "GROUP BY label_id) f ON f.label_id = t.id"},
    {"album_secondary_types", k_row, ""},
    {"album_aliases", k_row, ""},
    {"releases", k_row, ""},
    {"release_events", k_row, ""},
    {"label_info", k_row, ""},
    {"media", k_row, ""},
    {"tracks", k_row, ""},
    {"discs", k_row, ""},
    {"release_urls", k_row, ""},
    {"release_originals", k_row, ""},
    {"release_aliases", k_row, ""},
};

constexpr const char* k_update_albums =
    "UPDATE albums a SET title = n.title, artist_credit_id = n.credit, "
    "first_release_date = n.date, primary_type = n.type, disambiguation = n.disambiguation, "
    "imported_at = n.imported, present_releases = n.present, present_sum = n.sum, "
    "has_aliases = n.aliases, has_genres = n.genres "
    "FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) n (id, title, credit, date, type, "
    "disambiguation, imported, present, sum, aliases, genres) WHERE a.id = n.id";

struct Step {
    std::string sql;
    Values values;
};
using Transaction = std::vector<Step>;

std::string quoted_columns(const PGresult* rows, int first) {
    std::string names;
    for (int column = first; column < PQnfields(rows); ++column)
        names += (column > first ? ", " : "") + std::string{PQfname(rows, column)};
    return names;
}

/// "$1, $2, …"
std::string parameters(int count) {
    std::string all;
    for (int i = 1; i <= count; ++i)
        all += (i > 1 ? ", $" : "$") + std::to_string(i);
    return all;
}

/// Some rows of an answer, column by column, but for those in front of `first`.
Values columns_of(const PGresult* rows, const std::vector<int>& wanted, int first) {
    Values values;
    for (int column = first; column < PQnfields(rows); ++column) {
        Array array{PQftype(rows, column)};
        for (const int row : wanted) {
            if (PQgetisnull(rows, row, column) != 0) {
                array.null();
            } else {
                array.bytes({PQgetvalue(rows, row, column),
                             static_cast<std::size_t>(PQgetlength(rows, row, column))});
            }
        }
        values.array(array);
    }
    return values;
}

/// The rows of an answer by the number in its first column.
std::map<std::int64_t, std::vector<int>> by_first_column(const PGresult* rows) {
    std::map<std::int64_t, std::vector<int>> groups;
    for (int row = 0; row < PQntuples(rows); ++row)
        groups[binary_integer_at(rows, row, 0)].push_back(row);
    return groups;
}

/// What a worker did in its transactions, the claims among the completions.
class Plan {
  public:
    explicit Plan(PlainSession& finished) : m_finished(finished) {
        read_claims();
        read_completions();
        for (const Table& table : k_tables)
            read_rows(table);
    }

    /// In the order in which they were done.
    std::vector<Transaction> transactions() {
        std::vector<Transaction> ordered;
        auto claim = m_claims.begin();
        for (auto& [id, completion] : m_completions) {
            for (; claim != m_claims.end() && claim->first <= m_completed_at[id]; ++claim)
                ordered.push_back(std::move(claim->second));
            ordered.push_back(std::move(completion));
        }
        return ordered;
    }

  private:
    void read_claims() {
        const Answer rows = m_finished.run_binary(
            "SELECT started_at, job_id FROM attempts ORDER BY started_at, job_id");
        for (const auto& [at, wanted] : by_first_column(rows.get())) {
            const Values jobs = columns_of(rows.get(), wanted, 1);
            m_claims[at] = {
                {"UPDATE jobs SET state = 'running', attempts = 1, claim = 1, worker_id = 1, "
                 "lease_until = 1, started_at = 1 WHERE id = ANY ($1)",
                 jobs},
                {"INSERT INTO attempts (job_id, claim, attempt, worker_id, started_at, outcome) "
                 "SELECT unnest($1), 1, 1, 1, 1, 'running'",
                 jobs}};
        }
    }

    void read_completions() {
        const Answer rows = m_finished.run_binary(
            "SELECT j.xmin::text::bigint, j.id, j.finished_at, a.id, a.title, a.artist_credit_id, "
            "a.first_release_date, a.primary_type, a.disambiguation, a.imported_at, "
            "a.present_releases, a.present_sum, a.has_aliases, a.has_genres "
            "FROM jobs j JOIN albums a ON a.id = j.album_id WHERE j.state = 'done' ORDER BY j.id");
        for (const auto& [id, wanted] : by_first_column(rows.get())) {
            m_completed_at[id] = binary_integer_at(rows.get(), wanted.front(), 2);
            Array jobs = Array::integers();
            for (const int row : wanted)
                jobs.integer(binary_integer_at(rows.get(), row, 1));
            const Values values = Values{}.array(jobs);
            m_completions[id] = {
                {"UPDATE jobs SET state = 'done', worker_id = NULL, lease_until = NULL, "
                 "finished_at = 2 WHERE id = ANY ($1)",
                 values},
                {"UPDATE attempts SET outcome = 'done', finished_at = 2 "
                 "WHERE job_id = ANY ($1) AND claim = 1",
                 values}};
            m_albums[id] = {k_update_albums, columns_of(rows.get(), wanted, 3)};
        }
    }

    void read_rows(const Table& table) {
        const Answer rows =
            m_finished.run_binary(std::string{"SELECT "} + table.made_by +
                                  " AS transaction, t.* FROM " + table.name + " t" + table.joined);
        const int columns = PQnfields(rows.get()) - 1;
        const std::string sql = std::string{"INSERT INTO "} + table.name + " (" +
                                quoted_columns(rows.get(), 1) + ") SELECT * FROM unnest(" +
                                parameters(columns) + ")";
        for (const auto& [id, wanted] : by_first_column(rows.get())) {
            // What was made in a transaction of its own goes with the completion that came next.
            const auto completion = m_completions.lower_bound(id);
            if (completion == m_completions.end()) {
                std::fprintf(stderr, "a row of %s was made by no completion\n", table.name);
                std::exit(1);
            }
            completion->second.push_back({sql, columns_of(rows.get(), wanted, 1)});
        }
        // Albums bear credits that have to be there before.
        if (std::string_view{table.name} != "album_credits") return;
        for (auto& [id, albums] : m_albums)
            m_completions[id].push_back(std::move(albums));
    }

    PlainSession& m_finished;
    std::map<std::int64_t, Transaction> m_claims;       ///< by the time
    std::map<std::int64_t, Transaction> m_completions;  ///< by the transaction
    std::map<std::int64_t, std::int64_t> m_completed_at;
    std::map<std::int64_t, Step> m_albums;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    std::vector<Transaction> transactions;
    {
        PlainSession finished{argv[1]};
        transactions = Plan{finished}.transactions();
    }
    PlainSession database{argv[2]};
    const auto begun = std::chrono::steady_clock::now();
    for (const Transaction& transaction : transactions) {
        for (const Step& step : transaction)
            database.send(step.sql, step.values);
        database.finish();
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    std::printf("%.3f\n", taken.count());
}

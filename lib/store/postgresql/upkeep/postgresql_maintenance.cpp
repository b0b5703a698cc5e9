#include "store/postgresql/upkeep/postgresql_maintenance.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "store/postgresql/engine/schema.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/upkeep/check_contents.hpp"

namespace pressings::store::postgresql {

namespace {

using sql::Query;

constexpr const char* k_save =
    "save what is there with `pg_dump --format=custom --file=FILE --schema=pressings`, then "
    "restore a good dump with `pg_restore`";

// What was deleted since the oldest of these began is kept for it, and every claim reads past it.
constexpr std::string_view k_oldest_snapshot =
    "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::bigint "
    "FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid()";
constexpr std::string_view k_version = "SHOW server_version";

}  // namespace

std::optional<std::string> PostgresqlMaintenance::advice() {
    constexpr std::int64_t k_long_s = 600;
    const std::int64_t seconds =
        sql::guarded(m_connection, [&] { return m_connection.integer(k_oldest_snapshot); });
    if (seconds < k_long_s) return std::nullopt;
    return fmt::format(
        "a transaction on {} has been open for {}: rows that were deleted since then cannot be "
        "cleared away, and claims get slower; look for it in pg_stat_activity (xact_start)",
        m_connection.name(), format_duration(seconds * 1000));
}

void PostgresqlMaintenance::find_orphans(CheckResult& report) {
    std::vector<std::int64_t> orphans;
    Query row = m_connection.query(sql::k_running);
    while (row.step()) {
        const sql::WorkerRow worker{row.integer(2), row.integer(7), row.text(8), std::nullopt};
        if (m_workers.is_gone(worker)) orphans.push_back(row.integer(0));
    }
    sql::note_orphans(std::move(orphans), report);
}

CheckResult PostgresqlMaintenance::check() {
    return sql::guarded(m_connection, [&] {
        CheckResult report;
        report.schema = k_schema_version;
        report.engine = "PostgreSQL";
        {
            Query version = m_connection.query(k_version);
            if (version.step()) report.engine_version = escape_controls(version.text(0));
        }
        sql::ReadTransaction view{m_connection};
        sql::check_invariants(m_connection, k_save, report);
        sql::check_releases(m_connection, report);
        find_orphans(report);
        sql::note_unknown_kinds(m_connection, report);
        return report;
    });
}

void PostgresqlMaintenance::backup(const std::string&, const StopSignals&) {
    throw UsageError(fmt::format(
        "{} is backed up with PostgreSQL's own tools, while everything runs: `pg_dump "
        "--format=custom --schema=pressings --file=FILE` and the same database, or what the "
        "server's operator has for all of it",
        m_connection.name()));
}

}  // namespace pressings::store::postgresql

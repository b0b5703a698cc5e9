// The part of SqliteMaintenance that verifies the file.
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/text.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/upkeep/check_contents.hpp"
#include "store/sqlite/file/worker_lock.hpp"
#include "store/sqlite/upkeep/check_parts.hpp"
#include "store/sqlite/upkeep/sqlite_maintenance.hpp"

namespace pressings::store::sqlite {

namespace {

void check_pages(Connection& connection, CheckResult& report) {
    connection.execute("PRAGMA cell_size_check = ON");
    SQLite::Statement integrity{connection.database(), "PRAGMA integrity_check"};
    while (integrity.executeStep()) {
        const std::string line = integrity.getColumn(0).getString();
        if (line != "ok") report.faults.push_back({"SQLite: " + escape_controls(line), k_save});
    }
    if (!report.faults.empty()) check_without_log(connection, report);
}

/// Rows that point to none; counted, for there may be millions.
void check_keys(Connection& connection, CheckResult& report) {
    std::map<std::pair<std::string, std::string>, std::int64_t> counts;
    SQLite::Statement row{connection.database(), "PRAGMA foreign_key_check"};
    while (row.executeStep())
        ++counts[{row.getColumn(0).getString(), row.getColumn(2).getString()}];
    for (const auto& [tables, count] : counts) {
        report.faults.push_back(
            {fmt::format("rows of {} that point to none of {}: {}", escape_controls(tables.first),
                         escape_controls(tables.second), count),
             k_save});
    }
}

}  // namespace

/// Jobs whose worker has gone, as in each backup made while one worked: the next one has them.
void SqliteMaintenance::find_orphans(CheckResult& report) {
    const FileLock as_others_see_it{m_connection.path()};
    std::vector<std::int64_t> orphans;
    Query row = m_connection.query(sql::k_running);
    while (row.step()) {
        if (!as_others_see_it.is_held_elsewhere(worker_byte(row.integer(2)))) {
            orphans.push_back(row.integer(0));
        }
    }
    sql::note_orphans(std::move(orphans), report);
}

void check_contents(Connection& connection, CheckResult& report) {
    check_pages(connection, report);
    check_keys(connection, report);
    check_schema(connection, report);
    sql::check_invariants(connection, k_save, report);
    sql::check_releases(connection, report);
}

CheckResult SqliteMaintenance::check() {
    return guarded(m_connection, [&] {
        CheckResult report;
        ReadTransaction view{m_connection};
        report.schema = static_cast<int>(m_connection.integer("PRAGMA user_version"));
        report.engine = "SQLite";
        report.engine_version = sqlite3_libversion();
        check_contents(m_connection, report);
        check_files(m_connection, report);
        find_orphans(report);
        sql::note_unknown_kinds(m_connection, report);
        return report;
    });
}

}  // namespace pressings::store::sqlite

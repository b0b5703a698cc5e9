// A log that was left by another database.
#include <fmt/format.h>

#include "base/file_uri.hpp"
#include "base/text.hpp"
#include "store/sqlite/upkeep/check_parts.hpp"

namespace pressings::store::sqlite {

namespace {

bool is_whole_without_log(const std::string& path) {
    try {
        SQLite::Database alone{immutable_uri(path),
                               SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX};
        return alone.execAndGet("PRAGMA quick_check(1)").getString() == "ok";
    } catch (const SQLite::Exception&) {
        return false;
    }
}

}  // namespace

void check_without_log(Connection& connection, CheckResult& report) {
    if (connection.log_bytes() == 0 || !is_whole_without_log(connection.path())) return;
    const std::string name = escape_controls(connection.path());
    report.faults.insert(
        report.faults.begin(),
        {fmt::format("the log {}-wal is of another database: the file is whole without it", name),
         fmt::format(
             "stop all that use {0}, move {0}-wal and {0}-shm away (and keep them), and run "
             "`release-worker check` again",
             name)});
}

}  // namespace pressings::store::sqlite

#pragma once

#include <string>

#include "store/maintenance.hpp"
#include "store/sqlite/engine/connection.hpp"

/// The parts of a check. Each adds what it found; none reads or keeps more than it needs, however
/// large or odd the file is. Errors are SQLite::Exception.
namespace pressings::store::sqlite {

/// What to do about rows that are lost or wrong.
inline constexpr const char* k_save =
    "make a copy with `release-worker backup FILE`, then restore a good backup or rebuild with "
    "`sqlite3 FILE .recover`";

/// What is in the file, whoever has it open: pages, keys, the schema, counts and albums, with what
/// the checks below find of them.
void check_contents(Connection& connection, CheckResult& report);

/// For a file with damaged pages: a log that is another's, if that is why. SQLite takes the pages
/// in whatever log lies beside a database for the newest, so such a file is whole without it.
void check_without_log(Connection& connection, CheckResult& report);

/// Tables, indexes, views and triggers that are not as this version makes them.
void check_schema(Connection& connection, CheckResult& report);

/// Files beside the database that no tool of ours made, and a log that is not its own.
void check_files(Connection& connection, CheckResult& report);

}  // namespace pressings::store::sqlite

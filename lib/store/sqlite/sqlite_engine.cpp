#include "store/sqlite/sqlite_engine.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/sqlite/engine/schema.hpp"
#include "store/sqlite/file/wal_reset.hpp"

namespace pressings::store::sqlite {

Engine sqlite_engine() {
    Engine engine{"SQLite", sqlite3_libversion(), k_schema_version, std::nullopt};
    if (has_wal_reset_fix(sqlite3_libversion_number())) return engine;
    engine.note = fmt::format(
        "SQLite {} lacks the fix of the WAL-reset bug (3.51.3). These tools are safe from it, for "
        "they never move the log while one of them writes; another program that writes to the "
        "database is not. Let none do so, or build with a newer SQLite (-DPRESSINGS_SQLITE)",
        engine.version);
    return engine;
}

}  // namespace pressings::store::sqlite

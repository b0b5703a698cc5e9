// Which SQLite this is, and what is known of it.
#include "store/engine.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "store/sqlite/file/wal_reset.hpp"

using namespace pressings::store;

TEST_CASE("The fix of the WAL-reset bug is in 3.51.3, and in two of the older branches") {
    for (const int fixed : {3'051'003, 3'052'000, 3'050'007, 3'050'999, 3'044'006})
        CHECK(sqlite::has_wal_reset_fix(fixed));
    for (const int without : {3'040'001, 3'044'005, 3'045'000, 3'050'006, 3'051'000, 3'051'002})
        CHECK_FALSE(sqlite::has_wal_reset_fix(without));
}

TEST_CASE("The SQLite in the process is the one that was built against, and is told of as it is") {
    CHECK(std::string{sqlite3_libversion()} == SQLITE_VERSION);
    CHECK(std::string{sqlite3_sourceid()} == SQLITE_SOURCE_ID);
    CHECK(engine().version == SQLITE_VERSION);
    CHECK(engine().note.has_value() == !sqlite::has_wal_reset_fix(SQLITE_VERSION_NUMBER));
}

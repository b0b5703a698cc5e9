// How SQLite goes about what is asked of a mirror for every album.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "mirror/file/mirror_sql.hpp"
#include "unit/mirror/mirror_bench.hpp"

using namespace pressings;
using namespace pressings::test;
namespace sql = pressings::mirror::sql;

TEST_CASE("What is asked of a mirror for every album is found by an index or in the word index") {
    const MirrorBench bench;
    bench.load({bench.releases(genuine_releases()), bench.groups(genuine_groups())});
    const SQLite::Database mirror{bench.file, SQLite::OPEN_READONLY};
    for (const char* statement :
         {sql::k_release, sql::k_release_key, sql::k_group, sql::k_group_key,
          sql::k_release_document, sql::k_group_document, sql::k_releases_of_group,
          sql::k_groups_of_artist, sql::k_groups_named, sql::k_search_groups,
          sql::k_groups_titled}) {
        CAPTURE(statement);
        SQLite::Statement plan{mirror, std::string{"EXPLAIN QUERY PLAN "} + statement};
        while (plan.executeStep()) {
            const std::string step = plan.getColumn(3).getString();
            CAPTURE(step);
            const bool seeks = step.rfind("SEARCH ", 0) == 0 ||
                               step.find("VIRTUAL TABLE INDEX") != std::string::npos;
            CHECK(seeks);
        }
    }
}

#include "store/postgresql/engine/schema.hpp"

#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "unit/postgresql/made_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::StoreError;
using store::postgresql::Connection;
using store::postgresql::has_schema;
using store::postgresql::prepare_schema;
using store::postgresql::require_schema;

namespace {

Connection connect(const PostgresqlDatabase& database) {
    return Connection{database.uri(), {}, system_clock()};
}

/// What it says, if it throws.
template <typename Work>
std::string complaint(Work&& work) {
    try {
        work();
    } catch (const StoreError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("A catalogue is made where there is none, once") {
    const MadeCatalogue made;
    const auto tables = [&] {
        return made.database.run(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'pressings'::regnamespace");
    };
    const std::string before = tables();
    auto again = connect(made.database);
    prepare_schema(again);
    require_schema(again);
    CHECK(tables() == before);
    CHECK(made.database.run("SELECT schema_version FROM pressings.catalogue") ==
          std::to_string(store::postgresql::k_schema_version));
}

TEST_CASE("Many who make a catalogue at once make one") {
    const PostgresqlDatabase database;
    std::vector<std::thread> makers;
    for (int i = 0; i < 4; ++i)
        makers.emplace_back([&] {
            auto connection = connect(database);
            CHECK(complaint([&] { prepare_schema(connection); }) == "");
        });
    for (std::thread& maker : makers)
        maker.join();
    CHECK(database.run("SELECT count(*) FROM pressings.catalogue") == "1");
}

TEST_CASE("A schema that was made for a catalogue, and is empty, becomes one") {
    const PostgresqlDatabase database;
    database.run("CREATE SCHEMA pressings");
    auto connection = connect(database);
    prepare_schema(connection);
    CHECK(database.run("SELECT schema_version FROM pressings.catalogue") ==
          std::to_string(store::postgresql::k_schema_version));
}

TEST_CASE("A catalogue of another version is refused, and left as it is") {
    const MadeCatalogue made;
    made.database.run("UPDATE pressings.catalogue SET schema_version = schema_version + 1");
    auto connection = connect(made.database);
    CHECK(complaint([&] { prepare_schema(connection); }).find("newer version") !=
          std::string::npos);
    CHECK(complaint([&] { require_schema(connection); }).find("update the tools") !=
          std::string::npos);
    made.database.run("UPDATE pressings.catalogue SET schema_version = 0");
    CHECK(complaint([&] { prepare_schema(connection); }).find("older version") !=
          std::string::npos);
    CHECK(made.database.run("SELECT schema_version FROM pressings.catalogue") == "0");
}

TEST_CASE("A schema of somebody else is refused") {
    const PostgresqlDatabase database;
    database.run("CREATE SCHEMA pressings; CREATE TABLE pressings.records (id int)");
    auto connection = connect(database);
    CHECK(complaint([&] { prepare_schema(connection); }).find("is not a catalogue of Pressings") !=
          std::string::npos);
}

TEST_CASE("Who reads does not make a catalogue") {
    const PostgresqlDatabase database;
    auto connection = connect(database);
    CHECK(!has_schema(connection));
    CHECK(complaint([&] { require_schema(connection); }).find("has no catalogue yet") !=
          std::string::npos);
    CHECK(database.run("SELECT to_regnamespace('pressings') IS NULL") == "t");
}

TEST_CASE("The views say what is in the tables, for people") {
    const MadeCatalogue made;
    made.database.run(
        "INSERT INTO pressings.albums (mbid, title, created_at) VALUES "
        "('\\x0123456789abcdef0123456789abcdef', 'Debut', 1500)");
    CHECK(made.database.run("SELECT mbid FROM pressings.v_albums") ==
          "01234567-89ab-cdef-0123-456789abcdef");
    CHECK(made.database.run("SELECT extract(epoch FROM created_at)::float FROM "
                            "pressings.v_albums") == "1.5");
}

TEST_CASE("What has to be unique may be as long as a text may be") {
    const MadeCatalogue made;
    const auto add = [&](const std::string& mark) {
        made.database.run(
            "WITH bytes AS (SELECT string_agg(sha256(i::text::bytea), '' ORDER BY i) AS many "
            "FROM generate_series(1, 2000) i) "
            "INSERT INTO pressings.artist_credits (identity, text) SELECT many || '" +
            mark + "', 'Various' FROM bytes");
    };
    add("a");
    add("b");
    CHECK_THROWS(add("a"));
}

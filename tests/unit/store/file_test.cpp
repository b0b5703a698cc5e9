// The database file: made, refused; and its log.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "store/sqlite/engine/schema.hpp"
#include "store/store_error.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

std::string refusal_of(OpenCatalogue& catalogue) {
    try {
        catalogue.reopen();
    } catch (const Error& error) {
        return error.what();
    }
    return "no refusal";
}

void run_sql(const OpenCatalogue& catalogue, const std::string& statements) {
    SQLite::Database database{catalogue.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    database.exec(statements);
}

}  // namespace

TEST_CASE("A database of a newer version is refused, and left as it is") {
    OpenCatalogue catalogue;
    run_sql(catalogue, "PRAGMA user_version = 999");
    CHECK(refusal_of(catalogue).find("newer version") != std::string::npos);
}

TEST_CASE("A database of the next version is refused, too") {
    OpenCatalogue catalogue;
    run_sql(catalogue,
            fmt::format("PRAGMA user_version = {}", store::sqlite::k_schema_version + 1));
    CHECK(refusal_of(catalogue).find("newer version") != std::string::npos);
}

TEST_CASE("A database from before the first release is refused, and left as it is") {
    OpenCatalogue catalogue;
    run_sql(catalogue, "PRAGMA user_version = 8");
    CHECK(refusal_of(catalogue).find("before the first release") != std::string::npos);
}

TEST_CASE("A database of something else is refused") {
    OpenCatalogue catalogue;
    catalogue.path = catalogue.folder.file("other.db");
    run_sql(catalogue, "CREATE TABLE photos (id INTEGER)");
    CHECK(refusal_of(catalogue).find("not a catalogue of Pressings") != std::string::npos);
}

TEST_CASE("A file that is no database is refused, and left as it is") {
    OpenCatalogue catalogue;
    catalogue.path = catalogue.folder.write("letter.txt", std::string(5000, 'x'));
    CHECK(refusal_of(catalogue).find("no SQLite database") != std::string::npos);
    CHECK(std::filesystem::file_size(catalogue.path) == 5000);
}

TEST_CASE("A database in memory, with parameters or on a server is a mistake of the command line") {
    FakeClock clock;
    for (const char* location : {":memory:", "file:x?mode=memory", "mysql://host/db", ""}) {
        CHECK_THROWS_AS(store::open_store(location, {}, clock), UsageError);
    }
}

TEST_CASE("A database that another program keeps locked is an error after the time-out") {
    OpenCatalogue catalogue;
    SQLite::Database other{catalogue.path, SQLite::OPEN_READWRITE};
    other.exec("BEGIN IMMEDIATE");
    CHECK_THROWS_AS(catalogue.add(album_request(1)), store::StoreBusy);
    other.exec("ROLLBACK");
    CHECK(catalogue.add(album_request(1)).status == AddStatus::created);
}

TEST_CASE("The schema itself allows no second open job, no second MBID, no impossible state") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    catalogue.store.reset();
    SQLite::Database database{catalogue.path, SQLite::OPEN_READWRITE};
    CHECK_THROWS(
        database.exec("INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, "
                      "created_at) VALUES ('releases', 1, 'q', 0, 'pending', 0, 0)"));
    CHECK_THROWS(database.exec("INSERT INTO albums (mbid, created_at) SELECT mbid, 0 FROM albums"));
    CHECK_THROWS(database.exec("UPDATE jobs SET state = 'running'"));
    CHECK_THROWS(database.exec("UPDATE jobs SET state = 'done'"));
    CHECK_THROWS(
        database.exec("INSERT INTO releases (mbid, album_id, title, format, created_at, "
                      "updated_at) VALUES (x'00', 1, 't', 'cd', 0, 0)"));
}

TEST_CASE("The log is emptied when the last of our processes closes the database") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store.reset();
    CHECK(std::filesystem::file_size(catalogue.path + "-wal") == 0);
    CHECK(catalogue.reopen()->jobs().status().albums == 1);
}

TEST_CASE("The log stays bounded while much is written") {
    OpenCatalogue catalogue;
    std::vector<AlbumRequest> requests;
    for (int n = 1; n <= 100'000; ++n)
        requests.push_back(album_request(n));
    for (std::size_t at = 0; at < requests.size(); at += 2000) {
        catalogue.store->albums().add_albums(std::span{requests}.subspan(at, 2000), {});
    }
    CHECK(catalogue.store->jobs().status().gauge("wal_bytes") < std::int64_t{40} << 20U);
}

TEST_CASE("A log whose file has grown long does not make every commit wait for the database") {
    OpenCatalogue catalogue;
    for (int n = 0; catalogue.store->jobs().status().gauge("wal_bytes") < 16'480'000; ++n) {
        std::vector<AlbumRequest> requests;
        for (int at = 1; at <= 2000; ++at)
            requests.push_back(album_request(n * 2000 + at));
        catalogue.store->albums().add_albums(requests, {});
    }
    catalogue.add(album_request(900'001));  // moves what the log holds by now
    const auto moved = std::filesystem::last_write_time(catalogue.path);
    for (int n = 2; n <= 20; ++n)
        catalogue.add(album_request(900'000 + n));
    CHECK(std::filesystem::last_write_time(catalogue.path) == moved);
}

TEST_CASE("A backup is a whole catalogue of its own, and never written over a file") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const std::string copy = catalogue.folder.file("copy.db");
    const StopSignals stop;
    catalogue.store->maintenance().backup(copy, stop);
    CHECK_THROWS_AS(catalogue.store->maintenance().backup(copy, stop), Error);
    const auto opened = store::open_store(copy, {}, catalogue.clock);
    CHECK(opened->catalogue().album_id(mbid(1)));
    CHECK(opened->maintenance().check().faults.empty());
    SQLite::Database database{copy, SQLite::OPEN_READONLY};
    CHECK(database.execAndGet("PRAGMA journal_mode").getString() == "wal");
}

TEST_CASE("A check finds counts that are wrong or missing") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    CHECK(catalogue.store->maintenance().check().faults.empty());
    run_sql(catalogue, "DELETE FROM totals WHERE what = 'pending'");
    CHECK_FALSE(catalogue.store->maintenance().check().faults.empty());
}

// How a catalogue comes to be, and what is none: an empty file, a database beside another's log.
#include <thread>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "store/store_error.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
namespace fs = std::filesystem;

namespace {

std::string refusal_of(const std::string& path) {
    FakeClock clock;
    try {
        store::open_store(path, {}, clock);
    } catch (const store::StoreError& error) {
        return error.what();
    }
    return "no refusal";
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t files_in(const TemporaryFolder& folder) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator{folder.path()})
        count += entry.exists();
    return count;
}

/// Writes something that stays in the log.
void write_into_log(const std::string& path, const char* statement) {
    SQLite::Database database{path, SQLite::OPEN_READWRITE};
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    database.exec("PRAGMA wal_autocheckpoint = 0");
    database.exec(statement);
}

}  // namespace

TEST_CASE("A new catalogue is there as a whole, and nothing is left beside it") {
    const TemporaryFolder folder;
    const std::string path = folder.file("catalog.db");
    FakeClock clock;
    store::open_store(path, {}, clock);
    SQLite::Database database{path, SQLite::OPEN_READONLY};
    CHECK(database.execAndGet("PRAGMA application_id").getInt() == 0x50524553);
    for (const auto& entry : fs::directory_iterator{folder.path()})
        CHECK_FALSE(has(entry.path().string(), ".tmp"));
}

TEST_CASE("An empty file is no catalogue, and is left as it is") {
    const TemporaryFolder folder;
    const std::string path = folder.write("catalog.db", "");
    CHECK(has(refusal_of(path), "is empty"));
    CHECK(fs::file_size(path) == 0);
    CHECK(files_in(folder) == 1);
}

TEST_CASE("Several who make a catalogue at once all have the same one") {
    const TemporaryFolder folder;
    const std::string path = folder.file("catalog.db");
    constexpr int k_makers = 8;
    std::vector<std::string> errors(k_makers);
    std::vector<std::thread> makers;
    for (int n = 1; n <= k_makers; ++n) {
        makers.emplace_back([&, n] {
            try {
                FakeClock clock;
                const auto store = store::open_store(path, {}, clock);
                const AlbumRequest request = album_request(n);
                store->albums().add_albums({&request, 1}, {});
            } catch (const Error& error) {
                errors[static_cast<std::size_t>(n - 1)] = error.what();
            }
        });
    }
    for (std::thread& maker : makers)
        maker.join();
    for (const std::string& error : errors)
        CHECK(error == "");
    FakeClock clock;
    const auto store = store::open_store(path, {}, clock);
    CHECK(store->jobs().status().albums == k_makers);
    CHECK(store->maintenance().check().faults.empty());
}

TEST_CASE("A log whose database has gone is not taken for that of a new one") {
    OpenCatalogue catalogue;
    catalogue.store.reset();
    write_into_log(catalogue.path, "INSERT INTO albums (title, created_at) VALUES ('x', 0)");
    fs::remove(catalogue.path);
    CHECK(has(refusal_of(catalogue.path), "there is a log"));
    CHECK_FALSE(fs::exists(catalogue.path));
    CHECK(fs::file_size(catalogue.path + "-wal") > 0);
}

TEST_CASE("A mirror is no catalogue, and that is a mistake of the command line") {
    const TemporaryFolder folder;
    const std::string path = folder.file("mb.mirror");
    {
        SQLite::Database database{path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
        database.exec("CREATE TABLE facts (name TEXT); PRAGMA application_id = 1349668194");
    }
    FakeClock clock;
    CHECK_THROWS_AS(store::open_store(path, {}, clock), UsageError);
}

TEST_CASE("A database that lies beside the log of another is told of as that") {
    OpenCatalogue one;
    OpenCatalogue other;
    for (int n = 1; n <= 400; ++n) {
        one.add(album_request(n));
        other.add(album_request(10'000 - n));
    }
    one.store.reset();
    other.store.reset();
    write_into_log(other.path, "UPDATE albums SET created_at = 1; DELETE FROM jobs WHERE id > 3");
    fs::copy_file(other.path + "-wal", one.path + "-wal", fs::copy_options::overwrite_existing);
    fs::remove(one.path + "-shm");
    const auto store = one.reopen();
    const auto found = store->maintenance().check();
    REQUIRE_FALSE(found.faults.empty());
    CHECK(has(found.faults.front().what, "-wal is of another database"));
    CHECK(has(found.faults.front().remedy, "move"));
}

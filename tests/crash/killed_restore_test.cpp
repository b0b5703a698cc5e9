// A restore that is killed at each call by which it changes something: the old catalogue or the new
// one is in place, whole, and the old one is never lost.
#include <algorithm>
#include <filesystem>
#include <functional>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "support/traced.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr int k_killed = 128 + 9;
constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

void run_sql(const std::string& path, const char* statements) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    REQUIRE(sqlite3_exec(database, statements, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

/// A backup with one album, and a catalogue with two, the second of which is in the log alone.
struct Place {
    Place() {
        REQUIRE(bench.run("album-import", {k_rumours}).status == 0);
        REQUIRE(bench.run("release-worker", {"backup", backup}).status == 0);
        fs::create_directory(before);
        run_sql(db,
                "PRAGMA wal_autocheckpoint = 0; INSERT INTO albums (title, created_at) "
                "VALUES ('Only in the log', 0); UPDATE totals SET value = 2 WHERE what = 'albums'");
        for (const char* ending : {"", "-wal"})
            fs::copy(db + ending, before / (std::string{"catalog.db"} + ending));
    }

    void put_back() const {
        for (const auto& entry : fs::directory_iterator{bench.folder.path()}) {
            if (entry.path().filename().string().find("catalog.db") != std::string::npos)
                fs::remove(entry);
        }
        for (const auto& file : fs::directory_iterator{before})
            fs::copy(file, bench.folder.path());
    }

    /// How many albums; nothing if the catalogue is not whole.
    std::optional<std::size_t> albums(const std::string& path) const {
        if (bench.run("release-worker", {"check", "--db", path}).status != 0) return std::nullopt;
        return bench.run("release-catalog", {"albums", "--json", "--db", path}).documents().size();
    }

    std::vector<std::string> names_with(const std::string& part) const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator{bench.folder.path()}) {
            const std::string name = entry.path().filename().string();
            if (name.find(part) != std::string::npos) names.push_back(name);
        }
        return names;
    }

    /// Kills a restore at each call that `only` names, and looks each time.
    int kill_at_each(const std::vector<std::string>& only,
                     const std::function<void()>& look) const {
        put_back();
        const auto calls = system_calls(bench, "release-worker", restore, only);
        REQUIRE(calls.size() > 10);
        int killed = 0;
        for (const SystemCall& call : calls) {
            CAPTURE(call.name);
            CAPTURE(call.occurrence);
            put_back();
            const std::string at =
                call.name + ":signal=SIGKILL:when=" + std::to_string(call.occurrence);
            killed += run_process(traced(bench, {"-e", "inject=" + at}, "release-worker", restore))
                          .status == k_killed;
            look();
            CHECK(bench.run("release-worker", restore).status == 0);
            CHECK(albums(db) == 1);
            CHECK(names_with(".tmp").empty());
        }
        return killed;
    }

    ToolBench bench;
    std::string db = bench.folder.file("catalog.db");
    std::string backup = bench.folder.file("backup.db");
    fs::path before = bench.folder.file("before");
    std::vector<std::string> restore{"restore", backup, "-q"};
};

const std::vector<std::string> k_changing_calls{
    "-e", "trace=pwrite64,fsync,fdatasync,ftruncate,unlink,rename,renameat2,link,flock,fcntl"};

}  // namespace

TEST_CASE("Killed at any moment, a restore leaves the old catalogue or the new one, whole") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const Place place;
    int old_in_place = 0;
    const int killed = place.kill_at_each(k_changing_calls, [&] {
        const auto now = place.albums(place.db);
        REQUIRE(now.has_value());
        old_in_place += *now == 2;
        if (*now == 2) return;
        CHECK(*now == 1);
        const auto aside = place.names_with("before-restore");
        CHECK(std::any_of(aside.begin(), aside.end(), [&](const std::string& name) {
            return !name.ends_with("-shm") && !name.ends_with("-wal") &&
                   place.albums(place.bench.folder.file(name)) == 2;
        }));
    });
    CHECK(killed > 10);
    CHECK(old_in_place > 5);
    CHECK(old_in_place < killed);
}

TEST_CASE("Killed at any moment, a restore over a damaged catalogue loses nothing of it") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const Place place;
    const std::string log = place.bench.folder.read("before/catalog.db-wal");
    const std::string damaged(200'000, 'x');
    place.bench.folder.write("before/catalog.db", damaged);
    const std::vector<std::string> naming{"-e", "trace=fsync,unlink,rename,renameat2,link"};
    place.kill_at_each(naming, [&] {
        const bool is_new = place.albums(place.db) == 1;
        bool has_database = !is_new && place.bench.folder.read("catalog.db") == damaged;
        bool has_log =
            fs::exists(place.db + "-wal") && place.bench.folder.read("catalog.db-wal") == log;
        CHECK_FALSE((is_new && has_log));
        for (const std::string& name : place.names_with("before-restore")) {
            has_database = has_database || place.bench.folder.read(name) == damaged;
            has_log = has_log || place.bench.folder.read(name) == log;
        }
        CHECK(has_database);
        CHECK(has_log);
    });
}

TEST_CASE(
    "Where a file system cannot exchange names, the old catalogue is set aside all the same") {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    const Place place;
    place.put_back();
    const auto run =
        run_process(traced(place.bench, {"-e", "inject=renameat2:error=EINVAL:when=1+"},
                           "release-worker", place.restore));
    CHECK(run.status == 0);
    CHECK(place.albums(place.db) == 1);
    const auto aside = place.names_with("before-restore");
    CHECK(std::any_of(aside.begin(), aside.end(), [&](const std::string& name) {
        return place.albums(place.bench.folder.file(name)) == 2;
    }));
}

// A backup is put back: what is verified before, who is in the way, and what becomes of the old
// one.
#include <csignal>
#include <fstream>
#include <map>
#include <set>

#include <sqlite3.h>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// An open database, closed with the object; its log stays as it is.
class OpenDatabase {
  public:
    explicit OpenDatabase(const std::string& path) {
        REQUIRE(sqlite3_open(path.c_str(), &m_handle) == SQLITE_OK);
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    ~OpenDatabase() { sqlite3_close(m_handle); }
    OpenDatabase(const OpenDatabase&) = delete;
    OpenDatabase& operator=(const OpenDatabase&) = delete;

    void run(const char* statements) {
        REQUIRE(sqlite3_exec(m_handle, statements, nullptr, nullptr, nullptr) == SQLITE_OK);
    }

  private:
    sqlite3* m_handle = nullptr;
};

/// A catalogue of one album, and a backup of it from when it had another.
struct RestoreBench : ToolBench {
    RestoreBench() {
        CHECK(run("album-import", {k_rumours}).status == 0);
        CHECK(run("release-worker", {"run", "--source", k_source}).status == 0);
        CHECK(run("release-worker", {"backup", backup}).status == 0);
        CHECK(run("album-import", {k_in_rainbows}).status == 0);
    }

    /// A commit that is in the log alone.
    void write_into_log() const {
        OpenDatabase database{db};
        database.run(
            "PRAGMA wal_autocheckpoint = 0;"
            "UPDATE albums SET title = 'Only in the log' WHERE title IS NULL");
        REQUIRE(fs::file_size(db + "-wal") > 0);
    }

    std::vector<std::string> titles(const std::string& path) const {
        std::vector<std::string> all;
        for (const Json& album :
             run("release-catalog", {"albums", "--json", "--db", path}).documents()) {
            all.push_back(album["title"].is_null() ? "" : album["title"].get<std::string>());
        }
        return all;
    }
    void check_whole(const std::string& path) const {
        check_quiet(run("release-worker", {"check", "--db", path}));
    }
    ToolRun restore(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"restore", "--json"});
        if (more.size() == 2) more.push_back(backup);
        return run("release-worker", more);
    }
    std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::directory_iterator{folder.path()}) {
            const std::string name = entry.path().filename().string();
            if (has(name, "catalog.db") && !name.ends_with("-shm")) all[name] = folder.read(name);
        }
        return all;
    }

    std::string db = folder.file("catalog.db");
    std::string backup = folder.file("backup.db");
};

const std::vector<std::string> k_of_backup{"Rumours"};
const std::vector<std::string> k_of_old{"Rumours", "Only in the log"};

}  // namespace

TEST_CASE("A backup is restored, and what was there is kept whole under a name that is told") {
    const RestoreBench bench;
    bench.write_into_log();
    const auto run = bench.restore();
    check_quiet(run);
    const Json told = run.documents().at(0);
    CHECK(told["restored"] == bench.backup);
    CHECK(told["albums"] == 1);
    CHECK(told["dry_run"] == false);
    const std::string aside = told["set_aside"];
    CHECK(aside.starts_with(bench.db + ".before-restore-"));
    CHECK(bench.titles(bench.db) == k_of_backup);
    CHECK(bench.titles(aside) == k_of_old);
    bench.check_whole(bench.db);
    bench.check_whole(aside);
    CHECK(bench.titles(bench.backup) == k_of_backup);
    CHECK(bench.run("album-import", {k_in_rainbows}).status == 0);
    bench.check_whole(bench.db);
}

TEST_CASE("A catalogue that is not there, or is empty, is restored as well") {
    for (const bool is_empty : {false, true}) {
        CAPTURE(is_empty);
        const RestoreBench bench;
        for (const char* ending : {"", "-wal", "-shm", "-lock", "-rate"})
            fs::remove(bench.db + ending);
        if (is_empty) bench.folder.write("catalog.db", "");
        const auto run = bench.restore();
        CHECK(run.status == 0);
        CHECK(run.documents().at(0)["set_aside"].is_null() == !is_empty);
        CHECK(bench.titles(bench.db) == k_of_backup);
        bench.check_whole(bench.db);
    }
}

TEST_CASE("A log without its database is set aside, not taken for the restored one's") {
    const RestoreBench bench;
    bench.write_into_log();
    const std::string log = bench.folder.read("catalog.db-wal");
    fs::remove(bench.db);
    fs::remove(bench.db + "-shm");
    const auto run = bench.restore();
    CHECK(run.status == 0);
    const std::string aside = run.documents().at(0)["set_aside"];
    CHECK(aside.ends_with("-wal"));
    CHECK(bench.folder.read(fs::path{aside}.filename().string()) == log);
    CHECK(bench.titles(bench.db) == k_of_backup);
    bench.check_whole(bench.db);
}

TEST_CASE("A damaged catalogue is replaced, and kept as it was with its log") {
    const RestoreBench bench;
    bench.write_into_log();
    const std::string log = bench.folder.read("catalog.db-wal");
    const std::string damaged = bench.folder.write("catalog.db", std::string(300'000, 'x'));
    fs::remove(bench.db + "-shm");
    const auto run = bench.restore();
    CHECK(run.status == 0);
    CHECK(has(run.err, "is damaged"));
    const std::string aside =
        fs::path{run.documents().at(0)["set_aside"].get<std::string>()}.filename().string();
    CHECK(bench.folder.read(aside) == std::string(300'000, 'x'));
    CHECK(bench.folder.read(aside + "-wal") == log);
    CHECK(bench.titles(bench.db) == k_of_backup);
    bench.check_whole(bench.db);
}

TEST_CASE("A backup made while a worker was busy is well, restored, and its job done") {
    const RestoreBench bench;
    const std::string busy = bench.folder.file("busy.db");
    MusicBrainzServer server;
    server.set_script([](const LoggedRequest&) { return delayed(60'000); });
    {
        const Child worker{{std::string{PRESSINGS_BIN_DIR} + "/release-worker", "run", "-q", "--db",
                            bench.db, "--source", server.root()}};
        REQUIRE(eventually([&] { return !server.requests().empty(); }));
        check_quiet(bench.run("release-worker", {"backup", busy}));
    }
    const auto check = bench.run("release-worker", {"check", "--db", busy, "--json"});
    check_quiet(check);
    CHECK(check.documents().at(0)["ok"] == true);
    const Json notes = check.documents().at(0)["notes"];
    CHECK(has(notes.dump(), "jobs that run in no living worker: 1 (2)"));
    CHECK(bench.restore({busy}).status == 0);
    CHECK(bench.run("release-worker", {"run", "--source", k_source}).status == 0);
    const auto jobs = bench.run("release-worker", {"jobs", "--state", "done", "--json"});
    CHECK(jobs.documents().size() == 2);
}

TEST_CASE("Nothing is restored while a worker lives or another program has the catalogue open") {
    const RestoreBench bench;
    {
        Child worker{{std::string{PRESSINGS_BIN_DIR} + "/release-worker", "run", "--loop", "-q",
                      "--db", bench.db, "--source", k_source}};
        REQUIRE(eventually([&] {
            return bench.run("release-worker", {"status", "--json"}).documents().at(0)["due"] == 0;
        }));
        const auto refused = bench.restore();
        check_refused(refused, 3, "a worker is at work");
        worker.signal(SIGTERM);
        CHECK(worker.wait() == 0);
    }
    const auto before = bench.files();
    {
        OpenDatabase reader{bench.db};
        reader.run("SELECT count(*) FROM albums");
        check_refused(bench.restore(), 3, "another program has it open");
        CHECK(bench.files() == before);
    }
    CHECK(bench.restore().status == 0);
}

TEST_CASE("What is no whole catalogue is not restored, and nothing changes") {
    const RestoreBench bench;
    const std::string whole = bench.folder.read("backup.db");
    bench.folder.write("letter", "Dear all");
    bench.folder.write("empty.db", "");
    bench.folder.write("half.db", whole.substr(0, whole.size() / 2));
    std::string spoiled = whole;
    std::fill(spoiled.begin() + 5 * 8192, spoiled.begin() + 40 * 8192, 'x');
    bench.folder.write("spoiled.db", spoiled);
    bench.folder.write("newer.db", whole);
    OpenDatabase{bench.folder.file("newer.db")}.run("PRAGMA user_version = 999");
    OpenDatabase{bench.folder.file("photos.db")}.run("CREATE TABLE photos (id INTEGER)");
    const auto before = bench.files();
    const std::pair<const char*, const char*> cases[] = {{"none.db", "cannot be read"},
                                                         {"letter", "no whole SQLite database"},
                                                         {"empty.db", "is empty"},
                                                         {"half.db", "half.db"},
                                                         {"spoiled.db", "spoiled.db"},
                                                         {"newer.db", "newer version"},
                                                         {"photos.db", "not a catalogue"},
                                                         {".", "no plain file"},
                                                         {"catalog.db", "belongs to the database"}};
    for (const auto& [name, message] : cases) {
        CAPTURE(name);
        const auto run = bench.restore({bench.folder.file(name)});
        check_refused(run, 2, message);
        CHECK(bench.files() == before);
    }
}

TEST_CASE("A restore that is tried out verifies all and changes nothing") {
    const RestoreBench bench;
    const auto before = bench.files();
    const auto run = bench.restore({"--dry-run", bench.backup});
    check_quiet(run);
    CHECK(run.documents().at(0)["dry_run"] == true);
    CHECK(run.documents().at(0)["albums"] == 1);
    CHECK(run.documents().at(0)["set_aside"].is_null());
    CHECK(bench.files() == before);
    check_refused(bench.restore({"--dry-run", bench.folder.write("letter", "Dear all")}), 2,
                  "no whole SQLite database");
}

TEST_CASE("A copy that has a log beside it is restored with what is in the log") {
    const RestoreBench bench;
    bench.write_into_log();
    for (const char* ending : {"", "-wal"})
        fs::copy(bench.db + ending, bench.folder.file("other.db") + ending);
    CHECK(bench.restore().status == 0);
    CHECK(bench.titles(bench.db) == k_of_backup);
    CHECK(bench.restore({bench.folder.file("other.db")}).status == 0);
    CHECK(bench.titles(bench.db) == k_of_old);
    bench.check_whole(bench.db);
}

TEST_CASE("A backup that may only be read, in a folder that may only be read, is restored") {
    const RestoreBench bench;
    const fs::path kept = bench.folder.file("kept");
    fs::create_directory(kept);
    fs::copy(bench.backup, kept / "backup.db");
    fs::permissions(kept / "backup.db", fs::perms{0444});
    fs::permissions(kept, fs::perms{0555});
    CHECK(bench.restore({(kept / "backup.db").string()}).status == 0);
    fs::permissions(kept, fs::perms{0755});
    CHECK(bench.titles(bench.db) == k_of_backup);
}

TEST_CASE("Each restore sets the old one aside under a name of its own") {
    const RestoreBench bench;
    std::set<std::string> names;
    for (int time = 0; time < 3; ++time)
        names.insert(bench.restore().documents().at(0)["set_aside"].get<std::string>());
    CHECK(names.size() == 3);
}

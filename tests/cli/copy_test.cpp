// A catalogue is copied from one engine to the other: nothing of it is lost or changed, whatever
// breaks the copy off.
#include <algorithm>
#include <csignal>
#include <filesystem>

#include <sqlite3.h>

#include "cli/option_row.hpp"
#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/postgresql_database.hpp"
#include "support/terminal.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* k_watched = "44444444-1111-4222-8333-444444444444";

/// Runs SQL in a file: the first value of the first row; empty if there is none.
std::string run_in_file(const std::string& path, const char* sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    std::string value;
    const auto keep = [](void* into, int, char** values, char**) {
        auto& text = *static_cast<std::string*>(into);
        if (text.empty() && values[0] != nullptr) text = values[0];
        return 0;
    };
    const int result = sqlite3_exec(handle, sql, keep, &value, nullptr);
    sqlite3_close(handle);
    CHECK_MESSAGE((result == SQLITE_OK || result == SQLITE_BUSY), sql);
    return value;
}

/// A folder with the recorded answer for In Rainbows, with changes of MusicBrainz's in it, and a
/// value that cannot be read.
std::string changed_in_rainbows(const ToolBench& bench) {
    const std::string folder = bench.folder.file("changed");
    fs::create_directory(folder);
    Json page = recorded_answer(k_in_rainbows);
    page["release-count"] = page["releases"].size() - 1;
    page["releases"].erase(page["releases"].size() - 1);
    page["releases"][0]["barcode"] = "1234567890123";
    page["releases"][1]["title"] = 7;
    bench.folder.write("changed/" + std::string{k_in_rainbows} + ".json", page.dump());
    return "file:" + folder;
}

/// What the recorded answers have none of, in each table of it; one key is longer than an index
/// takes.
constexpr const char* k_rare =
    "INSERT INTO album_identifiers VALUES (1, 'catno', 'XLCD 324', 'XL' || char(31) || 'Ö');"
    "INSERT INTO album_identifiers VALUES (1, 'barcode', '634904032425', NULL);"
    "INSERT INTO album_keys VALUES ('name', CAST(hex(randomblob(5000)) AS BLOB), 1);"
    "INSERT INTO album_aliases (album_id, position, name, is_primary) VALUES (1, 1, '虹', 1);"
    "INSERT INTO album_genres VALUES (1, 1, 'trip hop', randomblob(16), 7);"
    "INSERT INTO album_user_values (album_id, title, secondary_types) VALUES (1, '', 'live');"
    "INSERT INTO release_originals VALUES (1, zeroblob(16));"
    "INSERT INTO release_aliases (release_id, position, name, ended) VALUES (1, 1, 'É', 0);"
    "INSERT INTO release_genres (release_id, position, name) VALUES (1, 1, 'rock');"
    "INSERT INTO merged_releases VALUES (x'ff000102030405060708090a0b0c0d0e', 1);"
    "INSERT INTO job_candidates (job_id, position, mbid, title, artist, score) "
    "VALUES (32, 1, randomblob(16), 'In Rainbows', 'Radiohead', 100)";

/// A catalogue of SQLite with all that there can be: releases, changes, oddities, a watch, jobs
/// that are done, failed, cancelled and pending, of albums that were told by MBID and by name.
struct CopyBench : ToolBench {
    CopyBench() {
        import_recorded(*this);
        run("album-import", {k_not_recorded, "--queue", "odd"});
        run("album-import", {"--artist", "Radiohead", "--title", "In Rainbows", "--queue", "odd"});
        run("release-worker", {"run", "-q", "--source", k_source, "--queue", "odd"});
        run("album-import", {"--refresh", k_in_rainbows});
        run("release-worker", {"run", "-q", "--source", changed_in_rainbows(*this)});
        run("album-import", {"--watch", k_watched, "--queue", "watching"});
        run("album-import", {"22222222-1111-4222-8333-444444444444", "--queue", "gone"});
        run("release-worker", {"cancel", "--all", "--queue", "gone"});
        run("release-worker", {"pause", "--queue", "held"});
        run("album-import", {"--refresh", k_rumours, "--queue", "later"});
        run_in_file(db, k_rare);
    }

    ToolRun copy(const std::string& to, const Words& more = {}) const {
        return run("release-catalog", Words{"copy", "--to", to, "--json"} + more);
    }

    std::string db = folder.file("catalog.db");
    std::string file = folder.file("copy.db");
};

/// Commands that are proposed name the database.
std::string without_database(std::string text) {
    for (auto at = text.find(" --db "); at != std::string::npos; at = text.find(" --db ", at))
        text.erase(at, text.find(' ', at + 6) - at);
    return text;
}

/// All that the tools tell of the catalogue at `db`, byte for byte.
std::string told(const ToolBench& bench, const std::string& db) {
    std::string all;
    const auto add = [&](const char* tool, Words words) {
        words.insert(words.end(), {"--db", db});
        CAPTURE(words);
        const auto run = bench.run(tool, words);
        CHECK(run.status == 0);
        CHECK_FALSE(run.out.empty());
        all += without_database(run.out);
    };
    for (const char* what : {"albums", "releases", "tracks"}) {
        for (const char* form : {"ndjson", "csv"})
            add("release-catalog", {"export", "--removed", "--what", what, "--format", form});
    }
    add("release-catalog", {"export", "--releases", "--removed"});
    for (const char* list : {"albums", "releases", "changes", "oddities", "stats", "pick"})
        add("release-catalog", {list, "--json"});
    add("release-catalog", {"albums", "--limit", "0"});
    add("release-catalog", {"releases", "--sort", "title", "--limit", "0"});
    add("release-catalog", {"upcoming", "--today", "1970-01-01", "--json"});
    add("release-catalog", {"search", "greatest", "hits", "--json"});
    add("release-catalog", {"album", k_rumours, "--json"});
    const Words jobs{"jobs", "--json", "--limit", "0"};
    add("release-worker", jobs);
    for (const Json& job : bench.run("release-worker", jobs + Words{"--db", db}).documents())
        add("release-worker", {"show", job["job_id"].dump(), "--json"});
    add("album-import", {"--watches", "--json"});
    return all;
}

/// A copy is what its source is, and is well.
void check_copied(const ToolBench& bench, const std::string& from, const std::string& to) {
    const std::string there = told(bench, to);
    const std::string here = told(bench, from);
    const auto [at, other] = std::mismatch(here.begin(), here.end(), there.begin(), there.end());
    const std::string unlike{at, here.end()};
    const bool is_same = here == there;
    CHECK_MESSAGE(is_same, "from here on: " << unlike.substr(0, 400));
    check_quiet(bench.run("release-worker", {"check", "--json", "--db", to}));
}

/// Makes a copy take some seconds: artists, which come first, that nothing refers to.
void add_many_artists(const CopyBench& bench) {
    run_in_file(bench.db.c_str(),
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
                "INSERT INTO artists (mbid, name) SELECT randomblob(16), 'Artist ' || i FROM n");
}

Words copy_command(const CopyBench& bench, const std::string& to) {
    return {
        std::string{PRESSINGS_BIN_DIR} + "/release-catalog", "copy", "--db", bench.db, "--to", to};
}

/// Copies until some rows are there, and breaks that off.
void copy_half(const CopyBench& bench, const std::string& to, int signal,
               const std::function<std::string()>& count) {
    Child copy{copy_command(bench, to)};
    REQUIRE(eventually([&] { return !count().empty() && count() != "0"; }));
    copy.signal(signal);
    const int status = copy.wait();
    CHECK(status == (signal == SIGKILL ? 128 + SIGKILL : 3));
    if (signal != SIGKILL) CHECK(has(copy.error_output(), "goes on where this one stopped"));
}

/// How many artists a database of PostgreSQL has; empty without a table of them.
std::string artists_in(const PostgresqlDatabase& database) {
    if (database.run("SELECT to_regclass('pressings.artists')").empty()) return {};
    return database.run("SELECT count(*) FROM pressings.artists");
}

void copy_half(const CopyBench& bench, const PostgresqlDatabase& to) {
    copy_half(bench, to.uri(), SIGKILL, [&] { return artists_in(to); });
}

void check_not_whole(const ToolBench& bench, const std::string& db) {
    check_refused(bench.run("release-catalog", {"albums", "--db", db}), 3, "is not whole");
    check_refused(bench.run("album-import", {k_rumours, "--db", db}), 3, "is not whole");
    check_refused(bench.run("release-worker", {"run", "--source", k_source, "--db", db}), 3,
                  "is not whole");
    check_refused(bench.run("release-catalog", {"copy", "--db", db, "--to", "new.db"}), 3,
                  "is not whole");
}

}  // namespace

TEST_CASE("A catalogue is the same in PostgreSQL, and in SQLite again, to the byte") {
    const CopyBench bench;
    const PostgresqlDatabase database;
    const auto run = bench.copy(database.uri());
    check_quiet(run);
    const Json copied = run.documents().at(0);
    check_schema("copy", copied);
    CHECK(copied["from"] == bench.db);
    CHECK(has(copied["to"], database.name()));
    CHECK(copied["found"] == 0);
    std::int64_t rows = 0;
    for (const Json& table : copied["tables"]) {
        CAPTURE(table["table"]);
        CHECK(table["rows"] > 0);
        rows += table["rows"].get<std::int64_t>();
    }
    CHECK(copied["rows"] == rows);
    check_copied(bench, bench.db, database.uri());
    check_quiet(bench.copy(bench.file, {"--db", database.uri()}));
    check_copied(bench, bench.db, bench.file);
}

TEST_CASE("A copy from like to like is the same too") {
    const CopyBench bench;
    check_quiet(bench.copy(bench.file));
    check_copied(bench, bench.db, bench.file);
    const PostgresqlDatabase first;
    const PostgresqlDatabase second;
    check_quiet(bench.copy(first.uri()));
    check_quiet(bench.copy(second.uri(), {"--db", first.uri()}));
    check_copied(bench, first.uri(), second.uri());
}

TEST_CASE("A copy that was killed is opened by nobody, and goes on when it is typed again") {
    const CopyBench bench;
    add_many_artists(bench);
    const PostgresqlDatabase database;
    copy_half(bench, database);
    check_not_whole(bench, database.uri());
    const auto run = bench.copy(database.uri());
    check_quiet(run);
    CHECK(run.documents().at(0)["found"] > 0);
    CHECK(run.documents().at(0)["found"] < 60'000);
    check_copied(bench, bench.db, database.uri());
}

TEST_CASE("A copy into a file that was stopped by a signal says so, and goes on") {
    const CopyBench bench;
    add_many_artists(bench);
    copy_half(bench, bench.file, SIGTERM, [&] {
        if (!fs::exists(bench.file + "-wal")) return std::string{};
        return run_in_file(bench.file, "SELECT count(*) FROM artists");
    });
    check_not_whole(bench, bench.file);
    check_refused(bench.run("release-worker", {"restore", bench.file}), 2, "did not finish");
    const auto run = bench.copy(bench.file);
    check_quiet(run);
    CHECK(run.documents().at(0)["found"] > 0);
    check_copied(bench, bench.db, bench.file);
}

TEST_CASE("A copy whose connection was lost says so, and goes on when it is typed again") {
    const CopyBench bench;
    add_many_artists(bench);
    const PostgresqlDatabase database;
    {
        Child copy{copy_command(bench, database.uri())};
        CHECK(eventually([&] {
            if (artists_in(database) != "" && artists_in(database) != "0") {
                database.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
            return copy.ended().has_value();
        }));
        CHECK(copy.wait() == 3);
        CHECK(has(copy.error_output(), "connection"));
    }
    check_not_whole(bench, database.uri());
    check_quiet(bench.copy(database.uri()));
    check_copied(bench, bench.db, database.uri());
}

TEST_CASE("Of two copies to one place the second goes on, and the first writes no more") {
    const CopyBench bench;
    add_many_artists(bench);
    const PostgresqlDatabase database;
    Child first{copy_command(bench, database.uri())};
    REQUIRE(eventually([&] { return artists_in(database) != "" && artists_in(database) != "0"; }));
    check_quiet(bench.copy(database.uri()));
    CHECK(first.wait() == 3);
    CHECK(has(first.error_output(), "has taken over the copy"));
    check_copied(bench, bench.db, database.uri());
}

TEST_CASE("A copy shows on a terminal how far it is") {
    const CopyBench bench;
    const std::string shown =
        run_on_terminal(piped(bench, "release-catalog", {"copy", "--to", bench.file}));
    CHECK(has(shown, "] 0/"));
    CHECK(has(shown, "both are the same"));
    fs::remove(bench.file);
    CHECK(run_on_terminal(piped(bench, "release-catalog", {"copy", "-q", "--to", bench.file})) ==
          "");
}

TEST_CASE("Where the source has changed since, a copy goes on only anew") {
    const CopyBench bench;
    add_many_artists(bench);
    const PostgresqlDatabase database;
    copy_half(bench, database);
    run_in_file(bench.db, "UPDATE artists SET name = 'Somebody else' WHERE id = 1");
    check_refused(bench.copy(database.uri()), 3, "the table artists is not what");
    check_not_whole(bench, database.uri());
    const auto run = bench.copy(database.uri(), {"--anew"});
    check_quiet(run);
    CHECK(run.documents().at(0)["found"] == 0);
    check_copied(bench, bench.db, database.uri());
}

TEST_CASE("A copy that differs from its source is an error that names the table") {
    const CopyBench bench;
    const PostgresqlDatabase database;
    bench.run("release-worker", {"pause", "--queue", "x", "--db", database.uri()});
    bench.run("release-worker", {"resume", "--queue", "x", "--db", database.uri()});
    database.run(
        "CREATE FUNCTION public.spoil() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.title = 'Another'; RETURN NEW; END $$;"
        "CREATE TRIGGER spoil BEFORE INSERT ON pressings.tracks FOR EACH ROW "
        "WHEN (NEW.position = 3) EXECUTE FUNCTION public.spoil()");
    check_refused(bench.copy(database.uri()), 3, "in the table tracks (rows ");
    check_not_whole(bench, database.uri());
    database.run("DROP TRIGGER spoil ON pressings.tracks");
    check_refused(bench.copy(database.uri()), 3, "the table tracks is not what");
    check_quiet(bench.copy(database.uri(), {"--anew"}));
    check_copied(bench, bench.db, database.uri());
}

TEST_CASE("A target that is not empty, is the source, or is no catalogue is left as it is") {
    const ToolBench bench;
    const PostgresqlDatabase database;
    const std::string db = bench.folder.file("catalog.db");
    const std::string other = bench.folder.file("other.db");
    const std::string photos = bench.folder.file("photos.db");
    bench.folder.write("letter", "Dear all");
    run_in_file(photos, "CREATE TABLE photos (id INTEGER)");
    bench.run("album-import", {k_rumours});
    bench.run("album-import", {k_in_rainbows, "--db", other});
    bench.run("album-import", {k_in_rainbows, "--db", database.uri()});
    const PostgresqlDatabase foreign;
    foreign.run("CREATE SCHEMA pressings; CREATE TABLE pressings.photos (id integer)");
    const std::string before = bench.folder.read("other.db") + bench.folder.read("photos.db");
    const auto refused = [&](const Words& words, int status, const char* message) {
        CAPTURE(words);
        check_refused(bench.run("release-catalog", Words{"copy", "--to"} + words), status, message);
    };
    refused({other}, 2, "is not empty");
    refused({other, "--anew"}, 2, "is not empty");
    refused({database.uri()}, 2, "is not empty");
    refused({db}, 2, "belongs to the catalogue that is copied");
    refused({"sqlite:" + db}, 2, "belongs to the catalogue that is copied");
    refused({db + "-wal"}, 2, "belongs to the catalogue that is copied");
    refused({database.uri(), "--db", database.uri() + "?application_name=x"}, 2,
            "is the catalogue that is copied");
    refused({photos}, 3, "not a catalogue of Pressings; name another with --to");
    refused({bench.folder.file("letter")}, 3, "no SQLite database");
    refused({foreign.uri()}, 3, "is not a catalogue of Pressings");
    refused({bench.folder.file("new.db"), "--db", bench.folder.file("none.db")}, 3,
            "there is no database");
    CHECK_FALSE(fs::exists(bench.folder.file("new.db")));
    CHECK(bench.folder.read("other.db") + bench.folder.read("photos.db") == before);
    for (const std::string& to : {other, database.uri()}) {
        const auto albums = bench.run("release-catalog", {"albums", "--json", "--db", to});
        REQUIRE(albums.documents().size() == 1);
        CHECK(albums.documents()[0]["mbid"] == k_in_rainbows);
    }
}

TEST_CASE("An empty catalogue that was worked on before is copied to") {
    const ToolBench bench;
    const std::string to = bench.folder.file("other.db");
    bench.run("album-import", {k_rumours});
    bench.run("release-worker", {"pause", "--queue", "x", "--db", to});
    bench.run("release-worker", {"resume", "--queue", "x", "--db", to});
    bench.run("release-worker", {"run", "-q", "--source", k_source, "--db", to});
    check_quiet(bench.run("release-catalog", {"copy", "--to", to, "--json"}));
    CHECK(bench.run("release-catalog", {"albums", "--json", "--db", to}).out ==
          bench.run("release-catalog", {"albums", "--json"}).out);
}

TEST_CASE("A worker goes on in the copy, and ids that were given out do not come again") {
    const CopyBench bench;
    bench.run("album-import", {"33333333-1111-4222-8333-444444444444", "--queue", "last"});
    bench.run("release-worker", {"cancel", "--all", "--queue", "last"});
    bench.run("release-worker", {"prune", "--older-than", "0", "--state", "cancelled"});
    const PostgresqlDatabase database;
    check_quiet(bench.copy(database.uri()));
    check_quiet(bench.copy(bench.file, {"--db", database.uri()}));
    std::vector<std::string> jobs;
    for (const std::string& db : {bench.db, database.uri(), bench.file}) {
        CAPTURE(db);
        const auto import = bench.run(
            "album-import", {"55555555-1111-4222-8333-444444444444", "--json", "--db", db});
        CHECK(import.status == 0);
        jobs.push_back(import.documents().at(0)["job_id"].dump());
        CHECK(jobs.back() == jobs.front());
        const Words later{"jobs", "--queue", "later", "--json", "--db", db};
        CHECK(bench.run("release-worker", later).documents().at(0)["state"] == "pending");
        check_quiet(bench.run("release-worker",
                              {"run", "-q", "--source", k_source, "--queue", "later", "--db", db}));
        CHECK(bench.run("release-worker", later).documents().at(0)["state"] == "done");
        check_quiet(bench.run("release-worker", {"check", "--db", db}));
    }
}

TEST_CASE("A job that ran when it was copied is done by the next worker on the copy") {
    const ToolBench bench;
    bench.run("album-import", {k_rumours});
    run_in_file(bench.folder.file("catalog.db"),
                "INSERT INTO workers (id, name, boot, started_at) VALUES (7, 'x:1', 'b', 1);"
                "UPDATE jobs SET state = 'running', worker_id = 7, lease_until = 5, claim = 1, "
                "attempts = 1, started_at = 2;"
                "INSERT INTO attempts (job_id, claim, attempt, worker_id, started_at, outcome) "
                "VALUES (1, 1, 1, 7, 2, 'running');"
                "UPDATE totals SET what = 'running' WHERE what = 'pending'");
    const PostgresqlDatabase database;
    for (const std::string& to : {database.uri(), bench.folder.file("other.db")}) {
        CAPTURE(to);
        check_quiet(bench.run("release-catalog", {"copy", "--to", to, "--json"}));
        CHECK(bench.run("release-worker", {"run", "-q", "--source", k_source, "--db", to}).status ==
              0);
        const auto show = bench.run("release-worker", {"show", "1", "--json", "--db", to});
        CHECK(show.documents().at(0)["state"] == "done");
    }
}

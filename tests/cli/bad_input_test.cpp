// Everything that can be wrong with what a user gives: a clear message, the right exit status, and
// nothing half-written.
#include <regex>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "support/json_schema.hpp"
#include "support/tool.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void run_sql(const std::string& path, const char* statements) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    REQUIRE(sqlite3_exec(database, statements, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

}  // namespace

TEST_CASE("A batch that cannot be read is a mistake of the command line, and nothing is done") {
    ToolBench bench;
    const std::string empty = bench.folder.write("empty.csv", "");
    for (const std::string& file :
         {bench.folder.file("none.csv"), bench.folder.path().string(), empty}) {
        CAPTURE(file);
        const auto run = bench.run("album-import", {k_rumours, "--from", file});
        CHECK(run.status == 2);
        CHECK(run.out.empty());
        CHECK(has(run.err, file));
    }
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("catalog.db")));
}

TEST_CASE("A broken line in the middle of a batch is refused with file and line, the rest is in") {
    ToolBench bench;
    const std::string batch =
        bench.folder.write("batch.ndjson",
                           "{\"artist\":\"Can\",\"title\":\"Tago Mago\"}\n{\"mbid\": oops\n"
                           "{\"artist\":\"Can\",\"title\":\"Ege Bamyasi\"}\n");
    const auto run = bench.run("album-import", {"--from", batch, "--json", "--rejects",
                                                bench.folder.file("rejects.ndjson")});
    CHECK(run.status == 1);
    CHECK(has(run.err, "batch.ndjson:2: rejected (bad_json)"));
    const auto results = run.documents();
    REQUIRE(results.size() == 3);
    CHECK(results[0]["status"] == "created");
    CHECK(results[1]["status"] == "rejected");
    CHECK(results[1]["error"]["code"] == "bad_json");
    CHECK(results[2]["line"] == 3);
    const Json reject = Json::parse(bench.folder.read("rejects.ndjson"));
    CHECK(reject["record"] == "{\"mbid\": oops");
    CHECK(bench.run("release-catalog", {"albums", "--json"}).documents().size() == 2);
}

TEST_CASE("A wrong MBID, invalid UTF-8, a NUL and a line without end are each refused") {
    ToolBench bench;
    std::string batch = "{\"mbid\":\"xyz\"}\n{\"artist\":\"\xFF\",\"title\":\"x\"}\n?\n" +
                        std::string(5'000'000, 'x') + "\n{\"artist\":\"a\",\"title\":\"b\"}\n";
    batch[batch.find('?')] = '\0';
    const auto run =
        bench.run("album-import", {"--from", "-", "--format", "ndjson", "--json"}, batch);
    CHECK(run.status == 1);
    const auto results = run.documents();
    REQUIRE(results.size() == 5);
    const char* codes[] = {"bad_mbid", "bad_utf8", "nul_byte", "too_long"};
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(results[i]["error"]["code"] == codes[i]);
    CHECK(results[4]["status"] == "created");
    CHECK(results[4]["line"] == 5);
}

TEST_CASE("What is no catalogue is refused by every tool, and left as it is") {
    ToolBench bench;
    bench.folder.write("letter", "Dear all, this is no database.");
    run_sql(bench.folder.file("photos.db"), "CREATE TABLE photos (id INTEGER)");
    bench.run("album-import", {"--db", bench.folder.file("newer.db"), k_rumours});
    run_sql(bench.folder.file("newer.db"), "PRAGMA user_version = 999");
    const std::pair<const char*, const char*> cases[] = {{"letter", "no SQLite database"},
                                                         {"photos.db", "not a catalogue"},
                                                         {"newer.db", "newer version"},
                                                         {".", "is a folder"}};
    for (const auto& [name, message] : cases) {
        CAPTURE(name);
        const std::string db = bench.folder.file(name);
        for (const auto& run : {bench.run("album-import", {"--db", db, k_rumours}),
                                bench.run("release-worker", {"status", "--db", db}),
                                bench.run("release-catalog", {"stats", "--db", db})}) {
            CHECK(run.status == 3);
            CHECK(run.out.empty());
            CHECK(has(run.err, message));
        }
    }
    const std::string below = bench.folder.file("letter/below.db");
    const auto written = bench.run("album-import", {"--db", below, k_rumours});
    CHECK(written.status == 3);
    CHECK(has(written.err, "cannot make"));
    const auto read = bench.run("release-catalog", {"stats", "--db", below});
    CHECK(read.status == 3);
    CHECK(has(read.err, "there is no database"));
    CHECK(bench.folder.read("letter") == "Dear all, this is no database.");
    for (const char* suffix : {"-wal", "-shm", "-rate"})
        CHECK_FALSE(std::filesystem::exists(bench.folder.file("letter") + suffix));
}

TEST_CASE("A place that no database can be made in is an error of the environment") {
    ToolBench bench;
    const auto run = bench.run("album-import", {"--db", "/proc/none/catalog.db", k_rumours});
    CHECK(run.status == 3);
    CHECK(has(run.err, "/proc/none"));
}

TEST_CASE("A source that is not there is told of before any job is taken") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    const auto missing =
        bench.run("release-worker", {"run", "--source", "file:" + bench.folder.file("none")});
    CHECK(missing.status == 3);
    CHECK(has(missing.err, "none"));
    CHECK(bench.run("release-worker", {"run", "--source", "gopher://x"}).status == 2);
    const auto jobs = bench.run("release-worker", {"jobs", "--json"}).documents();
    CHECK(jobs[0]["attempts"] == 0);
}

TEST_CASE("A mistyped option or command is told of with what may be meant") {
    ToolBench bench;
    const auto option = bench.run("album-import", {"--formta", "csv", k_rumours});
    CHECK(option.status == 2);
    CHECK(has(option.err, "did you mean --format?"));
    const auto command = bench.run("release-worker", {"staus"});
    CHECK(command.status == 2);
    CHECK(has(command.err, "did you mean status?"));
    CHECK(bench.run("release-worker", {}).status == 2);
    CHECK(bench.run("album-import", {}).status == 2);
    CHECK(bench.run("album-import", {"--artist", "Can"}).status == 2);
    CHECK(bench.run("album-import", {"--queue", "a b", k_rumours}).status == 2);
    CHECK(bench.run("album-import", {"--priority", "high", k_rumours}).status == 2);
    CHECK(bench.run("release-worker", {"run", "--max-time", "soon"}).status == 2);
}

TEST_CASE("Standard output that is full is an error") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    bench.output = "/dev/full";
    const auto run = bench.run("release-catalog", {"albums"});
    CHECK(run.status == 3);
    CHECK(has(run.err, "cannot write to standard output"));
}

TEST_CASE("A dry run checks everything and writes nothing, not even a database") {
    ToolBench bench;
    const auto run = bench.run("album-import", {"--dry-run", "--json", k_rumours, k_rumours, "x"});
    CHECK(run.status == 1);
    const auto results = run.documents();
    REQUIRE(results.size() == 3);
    CHECK(results[0]["status"] == "created");
    CHECK(results[0]["job_id"].is_null());
    CHECK(results[1]["status"] == "exists");
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("catalog.db")));
}

TEST_CASE("Control characters in a title reach JSON as they are and no terminal") {
    ToolBench bench;
    bench.run("album-import", {"--from", "-", "--format", "ndjson"},
              "{\"artist\":\"a\",\"title\":\"\\u001b[31mred\"}\n");
    CHECK(has(bench.run("release-catalog", {"albums"}).out, "\\u{1B}[31mred"));
    CHECK(bench.run("release-catalog", {"albums", "--json"}).documents()[0]["title"] ==
          "\x1B[31mred");
}

TEST_CASE("A flag beats the environment, the environment beats the file, a wrong key is told of") {
    ToolBench bench;
    const std::string config = bench.folder.write(
        "config.toml", "log_format = \"json\"\n[album-import]\nqueue = \"file\"\n");
    bench.environment["PRESSINGS_CONFIG"] = config;
    const auto queue_of_last = [&] {
        return bench.run("release-worker", {"jobs", "--json"}).documents()[0]["queue"];
    };
    const auto first = bench.run("album-import", {k_rumours});
    CHECK(queue_of_last() == "file");
    for (const auto& fault : schema_faults("log-line", Json::parse(first.err)))
        FAIL_CHECK(fault);
    bench.environment["PRESSINGS_LOG_FORMAT"] = "text";
    CHECK(has(bench.run("album-import", {k_rumours}).err, "album-import: created 0, exists 1"));
    bench.run("album-import", {"--queue", "flag", "6e335887-60ba-38f0-95af-fae7774336bf"});
    CHECK(queue_of_last() == "flag");
    bench.folder.write("config.toml", "[album-import]\nqeue = \"x\"\n");
    const auto wrong = bench.run("album-import", {k_rumours});
    CHECK(wrong.status == 2);
    CHECK(has(wrong.err, "qeue"));
    bench.folder.write("config.toml", "[release-wroker]\n");
    CHECK(has(bench.run("album-import", {k_rumours}).err, "release-wroker"));
    bench.folder.write("config.toml", "[release-worker]\nall = true\n");
    CHECK(bench.run("release-worker", {"cancel"}).status == 2);
    for (const std::string text : {"= broken", "[[[", "[=]", "[[ .x"}) {
        bench.folder.write("config.toml", text);
        CHECK(bench.run("album-import", {k_rumours}).status == 2);
    }
    bench.folder.write("config.toml", std::string(2'000'000, '#'));
    CHECK(has(bench.run("album-import", {k_rumours}).err, "longer than 1 MiB"));
}

TEST_CASE("Help and version go to standard output") {
    ToolBench bench;
    for (const std::string tool :
         {"album-import", "release-worker", "release-catalog", "musicbrainz-mirror"}) {
        const auto help = bench.run(tool, {"--help"});
        CHECK(help.status == 0);
        CHECK(has(help.out, "Examples:"));
        CHECK(help.err.empty());
        const auto version = bench.run(tool, {"--version"});
        CHECK(version.status == 0);
        const std::regex form{tool + std::string{R"( [0-9]+\.[0-9]+\.[0-9]+\S*
SQLite [0-9.]+
catalogue schema [0-9]+
compiled by \w+ [0-9.]+
(note: SQLite .* lacks the fix of the WAL-reset bug .*
)?)"}};
        CHECK_MESSAGE(std::regex_match(version.out, form), version.out);
    }
    CHECK(has(bench.run("release-worker", {"run", "--help"}).out, "--source"));
}

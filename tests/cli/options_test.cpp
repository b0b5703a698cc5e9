// Where a setting comes from, and what a tool makes of words it does not know.
#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

std::string queue_of_last_job(const ToolBench& bench) {
    return bench.run("release-worker", {"jobs", "--limit", "1", "--json"})
        .documents()
        .at(0)["queue"];
}

}  // namespace

TEST_CASE("A tool's options mean the same before and behind the command") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    const std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> pairs{
        {{"--json", "jobs"}, {"jobs", "--json"}},
        {{"--json", "status"}, {"status", "--json"}},
        {{"--json", "-q", "show", "1"}, {"show", "1", "-q", "--json"}}};
    for (const auto& [before, behind] : pairs) {
        const auto first = bench.run("release-worker", before);
        const auto second = bench.run("release-worker", behind);
        check_quiet(first);
        check_quiet(second);
        CHECK_FALSE(first.documents().empty());
        CHECK(first.documents()[0]["state"] == second.documents()[0]["state"]);
    }
    CHECK(bench.run("release-catalog", {"--json", "albums"}).out ==
          bench.run("release-catalog", {"albums", "--json"}).out);
    const std::string other = bench.folder.file("other.db");
    check_refused(bench.run("release-catalog", {"albums", "--db", other}), 3, other);
    check_refused(bench.run("release-catalog", {"--db", other, "albums"}), 3, other);
}

TEST_CASE("What no tool knows is refused by each, with what may be meant") {
    struct Case {
        std::string tool;
        std::vector<std::string> arguments;
        std::string message;
    };
    const Case cases[] = {
        {"album-import", {"--jsno", k_rumours}, "--jsno; did you mean --json?"},
        {"album-import", {"--form=x.csv"}, "did you mean --from?"},
        {"release-catalog", {"albums", "--artsit", "Can"}, "did you mean --artist?"},
        {"release-worker", {"run", "--sorce", k_source}, "did you mean --source?"},
        {"release-catalog", {"album"}, "ALBUM is required"},
        {"release-catalog", {"relases"}, "\"relases\"; did you mean releases?"},
        {"release-catalog", {"vinyl"}, "there is no command \"vinyl\""},
        {"release-worker", {"jobs", "--state", "fialed"}, "did you mean failed?"},
        {"release-worker", {"jobs", "--state", "lost"}, "\"lost\" is none of pending,"},
        {"release-worker", {"show", "one"}, "JOB: \"one\" is not a whole number from 0 ("},
        {"release-worker", {"run", "--queue"}, "--queue needs a value: --queue Q (see"},
        {"release-worker",
         {"run", "--source", k_source, "--source", "file:b"},
         "given more than once"},
        {"release-worker", {"show", "77"}, "there is no job 77"},
        {"release-catalog", {"album", "77"}, "no album 77"},
        {"release-catalog", {"albums", "--year", "0"}, "\"0\" is no year"},
        {"release-catalog", {"album", k_rumours}, k_rumours},
        {"release-catalog", {"releases", "--format", "8-track"}, "\"8-track\" is none of vinyl,"},
        {"album-import", {"--color", "maybe", k_rumours}, "\"maybe\" is none of auto,"},
        {"album-import", {"--mbid", "x", "--album", "1"}, "--mbid: \"x\" is neither an MBID"},
        {"album-import", {"-q", "-v", k_rumours}, "--quiet excludes --verbose"},
        {"album-import", {"--no-releases", "--refresh", k_rumours}, "exclude each other"}};
    ToolBench bench;
    bench.run("album-import", {k_in_rainbows});
    for (const Case& one : cases) {
        CAPTURE(one.message);
        check_refused(bench.run(one.tool, one.arguments), 2, one.message);
    }
}

TEST_CASE("--db beats PRESSINGS_DB; without either the catalogue is where XDG says") {
    ToolBench bench;
    bench.run("album-import", {"--db", bench.folder.file("told.db"), k_rumours});
    CHECK(std::filesystem::exists(bench.folder.file("told.db")));
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("catalog.db")));
    bench.environment.erase("PRESSINGS_DB");
    CHECK(bench.run("album-import", {k_rumours}).status == 0);
    CHECK(std::filesystem::exists(bench.folder.file(".local/share/pressings/catalog.db")));
    bench.environment["XDG_DATA_HOME"] = bench.folder.file("data");
    CHECK(bench.run("album-import", {k_rumours}).status == 0);
    CHECK(std::filesystem::exists(bench.folder.file("data/pressings/catalog.db")));
}

TEST_CASE("An empty --db is a mistake, not the catalogue of somebody else") {
    ToolBench bench;
    for (const char* option : {"--db", "--db="}) {
        std::vector<std::string> arguments{k_rumours, option};
        if (arguments.back() == "--db") arguments.push_back("");
        check_refused(bench.run("album-import", arguments), 2, "--db");
    }
    CHECK_FALSE(std::filesystem::exists(bench.folder.file(".local")));
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("catalog.db")));
}

TEST_CASE("The source comes from the flag, else the environment, else the settings") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    const auto named = [&](const char* name) { return "file:" + bench.folder.file(name); };
    bench.folder.write("config.toml", "[release-worker]\nsource = \"" + named("settings") + "\"\n");
    bench.environment["PRESSINGS_CONFIG"] = bench.folder.file("config.toml");
    check_refused(bench.run("release-worker", {"run"}), 3, bench.folder.file("settings"));
    bench.environment["PRESSINGS_SOURCE"] = named("environment");
    check_refused(bench.run("release-worker", {"run"}), 3, bench.folder.file("environment"));
    check_refused(bench.run("release-worker", {"run", "--source", named("flag")}), 3,
                  bench.folder.file("flag"));
    bench.environment["PRESSINGS_SOURCE"] = k_source;
    CHECK(bench.run("release-worker", {"run"}).status == 0);
}

TEST_CASE("A flag beats the settings, the settings beat what is built in") {
    ToolBench bench;
    const std::string config =
        bench.folder.write("own.toml", "[album-import]\nqueue = \"settings\"\n");
    bench.run("album-import", {k_rumours});
    CHECK(queue_of_last_job(bench) == "default");
    bench.run("album-import", {"--config", config, "--artist", "Can", "--title", "Tago Mago"});
    CHECK(
        bench.run("release-worker", {"jobs", "--queue", "settings", "--json"}).documents().size() ==
        1);
    bench.run("album-import", {"--config", config, "--queue", "flag", k_in_rainbows});
    CHECK(bench.run("release-worker", {"jobs", "--queue", "flag", "--json"}).documents().size() ==
          1);
}

TEST_CASE("Settings are found in the XDG folder, and an unknown one is named with its file") {
    ToolBench bench;
    std::filesystem::create_directories(bench.folder.file(".config/pressings"));
    const std::string file =
        bench.folder.write(".config/pressings/config.toml", "[album-import]\nqeue = \"x\"\n");
    const auto refused = bench.run("album-import", {k_rumours});
    check_refused(refused, 2, file);
    CHECK(has(refused.err, "qeue"));
    CHECK(bench.run("release-worker", {"explain-retry"}).status == 0);
    bench.folder.write(".config/pressings/config.toml", "colour = \"never\"\n");
    check_refused(bench.run("release-catalog", {"albums"}), 2, "colour");
    bench.folder.write(".config/pressings/config.toml", "log_format = \"xml\"\n");
    check_refused(bench.run("release-catalog", {"albums"}), 2, "xml");
    check_refused(bench.run("album-import", {"--config", bench.folder.file("none"), k_rumours}), 2,
                  bench.folder.file("none"));
}

TEST_CASE("-q leaves warnings and errors, and the exit status") {
    ToolBench bench;
    check_quiet(bench.run("album-import", {"-q", k_rumours}));
    const auto warned = bench.run("album-import", {"--quiet", "nonsense"});
    CHECK(warned.status == 1);
    CHECK(warned.out == "");
    CHECK(has(warned.err, "argument 1: rejected (bad_mbid): \"nonsense\""));
    CHECK_FALSE(has(warned.err, "created"));
}

TEST_CASE("With --log-format json every line on stderr is an object, errors too") {
    ToolBench bench;
    bench.environment["PRESSINGS_LOG_FORMAT"] = "json";
    const auto mixed = bench.run("album-import", {k_rumours, "nonsense", k_not_recorded});
    const auto failed = bench.run("release-worker", {"run", "--source", k_source});
    const auto refused = bench.run("album-import", {"--db", "/proc/none/catalog.db", k_rumours});
    CHECK(mixed.status == 1);
    CHECK(failed.status == 1);
    CHECK(refused.status == 3);
    for (const auto* run : {&mixed, &failed, &refused}) {
        ToolRun lines;
        lines.out = run->err;
        CHECK_FALSE(lines.documents().empty());
        for (const Json& line : lines.documents())
            check_schema("log-line", line);
    }
    ToolRun lines;
    lines.out = mixed.err;
    CHECK(lines.documents().at(0)["level"] == "warning");
    CHECK(lines.documents().at(0)["code"] == "bad_mbid");
    CHECK(lines.documents().at(1)["created"] == 2);
}

TEST_CASE("Help and version go to standard output alone, for every tool and command") {
    const std::map<std::string, std::vector<std::string>> commands{
        {"album-import", {}},
        {"release-worker",
         {"run", "probe", "status", "jobs", "show", "retry", "cancel", "run-now", "pause", "resume",
          "refresh", "prune", "explain-retry", "check", "backup", "restore"}},
        {"release-catalog", {"albums", "album", "releases", "stats", "search"}}};
    ToolBench bench;
    bench.environment = {{"PATH", "/usr/bin:/bin"}};
    for (const auto& [tool, names] : commands) {
        CAPTURE(tool);
        for (const char* flag : {"-h", "--help", "--version"}) {
            const auto run = bench.run(tool, {flag});
            check_quiet(run);
            CHECK(has(run.out, tool));
        }
        for (const std::string& name : names) {
            CAPTURE(name);
            const auto run = bench.run(tool, {name, "--help"});
            check_quiet(run);
            CHECK(has(run.out, name));
        }
    }
}

#include <sqlite3.h>

#include "cli/help_text.hpp"
#include "cli/option_row.hpp"

namespace pressings::test {

namespace {

/// Holds a database as a writer that takes its time does.
class Locked {
  public:
    explicit Locked(const std::string& path) {
        REQUIRE(sqlite3_open(path.c_str(), &m_database) == SQLITE_OK);
        REQUIRE(sqlite3_exec(m_database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) ==
                SQLITE_OK);
    }
    ~Locked() { sqlite3_close(m_database); }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;

  private:
    sqlite3* m_database = nullptr;
};

void every_tool_prints(const std::string& option, const std::string& wanted) {
    for (const std::string& tool : k_tools) {
        const auto run = ToolBench{}.run(tool, {option});
        check_quiet(run);
        CHECK_MESSAGE(has(run.out, wanted == "version" ? tool + " " : wanted), tool);
    }
}

void writes_json() {
    const ToolBench bench;
    bench.run("album-import", {k_rumours});
    for (const auto& [tool, command] :
         std::vector<std::pair<std::string, Words>>{{"release-worker", {"status"}},
                                                    {"release-worker", {"jobs"}},
                                                    {"release-catalog", {"albums"}},
                                                    {"release-catalog", {"stats"}},
                                                    {"album-import", {"-q", k_in_rainbows}}}) {
        CHECK(bench.run(tool, command + Words{"--json"}).documents().size() == 1);
        CHECK_FALSE(nlohmann::json::accept(bench.run(tool, command).out));
    }
}

/// What each of the tools says of a healthy run, with more told or less.
void log_is(const Words& options, bool summary, bool details) {
    const ToolBench bench;
    const auto imported = bench.run("album-import", options + Words{k_rumours});
    CHECK(has(imported.err, "created 1") == summary);
    CHECK(has(imported.err, "album-import: database " + bench.folder.file("catalog.db")) ==
          details);
    const auto worked = bench.run("release-worker", options + Words{"run", "--source", k_source});
    CHECK(has(worked.err, "job 1, album 1") == summary);
    CHECK(has(worked.err, "release-worker: source " + k_source) == details);
    const auto shown = bench.run("release-catalog", options + Words{"albums"});
    CHECK(shown.err.empty() != details);
}

void locked_database_is_given_up() {
    const ToolBench bench;
    bench.run("album-import", {k_rumours});
    const Locked locked{bench.folder.file("catalog.db")};
    auto command = piped(bench, "album-import", {k_in_rainbows, "--busy-timeout", "50ms"});
    command.timeout = std::chrono::seconds{20};  // the default waits for 30
    check_refused(run_process(command), 3, "locked");
}

void settings_are_read() {
    ToolBench bench;
    const std::string file = bench.folder.write(
        "own.toml", "db = \"" + bench.folder.file("own.db") + "\"\nlog-format = \"json\"\n");
    bench.environment.erase("PRESSINGS_DB");
    for (const std::string how : {"flag", "environment"}) {
        Words arguments{k_rumours};
        if (how == "flag") arguments = arguments + Words{"--config", file};
        if (how == "environment") bench.environment["PRESSINGS_CONFIG"] = file;
        const auto run = bench.run("album-import", arguments);
        CHECK(run.status == 0);
        CHECK(nlohmann::json::accept(run.err));
        CHECK(std::filesystem::remove(bench.folder.file("own.db")));
    }
}

}  // namespace

OptionRows common_option_rows() {
    return {
        {"", "--help", [] { every_tool_prints("--help", "Usage: "); }},
        {"", "--version", [] { every_tool_prints("--version", "version"); }},
        {"", "--db",
         [] {
             const ToolBench bench;
             bench.run("album-import", {k_rumours, "--db", bench.folder.file("other.db")});
             CHECK(std::filesystem::exists(bench.folder.file("other.db")));
             CHECK_FALSE(std::filesystem::exists(bench.folder.file("catalog.db")));
         }},
        {"", "--json", writes_json},
        {"", "--quiet", [] { log_is({"--quiet"}, false, false); }},
        {"", "--verbose",
         [] {
             log_is({}, true, false);
             log_is({"--verbose"}, true, true);
         }},
        {"", "--log-format",
         [] {
             const ToolBench bench;
             const auto json = bench.run("album-import", {k_rumours, "--log-format", "json"});
             CHECK(nlohmann::json::accept(json.err));
             const auto text = bench.run("album-import", {k_rumours, "--log-format", "text"});
             CHECK_FALSE(nlohmann::json::accept(text.err));
         }},
        {"", "--color",
         [] {
             ToolBench bench;
             bench.run("album-import", {k_rumours});
             const auto is_colored = [&](const Words& options) {
                 return has(bench.run("release-worker", Words{"jobs"} + options).out, "\x1b[");
             };
             CHECK(is_colored({"--color", "always"}));
             CHECK_FALSE(is_colored({"--color", "never"}));
             CHECK_FALSE(is_colored({"--color", "auto"}));
             bench.environment["NO_COLOR"] = "1";
             CHECK(is_colored({"--color", "always"}));
         }},
        {"", "--no-pager",  // on a terminal: pager_test.cpp
         [] {
             const ToolBench bench;
             CHECK(bench.run("album-import", {k_rumours, "--no-pager"}).status == 0);
         }},
        {"", "--config", settings_are_read},
        {"", "--busy-timeout", locked_database_is_given_up},
        {"", "--db-pooler",  // through a real one: postgresql_test.cpp
         [] {
             const ToolBench bench;
             CHECK(bench.run("album-import", {k_rumours, "--db-pooler", "transaction"}).status ==
                   0);
             check_refused(bench.run("album-import", {k_rumours, "--db-pooler", "statement"}), 2,
                           "session");
         }},
        // There is no network file system to be had in a test: what it must not do is harm.
        {"", "--allow-network-filesystem",
         [] {
             const ToolBench bench;
             const auto run = bench.run("album-import", {k_rumours, "--allow-network-filesystem"});
             CHECK(run.status == 0);
             CHECK(jobs(bench).size() == 1);
         }},
        {"", "--print-config",
         [] { every_tool_prints("--print-config", "color = \"auto\"  # built in"); }},
    };
}

}  // namespace pressings::test

// What a newcomer sees: help, and errors that point at it.
#include <map>
#include <regex>
#include <set>

#include "cli/help_text.hpp"
#include "cli/recorded_albums.hpp"
#include "support/terminal.hpp"

using namespace pressings::test;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream{text};
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// What a person types for it.
std::string typed(const HelpPage& page) {
    return page.command.empty() ? page.tool : page.tool + " " + page.command;
}

std::set<std::string> options_in(const std::string& text) {
    static const std::regex option{"--[a-z][a-z-]+"};
    std::set<std::string> options;
    for (std::sregex_iterator at{text.begin(), text.end(), option}, end; at != end; ++at)
        options.insert(at->str());
    return options;
}

/// A man page as plain text: "\-" is "-".
std::string man_page(const std::string& page) {
    std::ifstream file{std::string{PRESSINGS_SOURCE_DIR} + "/apps/" + page};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    for (auto at = text.find("\\-"); at != std::string::npos; at = text.find("\\-", at))
        text.erase(at, 1);
    return text;
}

/// What has a paragraph of its own in a section of the tool's page: the names in the line that
/// begins it.
std::set<std::string> explained(const std::string& tool, const std::string& section,
                                const std::regex& name, std::size_t group) {
    std::set<std::string> names;
    std::string before;
    bool is_inside = false;
    for (const std::string& line : lines_of(man_page(tool + "/" + tool + ".1"))) {
        if (line.starts_with(".SH ")) is_inside = line == ".SH " + section;
        if (is_inside && (before == ".TP" || before == ".TQ")) {
            for (std::sregex_iterator at{line.begin(), line.end(), name}, end; at != end; ++at)
                names.insert((*at)[group]);
        }
        before = line;
    }
    return names;
}

}  // namespace

TEST_CASE("Each help fits 80 columns, has an example, and no residue of the parsing library") {
    const ToolBench bench;
    for (const HelpPage& page : help_pages(bench)) {
        CAPTURE(typed(page));
        CHECK(has(page.text, "Usage: " + typed(page)));
        CHECK(has(page.text, "Examples:\n"));
        CHECK(has(page.text, "--db PATH|URI"));
        for (const char* residue : {"Excludes:", "Needs:", "REQUIRED", "(Env:", "..1000", "TEXT"})
            CHECK_FALSE(has(page.text, residue));
        for (const std::string& line : lines_of(page.text)) {
            CAPTURE(line);
            CHECK((line.size() <= 80 || has(line, "http")));
        }
    }
}

TEST_CASE("help COMMAND is COMMAND --help, and -V is --version") {
    const ToolBench bench;
    for (const std::string& tool : k_tools) {
        check_quiet(bench.run(tool, {"-V"}));
        CHECK(bench.run(tool, {"-V"}).out == bench.run(tool, {"--version"}).out);
    }
    for (const HelpPage& page : help_pages(bench)) {
        CAPTURE(typed(page));
        if (page.tool == "album-import") continue;  // it has no commands
        const auto run = page.command.empty() ? bench.run(page.tool, {"help"})
                                              : bench.run(page.tool, {"help", page.command});
        check_quiet(run);
        CHECK(run.out == page.text);
    }
}

TEST_CASE("The help of a command that is not there is refused") {
    const ToolBench bench;
    check_refused(bench.run("release-worker", {"help", "stauts"}), 2,
                  "there is no command \"stauts\"; did you mean status?");
}

TEST_CASE("Help fits the terminal that it is shown on") {
    ToolBench bench;
    for (const std::size_t columns : {40, 60, 100}) {
        bench.environment["COLUMNS"] = std::to_string(columns);
        const std::string help = bench.run("release-worker", {"run", "--help"}).out;
        for (const std::string& line : lines_of(help.substr(0, help.find("Examples:")))) {
            CAPTURE(line);
            CHECK((line.size() <= columns || has(line, "http") || has(line, "/")));
        }
        CHECK(has(help, "[default: 25s]"));
    }
    bench.environment.erase("COLUMNS");
    const std::string shown = run_on_terminal(piped(bench, "release-worker", {"run", "--help"}));
    const auto lines = lines_of(shown);
    CHECK(std::any_of(lines.begin(), lines.end(),
                      [](const std::string& line) { return line.size() > 90; }));
}

TEST_CASE("A bare tool shows its help, and says that nothing was done") {
    const ToolBench bench;
    for (const std::string& tool : k_tools) {
        CAPTURE(tool);
        const auto run = bench.run(tool, {});
        CHECK(run.status == 2);
        CHECK(run.out == "");
        CHECK(has(run.err, "Usage: " + tool));
        CHECK(has(run.err, "nothing was asked for"));
    }
}

TEST_CASE("A usage error points at the help that has the option, in the form asked for") {
    ToolBench bench;
    check_refused(
        bench.run("release-worker", {"run", "--rate", "0"}), 2,
        "--rate: \"0\" is not a number from 0.001 to 1000000 (see release-worker run --help)");
    CHECK_FALSE(has(bench.run("release-catalog", {"albums", "--nope"}).err, "did you mean"));
    bench.environment["PRESSINGS_LOG_FORMAT"] = "json";
    const auto refused = bench.run("release-worker", {"jobs", "--state", "fialed"});
    ToolRun lines;
    lines.out = refused.err;
    REQUIRE(lines.documents().size() == 1);
    check_schema("log-line", lines.documents().at(0));
}

TEST_CASE("Help and man page have the same options and commands, each with a word on it") {
    std::map<std::string, std::set<std::string>> options;
    std::map<std::string, std::set<std::string>> commands;
    for (const HelpPage& page : help_pages(ToolBench{})) {
        options[page.tool].insert(page.options.begin(), page.options.end());
        if (!page.command.empty()) commands[page.tool].insert(page.command);
    }
    static const std::regex option{"--[a-z][a-z-]+"};
    static const std::regex command{R"((^|[ "])([a-z][a-z-]+)(?=[ "]|$))"};
    for (const std::string& tool : k_tools) {
        CAPTURE(tool);
        CHECK(explained(tool, "OPTIONS", option, 0) == options[tool]);
        CHECK(explained(tool, "COMMANDS", command, 2) == commands[tool]);
    }
}

TEST_CASE("No man page speaks of an option that no tool has") {
    // Of systemctl, systemd-tmpfiles, createdb, pg_dump and pg_restore.
    std::set<std::string> known{"--now",    "--create", "--encoding", "--template",  "--format",
                                "--schema", "--file",   "--clean",    "--if-exists", "--dbname"};
    for (const HelpPage& page : help_pages(ToolBench{}))
        known.insert(page.options.begin(), page.options.end());
    for (const char* page :
         {"pressings.7", "pressings-postgresql.7", "pressings.toml.5",
          "album-import/album-import.1", "release-worker/release-worker.1",
          "release-catalog/release-catalog.1", "musicbrainz-mirror/musicbrainz-mirror.1"}) {
        CAPTURE(page);
        for (const std::string& option : options_in(man_page(page))) {
            CAPTURE(option);
            CHECK(known.contains(option));
        }
    }
}

TEST_CASE("An option in the wrong place is told where it belongs") {
    const ToolBench bench;
    check_refused(bench.run("release-worker", {"--loop", "run"}), 2,
                  "--loop goes behind the command: release-worker run --loop (see release-worker "
                  "run --help)");
    check_refused(bench.run("release-worker", {"status", "--rate=1"}), 2,
                  "--rate is an option of run, probe (see release-worker run --help)");
    check_refused(bench.run("musicbrainz-mirror", {"info", "--listen", "x"}), 2,
                  "--listen is an option of serve (see musicbrainz-mirror serve --help)");
}

TEST_CASE("What is suggested is near what was typed, or nothing is") {
    struct Case {
        std::vector<std::string> words;
        std::string suggestion;  ///< "" for none
    };
    const ToolBench bench;
    for (const Case& one :
         std::vector<Case>{{{"release-catalog", "albums", "--nope"}, ""},
                           {{"release-catalog", "albums", "--tpye", "ep"}, "--type"},
                           {{"release-catalog", "albmus"}, "albums"},
                           {{"release-catalog", "xyzzy"}, ""},
                           {{"release-worker", "run", "--xyzzy"}, ""},
                           {{"release-worker", "prob"}, "probe"},
                           {{"release-worker", "jobs", "--state", "fialed"}, "failed"},
                           {{"release-worker", "jobs", "--state", "odd"}, ""},
                           {{"musicbrainz-mirror", "lod", "x"}, "load"},
                           {{"album-import", "--form", "x"}, "--from"}}) {
        CAPTURE(one.words[1]);
        const auto run = bench.run(one.words.front(), {one.words.begin() + 1, one.words.end()});
        CHECK(run.status == 2);
        CAPTURE(run.err);
        CHECK(has(run.err, "did you mean " + one.suggestion) == !one.suggestion.empty());
        CHECK(has(run.err, "(see " + one.words.front()));
    }
}

// What a newcomer sees: help, and errors that point at it.
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
std::string man_page(const std::string& tool) {
    std::ifstream file{std::string{PRESSINGS_SOURCE_DIR} + "/apps/" + tool + "/" + tool + ".1"};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    for (auto at = text.find("\\-"); at != std::string::npos; at = text.find("\\-", at))
        text.erase(at, 1);
    return text;
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

TEST_CASE("Help and man page know the same options") {
    const ToolBench bench;
    const auto pages = help_pages(bench);
    std::set<std::string> known;
    for (const HelpPage& page : pages)
        known.merge(options_in(page.text));
    for (const HelpPage& page : pages) {
        CAPTURE(typed(page));
        const std::string manual = man_page(page.tool);
        const auto in_manual = options_in(manual);
        for (const std::string& option : options_in(page.text)) {
            CAPTURE(option);
            CHECK(in_manual.contains(option));
        }
        for (const std::string& option : in_manual) {
            CAPTURE(option);
            CHECK(known.contains(option));
        }
        const bool is_there = has(manual, "\n.B " + page.command) ||
                              has(manual, "\n.BR " + page.command) ||
                              has(manual, "\n.BI " + page.command);
        CHECK(is_there);
    }
}

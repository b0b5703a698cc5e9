// Long lists on a terminal go through a pager, short ones and pipes do not; a reader who leaves is
// no error.
#include "cli/recorded_albums.hpp"
#include "support/terminal.hpp"

using namespace pressings::test;
using Words = std::vector<std::string>;

namespace {

/// Made once: nothing here writes.
const ToolBench& recorded() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        import_recorded(made);
        return &made;
    }();
    return *bench;
}

/// What a terminal of 50 lines shows, and the exit status behind it.
std::string shown(const std::string& tool_and_arguments, const std::string& pager,
                  const std::string& terminal = "xterm") {
    Command command;
    command.arguments = {
        "/bin/sh", "-c",
        std::string{PRESSINGS_BIN_DIR} + "/" + tool_and_arguments + "; echo status $?"};
    command.environment = recorded().environment;
    command.environment["PATH"] = "/usr/bin:/bin";
    command.environment["TERM"] = terminal;
    command.environment["PAGER"] = pager;
    return run_on_terminal(command);
}

constexpr const char* k_mark = "sed s/^/paged:/";
const std::string k_long = std::string{"release-catalog album --tracks "} + k_in_rainbows;

}  // namespace

TEST_CASE("A list longer than the terminal goes through the pager, a shorter one does not") {
    const std::string text = shown(k_long, k_mark);
    CHECK(has(text, "paged:Radiohead - In Rainbows"));
    CHECK(has(text, "status 0"));
    CHECK(has(shown("release-worker explain-retry", k_mark), "paged:HTTP 404"));
    CHECK_FALSE(has(shown("release-catalog albums", k_mark), "paged:"));
}

TEST_CASE("There is no pager where none is wanted") {
    CHECK_FALSE(has(shown(k_long + " --no-pager", k_mark), "paged:"));
    CHECK_FALSE(has(shown(k_long + " --json", k_mark), "paged:"));
    CHECK_FALSE(has(shown(k_long + " | cat", k_mark), "paged:"));
    CHECK_FALSE(has(shown(k_long, k_mark, "dumb"), "paged:"));
    for (const char* none : {"", " ", "cat"}) {
        const std::string text = shown(k_long, none);
        CHECK(has(text, "Radiohead - In Rainbows"));
        CHECK(has(text, "status 0"));
    }
}

TEST_CASE("Who leaves the pager early ends the list, and nothing failed") {
    CHECK(has(shown(k_long, "head -n 1"), "status 0"));
    CHECK(has(shown("release-worker explain-retry", "true"), "status 0"));
}

TEST_CASE("A pager that is not there is an error that says how to do without") {
    const std::string text = shown(k_long, "no-such-pager");
    CHECK(has(text, "--no-pager does without"));
    CHECK(has(text, "status 3"));
}

TEST_CASE("What comes from outside is as safe in a pager as on the terminal") {
    CHECK_FALSE(has(shown(k_long + " --color never", "cat -v"), "^["));
}

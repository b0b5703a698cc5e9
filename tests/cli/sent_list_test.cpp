// A list that is sent to album-import, and what is no list; what it says to do next.
#include "cli/recorded_albums.hpp"
#include "support/terminal.hpp"

using namespace pressings::test;
using Words = std::vector<std::string>;

namespace {

const std::string k_list = std::string{k_rumours} + "\n" + k_in_rainbows + "\n";

/// In a shell, whose redirections are real ones.
Finished type(const ToolBench& bench, const std::string& command) {
    Command shell;
    shell.arguments = {"/bin/sh", "-c", command};
    shell.environment = bench.environment;
    shell.environment["PATH"] = std::string{PRESSINGS_BIN_DIR} + ":/usr/bin:/bin";
    shell.environment["LIST"] = bench.folder.write("list.mbid", k_list);
    return run_process(shell);
}

}  // namespace

TEST_CASE("A list on a pipe or from a file is read, whether - is named or not") {
    for (const std::string command :
         {"cat \"$LIST\" | album-import", "album-import < \"$LIST\"",
          "cat \"$LIST\" | album-import -", "(sleep 0.3; cat \"$LIST\") | album-import",
          "gzip < \"$LIST\" | album-import", "cat \"$LIST\" | album-import --queue slow",
          "album-import - --from - < \"$LIST\""}) {
        CAPTURE(command);
        const ToolBench bench;
        const auto run = type(bench, command);
        CHECK(run.status == 0);
        CHECK(run.err == "album-import: created 2, exists 0, rejected 0\n");
    }
    const ToolBench bench;
    const auto again =
        type(bench, "album-import -q < \"$LIST\"; album-import --refresh < \"$LIST\"");
    CHECK(has(again.err, "album-import: created 0, exists 2, rejected 0\n"));
}

TEST_CASE("Where an album is named, standard input is left alone") {
    const ToolBench bench;
    const auto run =
        type(bench, std::string{"cat \"$LIST\" | (album-import "} + k_rumours + "; cat)");
    CHECK(run.status == 0);
    CHECK(run.err == "album-import: created 1, exists 0, rejected 0\n");
    CHECK(has(run.out, k_list));
    const auto both = type(bench, std::string{"album-import "} + k_rumours + " - < \"$LIST\"");
    CHECK(both.err == "album-import: created 1, exists 2, rejected 0\n");
}

TEST_CASE("/dev/null, a closed input and an empty pipe are no list: the usage is what it was") {
    const ToolBench bench;
    for (const std::string input : {"< /dev/null", "<&-"}) {
        CAPTURE(input);
        const auto bare = type(bench, "album-import " + input);
        CHECK(bare.status == 2);
        CHECK(has(bare.err, "Usage: album-import [OPTIONS] [ALBUM...]"));
        const auto options = type(bench, "album-import --queue slow " + input);
        CHECK(options.status == 2);
        CHECK(has(options.err, "error: no album given"));
    }
    CHECK(type(bench, ": | album-import").status == 2);
    CHECK(has(type(bench, ": | album-import --queue slow").err, "error: no album given"));
    CHECK_FALSE(std::filesystem::exists(bench.environment.at("PRESSINGS_DB")));
    check_refused(type(bench, "album-import - < /dev/null"), 2, "standard input is empty");
}

TEST_CASE("On a terminal a list is not waited for, and an import says what to type next") {
    const ToolBench bench;
    CHECK(
        has(run_on_terminal(piped(bench, "album-import", {"--queue", "slow"})), "no album given"));
    const std::string next = "next: release-worker run imports the releases (1 job waits)\r\n";
    CHECK(
        has(run_on_terminal(piped(bench, "album-import", {"--dry-run", k_rumours})), "created 1"));
    const std::string shown = run_on_terminal(piped(bench, "album-import", {k_rumours}));
    CHECK(has(shown, "created 1, exists 0, rejected 0\r\nalbum-import: " + next));
    for (const Words& quiet :
         {Words{"-q", k_in_rainbows}, Words{k_in_rainbows}, Words{"--dry-run", k_not_recorded},
          Words{"--no-releases", k_not_recorded}}) {
        CAPTURE(quiet.front());
        CHECK_FALSE(has(run_on_terminal(piped(bench, "album-import", quiet)), "next: "));
    }
}

TEST_CASE("The next step names the catalogue, unless the environment does") {
    ToolBench bench;
    const std::string other = bench.folder.file("other.db");
    const auto shown =
        run_on_terminal(piped(bench, "album-import", {"--db", other, k_rumours, "--json"}));
    CHECK(has(shown, "next: release-worker run --db " + other + " imports"));
    const auto piped_run = bench.run("album-import", {k_rumours});
    CHECK_FALSE(has(piped_run.err, "next: "));
}

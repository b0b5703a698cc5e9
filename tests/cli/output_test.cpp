// Where the answer goes: a full disk, a reader that leaves, a terminal that must not be fooled.
#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// A title and a queue's worth of what must reach no terminal: an escape sequence, a bell, line
/// ends, the C1 form of an escape sequence, a turned reading direction.
const std::string k_title =
    "\x1B[31mred\a\r\nnext\xC2\x9B"
    "1m\xE2\x80\xAE"
    "dne";
const std::string k_shown = "\\u{1B}[31mred\\u{7}\\r\\nnext\\u{9B}1m\\u{202E}dne";

bool has_controls(const std::string& text) {
    return text.find_first_of("\x1B\a\r") != std::string::npos || has(text, "\xC2\x9B") ||
           has(text, "\xE2\x80\xAE");
}

void import_hostile(const ToolBench& bench) {
    const Json record{{"artist", "a"}, {"title", k_title}};
    const auto run =
        bench.run("album-import", {"--from", "-", "--format", "ndjson"}, record.dump() + "\n");
    CHECK(run.status == 0);
    CHECK(has(run.out, k_shown));
}

}  // namespace

TEST_CASE("A full disk under standard output is told of by every tool") {
    ToolBench bench;
    import_recorded(bench);
    bench.output = "/dev/full";
    const std::pair<const char*, std::vector<std::string>> runs[] = {
        {"release-catalog", {"releases", "--json", "--tracks"}},
        {"release-catalog", {"album", k_in_rainbows}},
        {"release-catalog", {"stats"}},
        {"release-worker", {"status", "--json"}},
        {"release-worker", {"jobs"}},
        {"release-worker", {"run", "--source", k_source}},
        {"album-import", {k_rumours}}};
    for (const auto& [tool, arguments] : runs) {
        CAPTURE(arguments.front());
        const auto run = bench.run(tool, arguments);
        CHECK(run.status == 3);
        CHECK(has(run.err, "error: cannot write to standard output: "));
        CHECK(has(run.err, "No space left"));
    }
}

TEST_CASE("A reader that leaves early ends a list quietly") {
    ToolBench bench;
    import_recorded(bench);
    for (const std::size_t read : {0, 1, 10'000}) {
        CAPTURE(read);
        for (const char* form : {"--json", "--removed"}) {
            auto list = piped(bench, "release-catalog", {"releases", "--tracks", form});
            list.read_at_most = read;
            check_quiet(run_process(list));
        }
    }
    auto jobs = piped(bench, "release-worker", {"jobs", "--limit", "0"});
    jobs.read_at_most = 0;
    const auto run = run_process(jobs);
    CHECK(run.status < 2);
    CHECK(run.err == "");
}

TEST_CASE("A reader that leaves an import leaves whole albums, and no complaint") {
    ToolBench bench;
    auto import = piped(bench, "album-import", {"--from", "-", "--json", "--batch", "10"});
    import.input = recorded_batch();
    import.read_at_most = 0;
    const auto run = run_process(import);
    CHECK(run.status == 1);
    CHECK_FALSE(has(run.err, "error"));
    const auto albums = bench.run("release-catalog", {"albums", "--json"}).documents().size();
    CHECK(albums >= 10);
    CHECK(bench.run("release-worker", {"jobs", "--limit", "0", "--json"}).documents().size() ==
          albums);
    check_quiet(bench.run("release-worker", {"check"}));
}

TEST_CASE("A reader that leaves a worker leaves whole imports, and no complaint") {
    ToolBench bench;
    bench.run("album-import", {"--from", "-"}, recorded_batch());
    auto work = piped(bench, "release-worker", {"run", "-q", "--source", k_source, "--json"});
    work.read_at_most = 0;
    const auto run = run_process(work);
    CHECK(run.status < 2);
    CHECK(run.err == "");
    check_quiet(bench.run("release-worker", {"check"}));
    CHECK(bench.run("release-worker", {"run", "--source", k_source}).status == 0);
    const auto status = bench.run("release-worker", {"status", "--json"}).documents().at(0);
    CHECK(status["jobs"]["done"] == 31);
    CHECK(status["releases"] == 41);
}

TEST_CASE("Control characters of a title are shown escaped in every table and log") {
    ToolBench bench;
    import_hostile(bench);
    const auto worked = bench.run("release-worker", {"run", "--source", k_source});
    CHECK(worked.status == 1);
    CHECK(has(worked.err, k_shown));
    CHECK_FALSE(has_controls(worked.out + worked.err));
    const std::pair<const char*, std::vector<std::string>> looks[] = {
        {"release-catalog", {"albums"}},
        {"release-catalog", {"album", "1"}},
        {"release-catalog", {"search", "31mred*"}},
        {"release-worker", {"jobs"}},
        {"release-worker", {"status"}},
        {"release-worker", {"show", "1"}}};
    for (const auto& [tool, arguments] : looks) {
        CAPTURE(arguments.front());
        const auto run = bench.run(tool, arguments);
        check_quiet(run);
        CHECK(has(run.out, k_shown));
        CHECK_FALSE(has_controls(run.out));
    }
}

TEST_CASE("JSON holds a title as it is, and on its line nothing raw") {
    ToolBench bench;
    import_hostile(bench);
    for (const char* command : {"albums", "album"}) {
        std::vector<std::string> arguments{command, "--json"};
        if (arguments[0] == "album") arguments.push_back("1");
        const auto run = bench.run("release-catalog", arguments);
        check_quiet(run);
        REQUIRE(run.documents().size() == 1);
        CHECK(run.documents()[0]["title"] == k_title);
        CHECK(run.out.find_first_of("\x1B\a\r") == std::string::npos);
    }
    CHECK(bench.run("release-worker", {"jobs", "--json"}).documents().at(0)["title"] == k_title);
}

TEST_CASE("Names of files and words of the command line are shown escaped as well") {
    ToolBench bench;
    const std::string evil = "\x1B]0;x\a";
    const std::pair<const char*, std::vector<std::string>> runs[] = {
        {"album-import", {evil}},
        {"album-import", {"--" + evil}},
        {"album-import", {"--from", bench.folder.file(evil)}},
        {"album-import", {"--db", "/proc/" + evil + "/x", k_rumours}},
        {"album-import", {"--rejects", "/proc/" + evil, "x"}},
        {"release-worker", {evil}},
        {"release-worker", {"run", "--source", "file:/proc/" + evil}},
        {"release-worker", {"run", "--source", evil}},
        {"release-catalog", {"album", evil}},
        {"release-catalog", {"releases", "--format", evil}}};
    for (const auto& [tool, arguments] : runs) {
        const auto run = bench.run(tool, arguments);
        CAPTURE(run.err);
        CHECK(run.status > 0);
        CHECK(run.out == "");
        CHECK_FALSE(has_controls(run.err));
        CHECK(has(run.err, "\\u{1B}"));
    }
}

TEST_CASE("Colour is for terminals, unless it is asked for") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    const auto plain = bench.run("release-catalog", {"albums"});
    CHECK_FALSE(has(plain.out, "\x1B"));
    CHECK(bench.run("release-catalog", {"albums", "--color", "never"}).out == plain.out);
    CHECK(has(bench.run("release-catalog", {"albums", "--color", "always"}).out, "\x1B[1mALBUM"));
    CHECK_FALSE(
        has(bench.run("release-catalog", {"albums", "--color", "always", "--json"}).out, "\x1B"));
}

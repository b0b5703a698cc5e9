// The tools under a limit of memory: they do their work, or say that they cannot; never half of it.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include "support/process.hpp"
#include "support/tool.hpp"

using namespace pressings::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool k_has_shadow = true;  // a sanitizer reserves terabytes of addresses
#else
constexpr bool k_has_shadow = false;
#endif

const std::string k_source = "file:" PRESSINGS_TEST_DATA "/musicbrainz/recorded";

Finished run_within(const ToolBench& bench, int megabytes, const std::string& tool,
                    const std::string& arguments, const std::string& input = "") {
    Command command;
    command.arguments = {"/bin/sh", "-c",
                         "ulimit -v " + std::to_string(megabytes * 1024) + "; exec " +
                             PRESSINGS_BIN_DIR + "/" + tool + " " + arguments};
    command.environment = bench.environment;
    command.input = input;
    return run_process(command);
}

/// What the tool says is clear; before it has begun, the loader says it.
void check_told(const Finished& run) {
    constexpr int k_loader_failed = 127;
    CAPTURE(run.err);
    CHECK((run.status == 0 || run.status == 1 || run.status == 3 || run.status == k_loader_failed));
    if (run.status != 0) CHECK_FALSE(run.err.empty());
    if (run.status == 3) CHECK(run.err.find("emory") != std::string::npos);
}

}  // namespace

TEST_CASE("Under any limit of memory, albums go in with their jobs or not at all") {
    if (k_has_shadow) return;
    constexpr int k_albums = 4'000;  // some batches, so that a thread reads ahead
    std::string batch;
    for (int n = 0; n < k_albums; ++n)
        batch += "{\"artist\":\"Somebody\",\"title\":\"Album " + std::to_string(n) + "\"}\n";
    int failed = 0;
    // Step by step, for what runs out is another allocation with each.
    for (int megabytes = 20; megabytes <= 100; ++megabytes) {
        CAPTURE(megabytes);
        const ToolBench bench;
        bench.run("album-import", {"--artist", "Somebody", "--title", "Album"});
        const auto run = run_within(bench, megabytes, "album-import", "--from -", batch);
        check_told(run);
        CHECK(run.status != 1);  // no record is to blame
        failed += run.status == 3;
        const auto status = bench.run("release-worker", {"status", "--json"}).documents().at(0);
        CHECK(status["albums"] == status["jobs"]["pending"]);
        CHECK(bench.run("release-worker", {"check"}).status == 0);
        if (run.status == 0) CHECK(status["albums"] == 1 + k_albums);
    }
    MESSAGE(failed << " runs had too little memory");
}

TEST_CASE("Under any limit of memory, a worker does a job as a whole or leaves it to another") {
    if (k_has_shadow) return;
    int done = 0;
    for (int megabytes = 40; megabytes <= 240; megabytes += 8) {
        CAPTURE(megabytes);
        const ToolBench bench;
        bench.run("album-import", {"6e335887-60ba-38f0-95af-fae7774336bf"});
        const auto run = run_within(bench, megabytes, "release-worker", "run --source " + k_source);
        check_told(run);
        done += run.status == 0;
        const auto status = bench.run("release-worker", {"status", "--json"}).documents().at(0);
        CHECK(status["releases"] == (status["jobs"]["done"] == 1 ? 3 : 0));
        CHECK(status["jobs"]["failed"] == 0);
        CHECK(bench.run("release-worker", {"run-now", "--all"}).status == 0);
        if (status["jobs"]["done"] == 0) {
            CHECK(bench.run("release-worker", {"run", "--source", k_source}).status == 0);
        }
        CHECK(bench.run("release-worker", {"check"}).status == 0);
    }
    CHECK(done > 3);
}

// Signals that end a tool by themselves elsewhere: a hang-up, a file that grows too long.
#include <csignal>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/dump_files.hpp"
#include "support/eventually.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/new_catalogue.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_bin = PRESSINGS_BIN_DIR;

/// A catalogue with an album, and a service that keeps whoever asks waiting.
struct SlowService {
    SlowService() {
        server.set_script([](const LoggedRequest&) { return delayed(60'000); });
        CHECK(bench.run("album-import", {k_rumours}).status == 0);
    }

    std::vector<std::string> loop() const {
        return {k_bin + "/release-worker", "run",     "--loop", "-q",       "--db",
                bench.database(),          "--grace", "0s",     "--source", server.root()};
    }
    bool is_asked() const { return !server.requests().empty(); }
    std::string state() const {
        return bench.run("release-worker", {"show", "1", "--json"}).documents().at(0)["state"];
    }

    MusicBrainzServer server;
    ToolBench bench;
};

/// Runs a tool that may write files of at most `kilobytes`.
Finished limited(const ToolBench& bench, int kilobytes, const std::string& tool,
                 const std::vector<std::string>& arguments, const std::string& input = "") {
    Command command;
    command.arguments = {"/bin/bash", "-c",
                         "ulimit -f " + std::to_string(kilobytes) + "; exec \"$0\" \"$@\"",
                         k_bin + "/" + tool};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.environment = bench.environment;
    command.input = input;
    return run_process(command);
}

void check_limit_told(const Finished& run) {
    CHECK(run.status == 3);
    CHECK(has(run.err, "the limit on the size of files (ulimit -f"));
}

}  // namespace

TEST_CASE("A hang-up hands a worker's job back as SIGTERM does") {
    const SlowService service;
    Child worker{service.loop()};
    REQUIRE(eventually([&] { return service.is_asked(); }));
    worker.signal(SIGHUP);
    CHECK(worker.wait() <= 1);
    CHECK(service.state() == "pending");
}

TEST_CASE("A worker that is hung up on until it has ended tells how its work ended") {
    const SlowService service;
    Child worker{service.loop()};
    REQUIRE(eventually([&] { return service.is_asked(); }));
    while (!worker.ended())
        worker.signal(SIGHUP);
    CHECK(worker.wait() <= 1);
    CHECK(service.state() == "pending");
}

TEST_CASE("A worker that was started to ignore hang-ups works on, and still obeys SIGTERM") {
    const SlowService service;
    auto arguments = service.loop();
    arguments.insert(arguments.begin(), {"/usr/bin/nohup"});
    Child worker{arguments};
    REQUIRE(eventually([&] { return service.is_asked(); }));
    worker.signal(SIGHUP);
    CHECK(service.state() == "running");
    CHECK(service.bench.run("release-worker", {"check"}).status == 0);
    CHECK_FALSE(worker.ended());
    worker.signal(SIGTERM);
    CHECK(worker.wait() <= 1);
    CHECK(service.state() == "pending");
}

TEST_CASE("A hang-up ends a server of a mirror as SIGTERM does, and once is enough") {
    const ToolBench bench;
    const std::string dump =
        write_dump(bench.folder.file("release.tar.gz"), genuine_releases(), {});
    const std::string mirror = bench.folder.file("mb.mirror");
    REQUIRE(bench.run("musicbrainz-mirror", {"load", "--mirror", mirror, dump}).status == 0);
    Child server{
        {k_bin + "/musicbrainz-mirror", "serve", "--mirror", mirror, "--listen", "127.0.0.1:0"},
        bench.folder.file("out")};
    REQUIRE(eventually([&] { return has(bench.folder.read("out"), "http://"); }));
    while (!server.ended())
        server.signal(SIGHUP);
    CHECK(server.wait() == 0);
}

TEST_CASE("A database that may not grow is an error of every tool that writes, and stays whole" *
          of_file()) {
    ToolBench bench;
    std::string batch;
    for (int n = 0; n < 2000; ++n)
        batch += Json{{"artist", "a"}, {"title", "t" + std::to_string(n)}}.dump() + "\n";
    const std::vector<std::string> from{"--from", "-", "--format", "ndjson", "-q"};
    check_limit_told(limited(bench, 16, "album-import", from, batch));
    CHECK(bench.run("album-import", {"--from", "-", "-q"}, recorded_batch()).status == 0);
    check_limit_told(limited(bench, 300, "album-import", from, batch));
    CHECK(bench.run("release-worker", {"check"}).status == 0);
    check_limit_told(limited(bench, 300, "release-worker", {"run", "--source", k_source}));
    check_limit_told(
        limited(bench, 64, "release-worker", {"backup", bench.folder.file("copy.db")}));
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("copy.db")));
    CHECK(bench.run("release-worker", {"run", "--source", k_source}).status == 0);
    CHECK(bench.run("release-worker", {"check"}).status == 0);
}

TEST_CASE("An output that may not grow is an error, and what was there stays") {
    const ToolBench bench;
    import_recorded(bench);
    const std::string file = bench.folder.file("tracks.csv");
    const std::vector<std::string> tracks{"export", "--format", "csv", "--what",
                                          "tracks", "--output", file};
    CHECK(bench.run("release-catalog", tracks).status == 0);
    const std::string before = bench.folder.read("tracks.csv");
    check_limit_told(limited(bench, 32, "release-catalog", tracks));
    CHECK(bench.folder.read("tracks.csv") == before);
    check_limit_told(
        limited(bench, 1, "release-catalog", {"report", "--output", bench.folder.file("pages")}));
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("pages")));
    for (const char* option : {"--folder", "--sqlite"}) {
        check_limit_told(
            limited(bench, 32, "release-catalog", {"export", option, bench.folder.file("tables")}));
        CHECK_FALSE(std::filesystem::exists(bench.folder.file("tables")));
    }
    Command command;
    command.arguments = {"/bin/bash", "-c",
                         "ulimit -f 4; exec " + k_bin + "/release-catalog releases --tracks > " +
                             bench.folder.file("list")};
    command.environment = bench.environment;
    check_limit_told(run_process(command));
}

TEST_CASE("A mirror that may not grow is an error, and the one that was there stays") {
    const ToolBench bench;
    const std::string dump =
        write_dump(bench.folder.file("release.tar.gz"), genuine_releases(), {});
    const std::string mirror = bench.folder.file("mb.mirror");
    const std::vector<std::string> load{"load", "--mirror", mirror, dump};
    check_limit_told(limited(bench, 64, "musicbrainz-mirror", load));
    CHECK_FALSE(std::filesystem::exists(mirror));
    REQUIRE(bench.run("musicbrainz-mirror", load).status == 0);
    check_limit_told(limited(bench, 64, "musicbrainz-mirror", load));
    CHECK(bench.run("musicbrainz-mirror", {"info", "--mirror", mirror}).status == 0);
}

TEST_CASE("Help whose reader has left is no error, help that cannot be written is one") {
    ToolBench bench;
    for (const char* tool :
         {"album-import", "release-worker", "release-catalog", "musicbrainz-mirror"}) {
        CAPTURE(tool);
        auto help = piped(bench, tool, {"--help"});
        help.read_at_most = 0;
        check_quiet(run_process(help));
        bench.output = "/dev/full";
        for (const char* flag : {"--help", "--version"})
            CHECK(bench.run(tool, {flag}).status == 3);
        bench.output = "";
    }
}

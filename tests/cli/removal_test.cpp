// What MusicBrainz no longer has is marked as removed; what a stranger does not know is not.
#include <csignal>
#include <set>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// A catalogue of the recorded albums, all of which are to be imported again.
struct Refreshed {
    MusicBrainzServer server;
    ToolBench bench;
    std::vector<std::string> albums = recorded_mbids();

    Refreshed() {
        server.add_folder(k_recorded);
        bench.run("album-import", {"--from", "-"}, recorded_batch());
        REQUIRE(work().status == 0);
        refresh();
    }

    void refresh() const { REQUIRE(bench.run("release-worker", {"refresh", "--all"}).status == 0); }

    ToolRun work(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"run", "--json", "--source", server.root(), "--rate", "1000"});
        return bench.run("release-worker", more);
    }

    /// MusicBrainz loses the albums of this list from here to there.
    void lose(std::size_t begin, std::size_t end) {
        server.change([&](ServedReleases& releases) {
            for (std::size_t i = begin; i < end; ++i)
                releases.remove_group(albums[i]);
        });
    }

    int removed() const {
        int removed = 0;
        for (const Json& album : bench.run("release-catalog", {"albums", "--json"}).documents())
            removed += album["removed_at"].is_null() ? 0 : 1;
        return removed;
    }
    int changes() const {
        return static_cast<int>(
            bench.run("release-catalog", {"changes", "--json"}).documents().size());
    }
    int count(const std::string& state) const {
        const Json status = bench.run("release-worker", {"status", "--json"}).documents().at(0);
        return status["jobs"][state];
    }
};

}  // namespace

TEST_CASE("A server that knows nothing removes nothing, in HTML or in MusicBrainz's own words") {
    Refreshed refreshed;
    const int jobs = static_cast<int>(refreshed.albums.size());
    for (const auto& [fault, code] :
         {std::pair{html_error(404), "not_musicbrainz"},
          std::pair{status_fault(404, R"({"error":"Not Found","path":"/"})"), "not_musicbrainz"},
          std::pair{own_error(404), "unproven"}, std::pair{html_error(410), "not_musicbrainz"}}) {
        CAPTURE(code);
        refreshed.server.set_script([answer = fault](const LoggedRequest&) { return answer; });
        const auto run = refreshed.work({"--concurrency", "4"});
        CHECK(run.status == 3);
        CHECK(has(run.err, code));
        CHECK(refreshed.changes() == 0);
        CHECK(refreshed.count("failed") == 0);
        CHECK(refreshed.count("pending") == jobs);
        refreshed.bench.run("release-worker", {"run-now", "--all"});
    }
}

TEST_CASE("A server that lost much stops the run after a few albums, and asks") {
    Refreshed refreshed;
    refreshed.lose(0, 8);
    const auto run = refreshed.work();
    CHECK(run.status == 1);
    CHECK(has(run.err, "--allow-removals N"));
    CHECK(has(run.err, refreshed.server.root()));
    CHECK(has(run.err, "4 albums"));
    const Json summary = run.documents().back()["summary"];
    check_schema("run-summary", run.documents().back());
    CHECK(summary["too_many_removals"] == Json{{"albums", 4}, {"releases", 0}});
    CHECK(refreshed.removed() == 3);
    CHECK(refreshed.count("failed") == 0);
    CHECK(refreshed.bench.run("release-worker", {"check"}).status == 0);
    // Run after run does not creep: the three are of today.
    refreshed.bench.run("release-worker", {"run-now", "--all"});
    CHECK(refreshed.work({"--concurrency", "8"}).status == 1);
    CHECK(refreshed.removed() == 3);
    refreshed.bench.run("release-worker", {"run-now", "--all"});
    CHECK(refreshed.work({"--allow-removals", "4"}).status == 1);
    CHECK(refreshed.removed() == 7);
    refreshed.bench.run("release-worker", {"run-now", "--all"});
    CHECK(refreshed.work({"--allow-removals", "1"}).status == 0);
    CHECK(refreshed.removed() == 8);
    CHECK(refreshed.count("done") == 2 * static_cast<int>(refreshed.albums.size()));
}

TEST_CASE("An album is shown with the releases that it has lost") {
    const std::string lost = "5c976ee2-d4d4-4932-8f16-54f2b50f8ac5";
    MusicBrainzServer server;
    server.add_folder(std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/releases");
    const ToolBench bench;
    const std::vector<std::string> work{"run", "-q", "--source", server.root(), "--rate", "1000"};
    bench.run("album-import", {k_rumours});
    REQUIRE(bench.run("release-worker", work).status == 0);
    server.change([&](ServedReleases& releases) { releases.remove_release(lost); });
    bench.run("album-import", {"--refresh", k_rumours});
    REQUIRE(bench.run("release-worker", work).status == 0);
    const Json album = bench.run("release-catalog", {"album", k_rumours, "--json"}).documents()[0];
    std::set<std::string> removed;
    for (const Json& release : album["releases"]) {
        if (!release["removed_at"].is_null()) removed.insert(release["mbid"].get<std::string>());
    }
    CHECK(removed == std::set<std::string>{lost});
    const std::string shown = bench.run("release-catalog", {"album", k_rumours}).out;
    const auto last = shown.find("\nno longer editions of this album (1)");
    REQUIRE(last != std::string::npos);
    CHECK(shown.find(lost) > last);
    CHECK(has(shown.substr(last), "removed 20"));
}

TEST_CASE("A few albums that are gone are removed without a question") {
    Refreshed refreshed;
    refreshed.lose(3, 6);
    CHECK(refreshed.work({"--concurrency", "8"}).status == 0);
    CHECK(refreshed.removed() == 3);
}

TEST_CASE("--allow-removals 0 removes nothing at all") {
    Refreshed refreshed;
    refreshed.lose(0, 1);
    CHECK(refreshed.work({"--allow-removals", "0"}).status == 1);
    CHECK(refreshed.changes() == 0);
}

TEST_CASE("A loop that would remove too much ends by itself, with status 1") {
    Refreshed refreshed;
    refreshed.lose(0, 8);
    Child loop{{std::string{PRESSINGS_BIN_DIR} + "/release-worker", "run", "--loop", "--db",
                refreshed.bench.database(), "--source", refreshed.server.root(), "--rate", "1000"}};
    CHECK(loop.wait() == 1);
    CHECK(has(loop.error_output(), "--allow-removals"));
    CHECK(refreshed.removed() == 3);
    CHECK(refreshed.count("running") == 0);
}

TEST_CASE("A mirror that lost half of its releases does not take them out of the catalogue") {
    const ToolBench bench;
    const auto load = [&](const std::vector<std::string>& releases, const std::string& name) {
        write_dump(bench.folder.file(name + ".tar.xz"), releases);
        const std::string mirror = bench.folder.file(name + ".mirror");
        REQUIRE(bench
                    .run("musicbrainz-mirror",
                         {"load", "--mirror", mirror, bench.folder.file(name + ".tar.xz")})
                    .status == 0);
        return "mirror:" + mirror;
    };
    const auto releases = genuine_releases();
    std::vector<std::string> half;
    for (std::size_t i = 0; i < releases.size(); i += 2)
        half.push_back(releases[i]);
    std::string batch;
    for (const std::string& release : releases)
        batch += Json::parse(release)["release-group"]["id"].get<std::string>() + "\n";
    bench.run("album-import", {"--from", "-"}, batch);
    REQUIRE(bench.run("release-worker", {"run", "--source", load(releases, "whole")}).status == 0);
    bench.run("release-worker", {"refresh", "--all"});
    const auto run = bench.run("release-worker", {"run", "--source", load(half, "half")});
    CHECK(run.status == 1);
    CHECK(has(run.err, "--allow-removals"));
    const auto changes = bench.run("release-catalog", {"changes", "--json"}).documents();
    CHECK(changes.size() <= 10);
}

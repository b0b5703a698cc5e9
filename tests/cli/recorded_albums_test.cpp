// All recorded albums through all three tools: nothing lost on the way, nothing twice.
#include "cli/recorded_albums.hpp"

#include <set>

#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

std::multiset<std::string> release_mbids(const Json& releases, const char* key) {
    std::multiset<std::string> mbids;
    for (const Json& release : releases)
        mbids.insert(release[key].get<std::string>());
    return mbids;
}

/// What the catalogue holds, but for the times at which it was put there.
std::vector<Json> contents(const ToolBench& bench) {
    std::vector<Json> all =
        bench.run("release-catalog", {"releases", "--tracks", "--removed", "--json"}).documents();
    for (Json& album : bench.run("release-catalog", {"albums", "--json"}).documents()) {
        album.erase("imported_at");
        album.erase("job_state");
        all.push_back(album);
    }
    return all;
}

/// To compare two catalogues, whose albums were put in at different times.
std::vector<Json> without_times(std::vector<Json> documents) {
    for (Json& document : documents)
        document.erase("created_at");
    return documents;
}

}  // namespace

TEST_CASE("Every recorded release is in the catalogue under its album, each once") {
    ToolBench bench;
    import_recorded(bench);
    for (const std::string& mbid : recorded_mbids()) {
        CAPTURE(mbid);
        const Json answer = recorded_answer(mbid);
        const auto run = bench.run("release-catalog", {"album", mbid, "--json"});
        check_quiet(run);
        const Json album = run.documents().at(0);
        CHECK(album["mbid"] == mbid);
        CHECK(album["title"] == answer["releases"][0]["release-group"]["title"]);
        CHECK(album["job_state"] == "done");
        CHECK(album["release_count"] == answer["releases"].size());
        CHECK(release_mbids(album["releases"], "mbid") == release_mbids(answer["releases"], "id"));
    }
}

TEST_CASE("The tables for people name every album and release that is in the JSON") {
    ToolBench bench;
    import_recorded(bench);
    const auto albums = bench.run("release-catalog", {"albums"});
    const auto releases = bench.run("release-catalog", {"releases"});
    const auto album = bench.run("release-catalog", {"album", k_in_rainbows, "--tracks"});
    for (const auto& run : {albums, releases, album})
        check_quiet(run);
    for (const std::string& mbid : recorded_mbids()) {
        CHECK(has(albums.out, mbid));
        const Json answer = recorded_answer(mbid);
        for (const Json& release : answer["releases"])
            CHECK(has(releases.out, release["id"].get<std::string>()));
    }
    CHECK(has(album.out, "Radiohead - In Rainbows\n"));
    CHECK(has(album.out, "A2  Bodysnatchers (4:02)\n"));
}

TEST_CASE("Over HTTP the same albums become the same catalogue as from the recorded answers") {
    ToolBench recorded;
    import_recorded(recorded);
    ToolBench served;
    MusicBrainzServer server;
    server.add_folder(k_recorded);
    served.run("album-import", {"--from", "-"}, recorded_batch());
    const auto worked = served.run("release-worker",
                                   {"run", "--source", server.root(), "--rate", "1000", "--json"});
    CHECK(worked.status == 0);
    CHECK(worked.documents().back()["summary"]["done"] == 31);
    const auto one = without_times(contents(recorded));
    const auto other = without_times(contents(served));
    REQUIRE(one.size() == other.size());
    for (std::size_t i = 0; i < one.size(); ++i)
        CHECK(one[i] == other[i]);
}

TEST_CASE("The second import of the same albums creates nothing, and says so") {
    ToolBench bench;
    const auto first = bench.run("album-import", {"--from", "-"}, recorded_batch());
    CHECK(first.err == "album-import: created 31, exists 0, rejected 0\n");
    const auto second = bench.run("album-import", {"--from", "-"}, recorded_batch());
    CHECK(second.status == 0);
    CHECK(second.err == "album-import: created 0, exists 31, rejected 0\n");
    CHECK(second.out.find("exists    album 1      job 1 ") == 0);
    CHECK_FALSE(has(second.out, "created"));
    CHECK(bench.run("release-worker", {"jobs", "--limit", "0", "--json"}).documents().size() == 31);
}

TEST_CASE("The worker's second run finds nothing to do, and says so") {
    ToolBench bench;
    import_recorded(bench);
    const auto before = contents(bench);
    const auto again = bench.run("release-worker", {"run", "--source", k_source});
    check_quiet(again);
    CHECK(again.out.find("done 0, retrying 0, failed 0, remaining 0; releases 0, requests 0") == 0);
    CHECK(contents(bench) == before);
}

TEST_CASE("Albums imported anew find every release unchanged, and the catalogue stays as it is") {
    ToolBench bench;
    import_recorded(bench);
    const auto before = contents(bench);
    const auto refreshed =
        bench.run("album-import", {"--refresh", "--from", "-", "--json"}, recorded_batch());
    CHECK(refreshed.status == 0);
    CHECK(has(refreshed.err, "refreshed 31"));
    for (const Json& album : refreshed.documents())
        CHECK(album["status"] == "refreshed");
    const auto worked = bench.run("release-worker", {"run", "--source", k_source, "--json"});
    CHECK(worked.status == 0);
    auto attempts = worked.documents();
    CHECK(attempts.back()["summary"]["done"] == 31);
    attempts.pop_back();
    int unchanged = 0;
    for (const Json& attempt : attempts) {
        CHECK(attempt["releases"]["unchanged"] == attempt["releases"]["total"]);
        CHECK(attempt["releases"]["created"] == 0);
        CHECK(attempt["releases"]["updated"] == 0);
        CHECK(attempt["releases"]["removed"] == 0);
        unchanged += attempt["releases"]["unchanged"].get<int>();
    }
    CHECK(unchanged == 41);
    CHECK(contents(bench) == before);
    check_quiet(bench.run("release-worker", {"check"}));
}

TEST_CASE("A refresh of an album whose job is still open queues no second one") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    const auto again = bench.run("album-import", {"--refresh", k_rumours, "--json"});
    CHECK(again.status == 0);
    CHECK(again.documents().at(0)["status"] == "exists");
    CHECK(again.documents().at(0)["job_id"] == 1);
    CHECK(bench.run("release-worker", {"jobs", "--json"}).documents().size() == 1);
}

TEST_CASE("An album put in without its releases has no job until it is put in plainly") {
    ToolBench bench;
    const auto alone = bench.run("album-import", {"--no-releases", k_rumours, "--json"});
    CHECK(alone.status == 0);
    CHECK(alone.documents().at(0)["status"] == "created");
    CHECK(alone.documents().at(0)["job_id"].is_null());
    CHECK(bench.run("release-worker", {"jobs", "--json"}).out == "");
    const auto again = bench.run("album-import", {"--no-releases", k_rumours, "--json"});
    CHECK(again.documents().at(0)["job_id"].is_null());
    const auto plain = bench.run("album-import", {k_rumours, "--json"});
    CHECK(plain.status == 0);
    CHECK(plain.err == "album-import: created 0, exists 1, rejected 0\n");
    CHECK(plain.documents().at(0)["status"] == "exists");
    CHECK(plain.documents().at(0)["job_id"] == 1);
    const auto worked = bench.run("release-worker", {"run", "--source", k_source, "--json"});
    CHECK(worked.documents().back()["summary"]["done"] == 1);
}

// What was merged may be merged again: every MBID that an album or a release ever had finds it.
#include "cli/option_row.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr const char* k_lift = "3822abb6-ca53-3ae1-a4ec-7718cb321e9b";
constexpr const char* k_rumours_1984 = "1a8c4ac3-6f47-4570-aedb-f1928a0498ea";
constexpr const char* k_rumours_2013 = "3c297f7a-39c5-4259-9387-0555cc8d6a26";
constexpr const char* k_rumours_us = "5c976ee2-d4d4-4932-8f16-54f2b50f8ac5";

struct Merging {
    ToolBench bench;
    MusicBrainzServer musicbrainz;

    explicit Merging(const Words& albums) {
        musicbrainz.add_folder(k_recorded);
        bench.run("album-import", albums);
        work();
    }
    void work() const {
        const auto run = bench.run("release-worker",
                                   {"run", "-q", "--rate", "1000", "--source", musicbrainz.root()});
        CHECK_MESSAGE(run.status == 0, run.err);
    }
    void merge_groups(const char* from, const char* into) {
        musicbrainz.change([=](ServedReleases& releases) { releases.merge_group(from, into); });
        refresh();
    }
    void merge_releases(const char* from, const char* into) {
        musicbrainz.change([=](ServedReleases& releases) { releases.merge_release(from, into); });
        refresh();
    }
    void refresh() const {
        CHECK(bench.run("album-import", {"-q", "--refresh", "--all"}).status == 0);
        work();
    }
    std::size_t albums() const {
        return bench.run("release-catalog", {"albums", "--json"}).documents().size();
    }
    /// The album that this MBID finds.
    Json album(const char* mbid) const {
        const auto run = bench.run("release-catalog", {"album", mbid, "--json"});
        CHECK_MESSAGE(run.status == 0, run.err);
        return run.status == 0 ? run.documents().at(0) : Json{};
    }
};

}  // namespace

TEST_CASE("An album whose group was merged twice is found by each MBID that it had") {
    for (const Words& albums : {Words{k_rumours}, Words{k_rumours, k_in_rainbows, k_lift}}) {
        CAPTURE(albums.size());
        Merging catalogue{albums};
        catalogue.merge_groups(k_rumours, k_in_rainbows);
        catalogue.merge_groups(k_in_rainbows, k_lift);
        CHECK(catalogue.albums() == 1);
        const Json album = catalogue.album(k_lift);
        CHECK(album["mbid"] == k_lift);
        CHECK(album["release_count"] == 10);
        CHECK(catalogue.album(k_in_rainbows) == album);
        CHECK(catalogue.album(k_rumours) == album);
        const auto again =
            catalogue.bench.run("album-import", {"--json", k_rumours, k_in_rainbows, k_lift});
        CHECK(statuses(again) == "exists exists exists");
        CHECK(catalogue.bench.run("release-worker", {"check"}).status == 0);
    }
}

TEST_CASE("A release that was merged twice is the one that is left, and nothing is removed") {
    Merging catalogue{{k_rumours}};
    catalogue.merge_releases(k_rumours_us, k_rumours_2013);
    catalogue.merge_releases(k_rumours_2013, k_rumours_1984);
    CHECK(catalogue.album(k_rumours)["release_count"] == 1);
    for (const char* mbid : {k_rumours_us, k_rumours_2013, k_rumours_1984}) {
        CAPTURE(mbid);
        CHECK(catalogue.album(mbid)["mbid"] == k_rumours);
    }
    for (const Json& change :
         catalogue.bench.run("release-catalog", {"changes", "--json"}).documents()) {
        CHECK(change["change"] == "merged");
    }
    CHECK(catalogue.bench.run("release-worker", {"check"}).status == 0);
}

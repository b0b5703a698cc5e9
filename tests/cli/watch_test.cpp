// Artists, labels and series that are watched: what is typed, what runs find, and what is told.
#include <algorithm>
#include <csignal>
#include <filesystem>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/new_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool k_is_sanitized = true;  // libfaketime and a sanitizer both want to come first
#else
constexpr bool k_is_sanitized = false;
#endif

const std::string k_radiohead = "a74b1b7f-71a5-4011-9441-d0b5e4122711";
const std::string k_artist_url = "https://musicbrainz.org/artist/" + k_radiohead;
constexpr int k_groups = 2'100;
const std::string k_unknown = "00000000-1111-4222-8333-444444444444";

std::string libfaketime() {
    for (const auto& folder : std::filesystem::directory_iterator{"/usr/lib"}) {
        const auto path = folder.path() / "faketime" / "libfaketimeMT.so.1";
        if (std::filesystem::exists(path)) return path.string();
    }
    FAIL("needs libfaketime: scripts/install-dependencies --tests");
    return {};
}

/// A catalogue, and a MusicBrainz with the recorded albums.
struct Place {
    ToolBench bench;
    MusicBrainzServer musicbrainz{MusicBrainzServer::KeepAlive::yes};

    Place() { musicbrainz.add_folder(k_recorded); }

    Words run_words() const { return {"run", "--rate", "100000", "--source", musicbrainz.root()}; }

    /// The attempts of a run.
    std::vector<Json> work(const Words& more = {}, int status = 0) const {
        Words words = run_words();
        words.push_back("--json");
        words.insert(words.end(), more.begin(), more.end());
        const auto run = bench.run("release-worker", words);
        CHECK_MESSAGE(run.status == status, run.err);
        auto attempts = run.documents();
        if (!attempts.empty()) attempts.pop_back();
        return attempts;
    }

    ToolRun import(const Words& words) const { return bench.run("album-import", words); }

    Json watch() const {
        const auto run = import({"--watches", "--json"});
        check_quiet(run);
        return run.documents().at(0);
    }

    Json status() const {
        return bench.run("release-worker", {"status", "--json"}).documents().at(0);
    }

    /// A new album of Radiohead: In Rainbows once more, under other MBIDs.
    void publish(const std::string& group, const std::string& type = "Album") {
        musicbrainz.change([&](ServedReleases& releases) {
            Json release = recorded_answer(k_in_rainbows)["releases"][0];
            release["id"] = "1" + group.substr(1);
            release["release-group"]["id"] = group;
            release["release-group"]["title"] = "New";
            release["release-group"]["primary-type"] = type;
            releases.add_release(release.dump());
        });
    }

    bool is_sound() const { return bench.run("release-worker", {"check"}).status == 0; }
};

}  // namespace

TEST_CASE("An artist's albums come in by themselves, and new ones at a later look") {
    Place place;
    const auto ordered = place.import({"--watch", k_artist_url, "--every", "7d"});
    CHECK(ordered.status == 0);
    CHECK(ordered.out == "created   artist " + k_radiohead + " job 1\n");
    CHECK(place.watch()["state"] == "looking");

    CHECK(place.work().size() == 3);  // the look, and the imports of two albums
    const Json watch = place.watch();
    CHECK(watch["name"] == "Radiohead");
    CHECK(watch["found"] == 2);
    CHECK(watch["state"] == "waiting");
    CHECK(place.status()["watches"] == Json{{"total", 1}, {"due", 0}, {"gone", 0}});

    place.publish("00000000-0000-4000-8000-000000000001");
    CHECK(place.work().empty());  // not due yet
    if (!k_is_sanitized) {
        place.bench.environment["LD_PRELOAD"] = libfaketime();
        place.bench.environment["FAKETIME"] = "+8d";
        place.bench.environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        CHECK(place.status()["watches"]["due"] == 1);
        const auto dry = place.bench.run("release-worker", {"run", "--dry-run", "--json"});
        CHECK(dry.documents().at(0)["watches_due"] == 1);
        const auto attempts = place.work();
        REQUIRE(attempts.size() == 2);
        CHECK(attempts[0]["kind"] == "watch");
        CHECK(attempts[0]["counts"] == Json{{"albums", 3}, {"queued", 1}});
        CHECK(attempts[1]["releases"]["created"] == 1);
        CHECK(place.watch()["found"] == 3);
    }
    CHECK(place.is_sound());
}

TEST_CASE("Only the types that are wanted come in, and none that are excluded") {
    Place place;
    place.publish("00000000-0000-4000-8000-000000000001", "Single");
    place.import({"--watch", k_artist_url, "--type", "album,single", "--exclude-type", "Single"});
    CHECK(place.watch()["types"] == Json{"album", "single"});
    CHECK(place.watch()["excluded_types"] == Json{"single"});
    place.work();
    CHECK(place.watch()["found"] == 1);
    const auto albums = place.bench.run("release-catalog", {"albums", "--json"}).documents();
    REQUIRE(albums.size() == 1);
    CHECK(albums[0]["title"] == "In Rainbows");
}

TEST_CASE("A watch that is ended leaves its albums, and no job") {
    Place place;
    place.import({"--watch", k_artist_url});
    place.work();
    const auto ended = place.import({"--unwatch", k_artist_url, "--json"});
    CHECK(ended.status == 0);
    CHECK(ended.documents().at(0)["status"] == "ended");
    CHECK(ended.documents().at(0)["name"] == "Radiohead");
    CHECK(place.import({"--watches", "--json"}).out.empty());
    CHECK(place.status()["albums"] == 2);
    const auto again = place.import({"--unwatch", k_radiohead});
    CHECK(again.status == 1);
    CHECK(has(again.err, "no_such_watch"));
    CHECK(has(place.import({"--watches"}).err, "nothing is watched"));
}

TEST_CASE("What MusicBrainz does not know is told, and not asked for again") {
    Place place;
    place.import({"--watch", k_unknown});
    const auto attempts = place.work({}, 1);
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0]["state"] == "failed");
    CHECK(attempts[0]["error"]["code"] == "gone");
    CHECK(has(attempts[0]["error"]["message"], "album-import --unwatch " + k_unknown));
    CHECK(place.watch()["state"] == "gone");
    CHECK(place.watch()["next_at"] == nullptr);
    CHECK(place.status()["watches"]["gone"] == 1);
    const auto status = place.bench.run("release-worker", {"status"});
    CHECK(has(status.out, "1 that MusicBrainz does not know, see album-import --watches"));
    const auto asked = place.musicbrainz.requests().size();
    CHECK(place.work().empty());
    CHECK(place.musicbrainz.requests().size() == asked);
}

TEST_CASE("A server that knows nothing does not end a watch") {
    Place place;
    place.import({"--watch", k_artist_url});
    place.musicbrainz.set_script([](const LoggedRequest&) { return own_error(404); });
    place.work({}, 1);
    CHECK(place.watch()["state"] == "looking");
    place.musicbrainz.set_script({});
}

TEST_CASE("A long list that a worker was killed in goes on where it stopped") {
    Place place;
    const auto answer = [](const std::string& target) -> std::optional<Fault> {
        if (target.starts_with("/ws/2/artist/")) {
            return status_fault(200, Json{{"id", k_radiohead}, {"name", "Radiohead"}}.dump());
        }
        if (!target.starts_with("/ws/2/release-group?artist=")) return std::nullopt;
        const auto number = [&](const std::string& name) {
            return std::stoi(target.substr(target.find(name + "=") + name.size() + 1));
        };
        Json groups = Json::array();
        const int end = std::min(k_groups, number("offset") + number("limit"));
        for (int n = number("offset"); n < end; ++n)
            groups.push_back({{"id", fmt::format("00000000-0000-4000-8000-{:012}", n)},
                              {"title", fmt::format("No. {}", n)}});
        return status_fault(
            200, Json{{"release-group-count", k_groups}, {"release-groups", groups}}.dump());
    };
    place.musicbrainz.set_script([&](const auto& request) { return answer(request.target); });
    place.import({"--watch", k_artist_url});
    place.work({"--max-jobs", "1"});
    CHECK(place.watch()["position"] == 2'000);
    CHECK(place.status()["albums"] == 2'000);

    const auto asked = place.musicbrainz.requests().size();
    place.musicbrainz.set_script([](const LoggedRequest&) { return delayed(20'000); });
    {
        Words words{std::string{PRESSINGS_BIN_DIR} + "/release-worker"};
        const Words run = place.run_words();
        words.insert(words.end(), run.begin(), run.end());
        words.insert(words.end(), {"--db", place.bench.database()});
        Child worker{words};
        REQUIRE(eventually([&] { return place.musicbrainz.requests().size() > asked; }));
        worker.kill();
    }
    place.musicbrainz.set_script([&](const auto& request) { return answer(request.target); });
    const auto attempts = place.work({"--max-jobs", "1"});
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0]["kind"] == "watch");
    CHECK(place.status()["albums"] == k_groups);
    CHECK(place.watch()["position"] == 0);
    CHECK(place.watch()["found"] == k_groups);
    CHECK(place.is_sound());
}

TEST_CASE("A source that cannot list a label says so, and the watch stays") {
    Place place;
    place.import({"--watch", "https://musicbrainz.org/label/" + k_unknown});
    const auto run = place.bench.run("release-worker", {"run", "--source", k_source, "--json"});
    CHECK(run.status == 1);
    CHECK(run.documents().at(0)["error"]["code"] == "unsupported");
    CHECK(has(run.documents().at(0)["error"]["message"], "--source https://musicbrainz.org/ws/2"));
    CHECK(place.watch()["state"] != "gone");
}

TEST_CASE("A backup has what is watched" * of_file()) {
    Place place;
    place.import({"--watch", k_artist_url, "--type", "ep"});
    const std::string copy = place.bench.folder.file("copy.db");
    CHECK(place.bench.run("release-worker", {"backup", copy}).status == 0);
    place.import({"--unwatch", k_artist_url});
    CHECK(place.bench.run("release-worker", {"restore", copy}).status == 0);
    CHECK(place.watch()["types"] == Json{"ep"});
}

TEST_CASE("What is typed wrongly about watches is refused, with what would do") {
    const ToolBench bench;
    const auto refused = [&](const Words& words, const std::string& why) {
        check_refused(bench.run("album-import", words), 2, why);
    };
    refused({"--watch"}, "need artists, labels or series");
    refused({"--watch", "--unwatch", k_radiohead}, "stand alone");
    refused({"--watch", "--refresh", k_radiohead}, "stand alone");
    refused({"--watch", k_radiohead, "--every", "1m"}, "--every");
    refused({"--watch", k_radiohead, "--type", "albun"}, "did you mean album?");
    refused({"--watch", k_radiohead, "--exclude-type", "lives"}, "--exclude-type lives");
    refused({"--every", "1d", k_radiohead}, "--every goes with --watch");
    refused({"--exclude-type", "live", k_radiohead}, "--exclude-type goes with");
    refused({"--watches", k_radiohead}, "name none");
    const auto run =
        bench.run("album-import", {"--watch", "https://musicbrainz.org/work/" + k_radiohead});
    CHECK(run.status == 1);
    CHECK(has(run.err, "wrong_entity"));
    CHECK(has(run.err, "not of an artist, a label or a series"));
}

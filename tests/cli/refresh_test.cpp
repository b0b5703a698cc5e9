// The catalogue follows MusicBrainz: genuine releases are imported over loopback HTTP, MusicBrainz
// changes, and the album is imported again.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "support/json_schema.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/new_catalogue.hpp"
#include "support/tool.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";
constexpr const char* k_rumours_1984 = "1a8c4ac3-6f47-4570-aedb-f1928a0498ea";
constexpr const char* k_rumours_2013 = "3c297f7a-39c5-4259-9387-0555cc8d6a26";
constexpr const char* k_rumours_us = "5c976ee2-d4d4-4932-8f16-54f2b50f8ac5";
constexpr const char* k_in_rainbows = "6e335887-60ba-38f0-95af-fae7774336bf";
constexpr const char* k_in_rainbows_us = "cba282c5-dd83-3157-afb6-9af6a5af7709";
constexpr const char* k_nowhere = "00000000-1111-4222-8333-444444444444";

/// A catalogue of some albums, and a MusicBrainz that changes.
struct Following {
    ToolBench bench;
    MusicBrainzServer musicbrainz{MusicBrainzServer::KeepAlive::yes};

    explicit Following(const std::vector<std::string>& albums = {k_rumours}) {
        musicbrainz.add_folder(std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/releases");
        bench.run("album-import", albums);
        work();
    }

    /// Changes one release where it stands.
    void edit(const std::string& mbid, const std::function<void(Json&)>& edit) {
        musicbrainz.change([&](ServedReleases& releases) {
            Json release = Json::parse(releases.release(mbid));
            edit(release);
            releases.add_release(release.dump());
        });
    }

    std::vector<Json> work() {
        const auto run = bench.run(
            "release-worker", {"run", "--json", "--rate", "1000", "--source", musicbrainz.root()});
        CHECK_MESSAGE(run.status == 0, run.err);
        auto attempts = run.documents();
        REQUIRE_FALSE(attempts.empty());
        attempts.pop_back();
        return attempts;
    }

    /// Imports everything again; what the attempts say of their releases.
    std::vector<Json> refresh() {
        CHECK(bench.run("album-import", {"--refresh", "--all"}).status == 0);
        std::vector<Json> counts;
        for (const Json& attempt : work())
            counts.push_back(attempt["releases"]);
        return counts;
    }

    std::vector<Json> changes(std::vector<std::string> filter = {}) {
        filter.insert(filter.begin(), {"changes", "--json"});
        const auto run = bench.run("release-catalog", filter);
        CHECK(run.status == 0);
        for (const Json& change : run.documents()) {
            for (const std::string& fault : schema_faults("change", change))
                FAIL_CHECK(fault);
        }
        return run.documents();
    }

    Json album(const std::string& reference) {
        const auto run = bench.run("release-catalog", {"album", reference, "--json"});
        REQUIRE(run.status == 0);
        const Json album = run.documents().front();
        for (const std::string& fault : schema_faults("album", album))
            FAIL_CHECK(fault);
        return album;
    }

    Json release(const std::string& album_reference, const std::string& mbid) {
        const Json whole = album(album_reference);
        for (const Json& release : whole["releases"]) {
            if (release["mbid"] == mbid) return release;
        }
        return nullptr;
    }
};

sqlite3* opened(const std::string& path) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    return database;
}

/// As if every release had been written in 1970.
void forget_writes(const std::string& path) {
    sqlite3* database = opened(path);
    CHECK(sqlite3_exec(database, "UPDATE releases SET updated_at = 1", nullptr, nullptr, nullptr) ==
          SQLITE_OK);
    sqlite3_close(database);
}

/// How many have been written since.
int written_releases(const std::string& path) {
    sqlite3* database = opened(path);
    sqlite3_stmt* count = nullptr;
    sqlite3_prepare_v2(database, "SELECT count(*) FROM releases WHERE updated_at <> 1", -1, &count,
                       nullptr);
    const int written = sqlite3_step(count) == SQLITE_ROW ? sqlite3_column_int(count, 0) : -1;
    sqlite3_finalize(count);
    sqlite3_close(database);
    return written;
}

Json counts(int total, int created, int updated, int unchanged, int removed, int moved = 0,
            int merged = 0) {
    return {{"total", total},         {"created", created}, {"updated", updated},
            {"unchanged", unchanged}, {"removed", removed}, {"moved", moved},
            {"merged", merged}};
}

Json field(const char* name, const Json& before, const Json& after) {
    return {{"field", name}, {"old", before}, {"new", after}};
}

}  // namespace

TEST_CASE("An album that did not change is unchanged, and nothing is logged") {
    Following following;
    const Json before = following.album(k_rumours);
    const std::size_t asked = following.musicbrainz.requests().size();
    CHECK(following.refresh().front() == counts(3, 0, 0, 3, 0));
    CHECK(following.musicbrainz.requests().size() == asked + 1);
    CHECK(following.changes().empty());
    Json after = following.album(k_rumours);
    CHECK(after["imported_at"] >= before["imported_at"]);
    after["imported_at"] = before["imported_at"];
    CHECK(after == before);
}

TEST_CASE("No release of an album that did not change is written, and only the one that did" *
          of_file()) {
    Following following;
    const std::string file = following.bench.folder.file("catalog.db");
    forget_writes(file);
    CHECK(following.refresh().front() == counts(3, 0, 0, 3, 0));
    CHECK(written_releases(file) == 0);
    following.edit(k_rumours_us, [](Json& release) { release["status"] = "Bootleg"; });
    CHECK(following.refresh().front() == counts(3, 0, 1, 2, 0));
    CHECK(written_releases(file) == 1);
}

TEST_CASE("A field that changed is written, and both its values are in the log") {
    Following following;
    following.edit(k_rumours_1984, [](Json& release) {
        release["barcode"] = "599999999999";
        release["label-info"][0]["catalog-number"] = "NEW 1";
        release["media"][0]["tracks"][10]["title"] = "Gold Dust Man";
    });
    CHECK(following.refresh().front() == counts(3, 0, 1, 2, 0));
    const auto changes = following.changes();
    REQUIRE(changes.size() == 1);
    CHECK(changes[0]["change"] == "updated");
    CHECK(changes[0]["release_mbid"] == k_rumours_1984);
    const Json release = following.release(k_rumours, k_rumours_1984);
    CHECK(release["barcode"] == "599999999999");
    const Json fields = changes[0]["fields"];
    CHECK(fields.size() == 3);
    CHECK(fields[0] == field("barcode", "075990301024", "599999999999"));
    CHECK(fields[1]["field"] == "label_info[1].catalog_number");
    CHECK(fields[1]["new"] == "NEW 1");
    CHECK(fields[2] == field("media[1].tracks[11].title", "Gold Dust Woman", "Gold Dust Man"));
    CHECK(following.bench.run("release-catalog", {"changes"})
              .out.find("barcode: 075990301024 -> 599999999999") != std::string::npos);
}

TEST_CASE("A release that is new in its group is created, and logged as that") {
    Following following;
    following.edit(k_rumours_us, [](Json& release) { release["id"] = k_nowhere; });
    CHECK(following.refresh().front() == counts(4, 1, 0, 3, 0));
    const auto changes = following.changes();
    REQUIRE(changes.size() == 1);
    CHECK(changes[0]["change"] == "created");
    CHECK(changes[0]["release_mbid"] == k_nowhere);
}

TEST_CASE("A release that is gone is marked removed with the time, and comes back if it returns") {
    Following following;
    std::string whole;
    following.musicbrainz.change([&](ServedReleases& releases) {
        whole = releases.release(k_rumours_us);
        releases.remove_release(k_rumours_us);
    });
    CHECK(following.refresh().front() == counts(2, 0, 0, 2, 1));
    CHECK(following.release(k_rumours, k_rumours_us)["removed_at"].is_string());
    CHECK(following.album(k_rumours)["release_count"] == 2);
    following.musicbrainz.change([&](ServedReleases& releases) { releases.add_release(whole); });
    CHECK(following.refresh().front() == counts(3, 0, 1, 2, 0));
    CHECK(following.release(k_rumours, k_rumours_us)["removed_at"].is_null());
    const auto changes = following.changes();
    REQUIRE(changes.size() == 2);
    CHECK(changes[0]["change"] == "removed");
    CHECK(changes[1]["change"] == "returned");
    CHECK(changes[1]["fields"].empty());
}

TEST_CASE("A release that moved to another album of the catalogue follows it, whoever asks first") {
    for (const char* first : {k_rumours, k_in_rainbows}) {
        CAPTURE(first);
        Following following{{k_rumours, k_in_rainbows}};
        following.musicbrainz.change([&](ServedReleases& releases) {
            Json release = Json::parse(releases.release(k_rumours_us));
            release["release-group"] =
                Json::parse(releases.release(k_in_rainbows_us))["release-group"];
            releases.add_release(release.dump());
        });
        following.bench.run("album-import", {"--refresh", first});
        following.work();
        CHECK(following.release(k_rumours, k_rumours_us).is_null());
        CHECK(following.release(k_in_rainbows, k_rumours_us)["removed_at"].is_null());
        following.refresh();
        CHECK(following.album(k_rumours)["release_count"] == 2);
        CHECK(following.album(k_in_rainbows)["release_count"] == 4);
        const auto changes = following.changes();
        REQUIRE(changes.size() == 1);
        CHECK(changes[0]["change"] == "moved");
        CHECK(changes[0]["fields"][0] == field("album_mbid", k_rumours, k_in_rainbows));
        CHECK(following.changes({"--album", k_rumours}) == changes);
        CHECK(following.changes({"--album", k_in_rainbows}) == changes);
    }
}

TEST_CASE("A release that moved out of the catalogue is removed, and the log says where it went") {
    Following following;
    following.musicbrainz.change([&](ServedReleases& releases) {
        Json release = Json::parse(releases.release(k_rumours_us));
        release["release-group"] = Json::parse(releases.release(k_in_rainbows_us))["release-group"];
        releases.add_release(release.dump());
    });
    CHECK(following.refresh().front() == counts(2, 0, 0, 2, 1));
    CHECK(following.changes()[0]["fields"][0] == field("album_mbid", nullptr, k_in_rainbows));
}

TEST_CASE("Of two releases that were merged one stays, and the MBID of the other still finds it") {
    Following following;
    following.musicbrainz.change(
        [](ServedReleases& releases) { releases.merge_release(k_rumours_us, k_rumours_2013); });
    CHECK(following.refresh().front() == counts(2, 0, 0, 2, 0, 0, 1));
    CHECK(following.album(k_rumours)["releases"].size() == 2);
    CHECK(following.album(k_rumours_us)["mbid"] == k_rumours);
    CHECK(following.album(k_rumours_2013)["mbid"] == k_rumours);
    const auto changes = following.changes();
    REQUIRE(changes.size() == 1);
    CHECK(changes[0]["change"] == "merged");
    CHECK(changes[0]["release_mbid"] == k_rumours_2013);
    CHECK(changes[0]["fields"][0] == field("mbid", k_rumours_us, k_rumours_2013));
    CHECK(following.refresh().front() == counts(2, 0, 0, 2, 0));
    CHECK(following.bench.run("release-worker", {"check"}).status == 0);
}

TEST_CASE("Two albums whose groups were merged become one, with their releases and jobs") {
    Following following{{k_rumours, k_in_rainbows}};
    following.musicbrainz.change(
        [](ServedReleases& releases) { releases.merge_group(k_in_rainbows, k_rumours); });
    following.refresh();
    CHECK(following.bench.run("release-catalog", {"albums", "--json"}).documents().size() == 1);
    const Json album = following.album(k_in_rainbows);
    CHECK(album["mbid"] == k_rumours);
    CHECK(album["release_count"] == 6);
    CHECK(following.album(k_rumours) == album);
    CHECK(following.bench.run("album-import", {k_in_rainbows, "--json"}).documents()[0]["status"] ==
          "exists");
    const auto changes = following.changes();
    CHECK(std::count_if(changes.begin(), changes.end(), [](const Json& change) {
              return change["change"] == "merged" && change["release_mbid"].is_null();
          }) == 1);
    CHECK(std::count_if(changes.begin(), changes.end(), [](const Json& change) {
              return change["change"] == "removed" || change["change"] == "created";
          }) == 0);
    CHECK(following.bench.run("release-worker", {"check"}).status == 0);
    following.refresh();
    CHECK(following.changes() == changes);
}

TEST_CASE(
    "A group that is gone from MusicBrainz is marked so with all its releases, and may return") {
    Following following;
    std::vector<std::string> whole;
    following.musicbrainz.change([&](ServedReleases& releases) {
        for (const char* mbid : {k_rumours_1984, k_rumours_2013, k_rumours_us})
            whole.push_back(releases.release(mbid));
        releases.remove_group(k_rumours);
    });
    CHECK(following.refresh().front() == counts(0, 0, 0, 0, 3));
    CHECK(following.album(k_rumours)["removed_at"].is_string());
    CHECK(following.album(k_rumours)["releases"].size() == 3);
    CHECK(following.changes().size() == 4);
    following.refresh();
    CHECK(following.changes().size() == 4);
    following.musicbrainz.change([&](ServedReleases& releases) {
        for (const std::string& release : whole)
            releases.add_release(release);
    });
    CHECK(following.refresh().front() == counts(3, 0, 3, 0, 0));
    CHECK(following.album(k_rumours)["removed_at"].is_null());
    CHECK(following.changes().size() == 8);
}

TEST_CASE("A group that never was there is an error of whoever named it") {
    Following following;
    following.bench.run("album-import", {k_nowhere});
    const auto run = following.bench.run(
        "release-worker",
        {"run", "--json", "--rate", "1000", "--source", following.musicbrainz.root()});
    CHECK(run.status == 1);
    CHECK(run.documents()[0]["error"]["code"] == "not_found");
    CHECK(following.album(k_nowhere)["removed_at"].is_null());
}

TEST_CASE("What a folder of records lacks is no longer there for nobody else") {
    Following following;
    following.bench.run("album-import", {"--refresh", "--all"});
    const auto run = following.bench.run(
        "release-worker", {"run", "--source", "file:" + following.bench.folder.path().string()});
    CHECK(run.status == 1);
    CHECK(following.album(k_rumours)["release_count"] == 3);
    CHECK(following.changes().empty());
}

TEST_CASE("A label and an artist of a new name are known by it, though no release changed") {
    Following following;
    following.musicbrainz.change([](ServedReleases& releases) {
        for (const char* mbid : {k_rumours_1984, k_rumours_2013, k_rumours_us}) {
            Json release = Json::parse(releases.release(mbid));
            for (Json& info : release["label-info"]) {
                if (info["label"].is_object()) info["label"]["name"] = "Warner of Old";
            }
            std::string text = release.dump();
            const std::string sorted = R"("sort-name":"Fleetwood Mac")";
            for (auto at = text.find(sorted); at != text.npos; at = text.find(sorted, at))
                text.replace(at, sorted.size(), R"("sort-name":"Mac, Fleetwood")");
            releases.add_release(text);
        }
    });
    CHECK(following.refresh().front() == counts(3, 0, 0, 3, 0));
    const Json release = following.release(k_rumours, k_rumours_1984);
    CHECK(release["label_info"][0]["label"]["name"] == "Warner of Old");
    CHECK(release["artist_credit"][0]["artist"]["sort_name"] == "Mac, Fleetwood");
}

TEST_CASE("The group's own facts follow, and changes are found by time") {
    Following following;
    following.musicbrainz.change([](ServedReleases& releases) {
        for (const char* mbid : {k_rumours_1984, k_rumours_2013, k_rumours_us}) {
            Json release = Json::parse(releases.release(mbid));
            release["release-group"]["title"] = "Rumors";
            release["release-group"]["secondary-types"] = {"Live"};
            releases.add_release(release.dump());
        }
    });
    following.refresh();
    CHECK(following.album(k_rumours)["title"] == "Rumors");
    const auto changes = following.changes({"--since", "1h"});
    REQUIRE(changes.size() == 1);
    CHECK(changes[0]["release_mbid"].is_null());
    CHECK(changes[0]["fields"] == Json::array({field("title", "Rumours", "Rumors"),
                                               field("secondary_types[1]", nullptr, "Live")}));
    CHECK(following.changes({"--since", "2099-01-01"}).empty());
    CHECK(following.bench.run("release-catalog", {"changes", "--since", "soon"}).status == 2);
}

// Every field of a genuine group's releases is made odd, one at a time, and the group is imported
// again: no album loses more than that release, and not even that of what is stored.
#include <fstream>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "source/json/release_json.hpp"
#include "support/open_catalogue.hpp"
#include "worker/fetch_job.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;

namespace {

const std::string k_group = "6e335887-60ba-38f0-95af-fae7774336bf";

/// Stands in a document for what JSON's own writer would not write.
const std::string k_huge = "@huge@";
const std::string k_half = "@half@";

/// Three releases. One has a value of every kind that a release may have; its tracks are two, for
/// the others are like them.
Json genuine_page() {
    Json page = Json::parse(
        std::ifstream{PRESSINGS_TEST_DATA "/musicbrainz/recorded/" + k_group + ".json"});
    Json& release = page["releases"][1];
    for (Json& each : page["releases"]) {
        Json& tracks = each["media"][0]["tracks"];
        while (tracks.size() > 2)
            tracks.erase(2);
    }
    release["media"][0]["discs"] = {{{"id", "XzPS7vW.HPHsYemQh0HBUGr8vuU-"},
                                     {"sectors", 242457},
                                     {"offset-count", 1},
                                     {"offsets", {150}}}};
    release["media"][0]["tracks"][0]["recording"]["isrcs"] = {"GBAYE7300001"};
    release["relations"] = {{{"type", "discogs"}, {"url", {{"resource", "https://x.example"}}}}};
    release["aliases"] = {
        {{"name", "A"}, {"sort-name", "a"}, {"begin", "1973"}, {"primary", true}}};
    release["genres"] = {{{"name", "made up"}, {"count", 1}}};
    return page;
}

/// The places of all values inside `value`, of each list the first.
void find_places(const Json& value, const Pointer& here, std::vector<Pointer>& places) {
    const auto visit = [&](const Json& inner, const Pointer& place) {
        places.push_back(place);
        find_places(inner, place, places);
    };
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items())
            visit(inner, here / key);
    } else if (value.is_array()) {
        if (!value.empty()) visit(value[0], here / 0);
    }
}

const std::vector<Json>& odd_values() {
    static const std::vector<Json> values{nullptr,
                                          "",
                                          "\x01\x1b[2J\n",
                                          std::string{"a\0b", 3},
                                          std::string(70'000, 'x'),
                                          "odd",
                                          7,
                                          -1,
                                          std::int64_t{1} << 62,
                                          0.5,
                                          true,
                                          k_huge,
                                          k_half,
                                          Json::array(),
                                          Json::array({Json::object()}),
                                          Json::object(),
                                          Json{{"id", 7}}};
    return values;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at != std::string::npos) text.replace(at, from.size(), to);
}

std::string written(const Json& page) {
    std::string text = page.dump();
    replace(text, '"' + k_huge + '"', std::string(500, '9'));
    replace(text, k_half, "\\ud800");
    return text;
}

/// A catalogue with the group in it, and a source of whatever answer.
struct Bench : OpenCatalogue {
    Bench() {
        AlbumRequest request;
        request.album.mbid = Mbid::parse(k_group);
        album_id = *add(request).album_id;
    }

    /// Runs the album's open job with this answer, as a worker does.
    store::AttemptResult import(const std::string& answer) {
        folder.write(k_group + ".json", answer);
        const auto fetched = worker::fetch(*source, claim().front(), {}, {});
        if (const auto* failure = std::get_if<worker::FetchFailure>(&fetched)) {
            FAIL(failure->error.message);
        }
        const auto& import = std::get<store::Import>(fetched);
        return store->queue().complete({&import, 1}).front();
    }

    store::AttemptResult import_again(const std::string& answer) {
        store->albums().refresh_albums({}, 0, 10, store::Mode::write);
        return import(answer);
    }

    std::vector<Oddity> oddities() {
        std::vector<Oddity> all;
        store->catalogue().oddities({album_id, 0},
                                    [&](const auto& record) { all.push_back(record.oddity); });
        return all;
    }

    std::unique_ptr<source::ReleaseSource> source =
        source::make_source("file:" + folder.path().string(), {});
    std::int64_t album_id = 0;
};

std::map<Mbid, Release> present(const std::vector<store::ReleaseRecord>& records) {
    std::map<Mbid, Release> releases;
    for (const auto& record : records) {
        if (!record.removed_at_ms) releases[record.release.mbid] = record.release;
    }
    return releases;
}

struct Tally {
    int taken = 0;
    int kept_back = 0;
};

/// Imports the page with the release at `number` made odd in one way, and holds the catalogue
/// against what it was.
void check_variant(Bench& bench, const std::string& answer, const Mbid& touched, Tally& tally) {
    const auto before = present(bench.releases(bench.album_id));
    const auto report = bench.import_again(answer);
    REQUIRE(report.accepted);
    const auto after = present(bench.releases(bench.album_id));
    CHECK(after.size() == 3);
    for (const auto& [mbid, release] : before) {
        if (mbid != touched) CHECK(after.at(mbid) == release);
    }
    CHECK(report.releases.removed == 0);
    const auto oddities = bench.oddities();
    CHECK(oddities == report.oddities);
    REQUIRE(oddities.size() <= 1);
    const bool is_kept_back = !oddities.empty() && !is_of_group(oddities.front());
    CHECK(report.releases.total == (is_kept_back ? 2 : 3));
    ++(is_kept_back ? tally.kept_back : tally.taken);
    if (!is_kept_back) return;
    CHECK(after.at(touched) == before.at(touched));
    const Oddity& oddity = oddities.front();
    CHECK((oddity.release == touched || oddity.field == "id" || oddity.field.empty()));
    CHECK(oddity.problem != "");
    CHECK(oddity.value.value_or("").size() < 210);
    CHECK(oddity.reader == source::k_reader_version);
}

/// Whether null and nothing at all are as good as any value here.
bool may_be_missing(const Pointer& place) {
    static const std::set<std::string> k_required{"id",   "title",    "name", "artist",
                                                  "type", "resource", "0"};
    return !k_required.contains(place.back());
}

}  // namespace

TEST_CASE("Whatever value of a release is odd, its album loses no more than that release") {
    const Json genuine = genuine_page();
    const Mbid touched = *Mbid::parse(genuine["releases"][1]["id"].get<std::string>());
    Bench bench;
    REQUIRE(bench.import(written(genuine)).releases.created == 3);
    std::vector<Pointer> places;
    find_places(genuine["releases"][1], Pointer{"/releases/1"}, places);
    REQUIRE(places.size() > 120);
    Tally tally;
    for (const Pointer& place : places) {
        CAPTURE(place.to_string());
        for (const Json& odd : odd_values()) {
            CAPTURE(odd.dump(-1, ' ', true).substr(0, 80));
            Json page = genuine;
            page[place] = odd;
            const int before = tally.kept_back;
            check_variant(bench, written(page), touched, tally);
            if (odd.is_null() && may_be_missing(place)) CHECK(tally.kept_back == before);
        }
        if (!may_be_missing(place)) continue;
        Json page = genuine;
        page[place.parent_pointer()].erase(place.back());
        const int before = tally.kept_back;
        check_variant(bench, written(page), touched, tally);
        CHECK(tally.kept_back == before);
    }
    CHECK(tally.taken > 500);
    CHECK(tally.kept_back > 1000);
    CHECK(bench.store->maintenance().check().faults.empty());
    CHECK(bench.import_again(written(genuine)).releases.total == 3);
    CHECK(bench.oddities().empty());
    CHECK(bench.store->jobs().status().oddities == 0);
}

TEST_CASE(
    "Whatever a release is in place of an object, its album loses no more than that release") {
    const Json genuine = genuine_page();
    const Mbid touched = *Mbid::parse(genuine["releases"][1]["id"].get<std::string>());
    Bench bench;
    bench.import(written(genuine));
    Tally tally;
    for (const Json& odd : odd_values()) {
        CAPTURE(odd.dump(-1, ' ', true).substr(0, 80));
        Json page = genuine;
        page["releases"][1] = odd;
        check_variant(bench, written(page), touched, tally);
    }
    CHECK(tally.taken == 0);
}

TEST_CASE("A key that nobody knows makes nothing odd, whatever is in it") {
    Json page = genuine_page();
    Bench bench;
    bench.import(written(page));
    for (const Json& odd : odd_values()) {
        page["releases"][1]["mood"] = odd;
        page["releases"][1]["media"][0]["tracks"][0]["mood"] = odd;
        CHECK(bench.import_again(written(page)).releases.unchanged == 3);
    }
}

TEST_CASE("Statuses, types, formats and packagings that nobody knows yet are taken as they come") {
    Json page = genuine_page();
    Json& release = page["releases"][1];
    release["status"] = "Imaginary";
    release["packaging"] = "Cloud of Smoke";
    release["quality"] = "divine";
    release["media"][0]["format"] = "Thought";
    release["release-group"]["primary-type"] = "Dream";
    release["release-group"]["secondary-types"] = {"Lucid"};
    release["artist-credit"][0]["artist"]["type"] = "Weather";
    Bench bench;
    CHECK(bench.import(written(page)).oddities.empty());
    const auto stored = bench.releases(bench.album_id);
    const auto found = std::find_if(stored.begin(), stored.end(), [](const auto& record) {
        return record.release.status == "Imaginary";
    });
    REQUIRE(found != stored.end());
    CHECK(found->format == PlainFormat::other);
    CHECK(found->release.packaging == "Cloud of Smoke");
    CHECK(found->release.media.front().format == "Thought");
}

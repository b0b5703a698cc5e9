#include <doctest/doctest.h>

#include "source/json/release_json.hpp"
#include "source/release_source.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

Json genuine(const std::string& name) {
    return Json::parse(read_file(PRESSINGS_TEST_DATA "/musicbrainz/releases/" + name));
}

/// Two discs; a DVD with data tracks is the second.
Json collision_course() {
    return genuine("2810aeef-eaf4-4ea3-a0ee-fd41f8e64285.json");
}

Json greatest_hits() {
    return genuine("bab57bb1-67a7-460a-a5c4-15c9a1df7d2d.json");
}

Release parse(const Json& json) {
    return parse_release(json.dump()).release;
}

/// What is wrong with the document, by the parser.
std::string problem_of(const Json& json) {
    try {
        parse_release(json.dump());
    } catch (const SourceError& error) {
        CHECK(error.kind == ErrorKind::transient);
        CHECK(error.code == "bad_answer");
        return error.what();
    }
    return "none";
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an empty barcode is kept, as it says that there is none; null says nothing") {
    Json release = greatest_hits();
    release["barcode"] = "";
    CHECK(parse(release).barcode == "");
    release["barcode"] = nullptr;
    CHECK(parse(release).barcode == std::nullopt);
    release.erase("barcode");
    CHECK(parse(release).barcode == std::nullopt);
    release["barcode"] = "0075992739429";
    CHECK(parse(release).barcode == "0075992739429");
}

TEST_CASE("a release without date, country and events is one with nothing known of them") {
    Json release = greatest_hits();
    release.erase("date");
    release.erase("country");
    release.erase("release-events");
    const Release parsed = parse(release);
    CHECK(parsed.date == std::nullopt);
    CHECK(parsed.country == std::nullopt);
    CHECK(parsed.events.empty());
}

TEST_CASE("dates keep the precision in which they came") {
    Json release = greatest_hits();
    for (const char* date : {"1973", "1973-03", "1973-03-01", "\?\?\?\?-03", "1973-\?\?-01"}) {
        release["date"] = date;
        CHECK(parse(release).date->to_string() == date);
    }
    release["date"] = "";
    CHECK(parse(release).date == std::nullopt);
}

TEST_CASE("an impossible date is refused by the name of its field") {
    Json release = greatest_hits();
    release["release-events"][0]["date"] = "1973-02-30";
    const std::string problem = problem_of(release);
    CHECK(mentions(problem, "release bab57bb1-67a7-460a-a5c4-15c9a1df7d2d"));
    CHECK(mentions(problem, "release-events[0].date"));
    CHECK(mentions(problem, "1973-02-30"));
}

TEST_CASE("the country of an event is its area's current code, else its former one") {
    Json release = greatest_hits();
    Json& area = release["release-events"][0]["area"];
    area.erase("iso-3166-1-codes");
    area["iso-3166-3-codes"] = {"YUCS"};
    CHECK(parse(release).events[0].country == "YUCS");
    area["iso_3166_1_codes"] = {"YU"};
    CHECK(parse(release).events[0].country == "YU");
}

TEST_CASE("of several codes of an area the one is taken that the release has as country") {
    Json release = greatest_hits();
    release["release-events"][0]["area"]["iso-3166-1-codes"] = {"XX", "GB"};
    release["country"] = "GB";
    CHECK(parse(release).events[0].country == "GB");
    release["country"] = "US";
    CHECK(parse(release).events[0].country == "XX");
}

TEST_CASE("an event may have a date and no area") {
    Json release = greatest_hits();
    release["release-events"][0]["area"] = nullptr;
    const Release parsed = parse(release);
    CHECK(parsed.events[0].country == std::nullopt);
    CHECK(parsed.events[0].area_mbid == std::nullopt);
    CHECK(parsed.events[0].date.has_value());
}

TEST_CASE("a catalogue number without a label and a label without a number are both kept") {
    Json release = greatest_hits();
    const Json label = release["label-info"][0]["label"];
    release["label-info"] = Json::array({{{"label", nullptr}, {"catalog-number", "X 1"}},
                                         {{"label", label}, {"catalog-number", nullptr}}});
    const Release parsed = parse(release);
    REQUIRE(parsed.label_info.size() == 2);
    CHECK(!parsed.label_info[0].label);
    CHECK(parsed.label_info[0].catalog_number == "X 1");
    CHECK(parsed.label_info[1].label->name == label["name"]);
    CHECK(!parsed.label_info[1].catalog_number);
}

TEST_CASE("a medium without a track list differs from one with an empty list") {
    Json release = greatest_hits();
    release["media"][0].erase("tracks");
    REQUIRE(release["media"][0]["track-count"] > 0);
    CHECK(!parse(release).media[0].tracks);
    release["media"][0]["track-count"] = 0;
    REQUIRE(parse(release).media[0].tracks);
    CHECK(parse(release).media[0].tracks->empty());
    release["media"][0]["tracks"] = Json::array();
    REQUIRE(parse(release).media[0].tracks);
    CHECK(parse(release).media[0].tracks->empty());
}

TEST_CASE("data tracks come behind the others and are marked") {
    const Release parsed = parse(collision_course());
    const auto is_data = [](const Track& track) { return track.kind == TrackKind::data; };
    for (const Medium& medium : parsed.media) {
        const auto& tracks = *medium.tracks;
        const auto first = std::find_if(tracks.begin(), tracks.end(), is_data);
        CHECK(std::all_of(first, tracks.end(), is_data));
        CHECK(medium.track_count == first - tracks.begin());
    }
    CHECK(is_data(parsed.media[0].tracks->back()) != is_data(parsed.media[1].tracks->back()));
}

TEST_CASE("a hidden track stands in front of the first, at position 0") {
    const Json release =
        genuine("ec0d0122-b559-4aa1-a017-7068814aae57_inc_artists_recordings_artist-credits.json");
    const auto tracks = *parse(release).media[0].tracks;
    REQUIRE(tracks.size() == 3);
    CHECK(tracks[0].kind == TrackKind::pregap);
    CHECK(tracks[0].position == 0);
    CHECK(tracks[0].number == "0");
    CHECK(tracks[1].kind == TrackKind::track);
    CHECK(tracks[1].position == 1);
}

TEST_CASE("a medium may have a hidden track and no other") {
    Json release = greatest_hits();
    Json& medium = release["media"][0];
    medium = Json::parse(read_file(answers_in("fragments").at(0)));
    medium.erase("tracks");
    const auto tracks = *parse(release).media[0].tracks;
    REQUIRE(tracks.size() == 1);
    CHECK(tracks[0].kind == TrackKind::pregap);
}

TEST_CASE("tracks of a server that printed no positions are counted from the offset of the list") {
    Json release = greatest_hits();
    Json& medium = release["media"][0];
    medium["track-offset"] = 3;
    for (Json& track : medium["tracks"])
        track.erase("position");
    const auto tracks = *parse(release).media[0].tracks;
    CHECK(tracks.front().position == 4);
    CHECK(tracks.back().position == 3 + static_cast<int>(tracks.size()));
}

TEST_CASE("media without a position are counted") {
    Json release = collision_course();
    for (Json& medium : release["media"])
        medium.erase("position");
    CHECK(parse(release).media[1].position == 2);
}

TEST_CASE("media are sorted by position") {
    Json release = collision_course();
    std::swap(release["media"][0], release["media"][1]);
    CHECK(parse(release) == parse(collision_course()));
}

TEST_CASE("two media or two tracks of one position are refused") {
    Json media = collision_course();
    media["media"][1]["position"] = 1;
    CHECK(mentions(problem_of(media), ": media has position 1 twice"));
    Json tracks = collision_course();
    tracks["media"][0]["tracks"][1]["position"] = 1;
    CHECK(mentions(problem_of(tracks), ": media[0] has position 1 twice"));
}

TEST_CASE("old servers' lengths in strings and videos in numbers are read") {
    Json release = greatest_hits();
    Json& recording = release["media"][0]["tracks"][0]["recording"];
    recording["length"] = "354000";
    recording["video"] = 1;
    const Recording parsed = *(*parse(release).media[0].tracks)[0].recording;
    CHECK(parsed.length_ms == 354000);
    CHECK(parsed.video == true);
}

TEST_CASE("ISRCs are sorted and each is there once") {
    Json release = greatest_hits();
    release["media"][0]["tracks"][0]["recording"]["isrcs"] = {"GBAYE7300002", "GBAYE7300001",
                                                              "GBAYE7300002"};
    const Recording parsed = *(*parse(release).media[0].tracks)[0].recording;
    CHECK(parsed.isrcs == std::vector<std::string>{"GBAYE7300001", "GBAYE7300002"});
}

TEST_CASE("an artist credited without a name of its own is credited as the artist") {
    Json release = collision_course();
    release["artist-credit"][0].erase("name");
    CHECK(parse(release).artist_credit[0].name == release["artist-credit"][0]["artist"]["name"]);
    CHECK(parse(release).artist_credit[0].join_phrase == release["artist-credit"][0]["joinphrase"]);
}

TEST_CASE("the packaging called None is a value") {
    Json release = greatest_hits();
    release["packaging"] = "None";
    CHECK(parse(release).packaging == "None");
}

TEST_CASE("an MBID that is none is refused by the name of its field, safe to print") {
    Json release = greatest_hits();
    release["media"][0]["tracks"][2]["recording"]["id"] = "\x1b[2Jboo";
    const std::string problem = problem_of(release);
    CHECK(mentions(problem, "media[0].tracks[2].recording.id"));
    CHECK(!mentions(problem, "\x1b"));
}

TEST_CASE("a NUL in a name, a name without end and a name that is empty are refused") {
    Json release = greatest_hits();
    release["title"] = std::string("a\0b", 3);
    CHECK(mentions(problem_of(release), ": title contains a NUL"));
    release["title"] = std::string(65 << 10, 'a');
    CHECK(mentions(problem_of(release), ": title is longer"));
    release["title"] = "";
    CHECK(mentions(problem_of(release), ": title is empty"));
    release.erase("title");
    CHECK(mentions(problem_of(release), ": title is missing"));
}

TEST_CASE("numbers out of range are refused") {
    Json release = greatest_hits();
    release["media"][0]["tracks"][0]["length"] = -1;
    CHECK(mentions(problem_of(release), "media[0].tracks[0].length"));
    release["media"][0]["tracks"][0]["length"] = 1.5;
    CHECK(mentions(problem_of(release), "is not a whole number"));
    release = greatest_hits();
    release["media"][0]["position"] = 0;
    CHECK(mentions(problem_of(release), "media[0].position"));
}

TEST_CASE("a page's releases are all of one group") {
    Json page{{"release-count", 2}, {"release-offset", 0}};
    page["releases"] = {greatest_hits(), collision_course()};
    try {
        parse_browse_page(page.dump());
        FAIL("it was taken");
    } catch (const SourceError& error) {
        CHECK(mentions(error.what(), "release 2810aeef-eaf4-4ea3-a0ee-fd41f8e64285"));
        CHECK(mentions(error.what(), "releases[1].release-group.id"));
    }
}

TEST_CASE("a page without a count, or without its list, is none") {
    CHECK_THROWS_AS(parse_browse_page(R"({"releases":[]})"), SourceError);
    CHECK_THROWS_AS(parse_browse_page(R"({"release-count":0})"), SourceError);
    CHECK(parse_browse_page(R"({"release-count":0,"releases":[]})").releases.empty());
}

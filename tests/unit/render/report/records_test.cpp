#include "render/report/records.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;
using namespace pressings::render::report;
using Json = nlohmann::json;

namespace {

store::ReleaseRecord edition(int n, PlainFormat format, const char* date, const char* status) {
    store::ReleaseRecord record;
    record.id = n;
    record.format = format;
    record.release = release(n, "A title");
    record.release.date = PartialDate::parse(date);
    record.release.status = status;
    return record;
}

store::AlbumRecord an_album() {
    store::AlbumRecord album;
    album.id = 1;
    album.album.title = "A title";
    return album;
}

/// "Vinyl Official: 1 2", of each group.
std::vector<std::string> groups_of(const std::vector<store::ReleaseRecord>& releases) {
    std::vector<std::string> groups;
    const Json album = Json::parse(album_record(an_album(), releases));
    for (const Json& group : album["e"]) {
        std::string text = group[0].get<std::string>() + " " + group[1].get<std::string>() + ":";
        for (const Json& one : group[3])
            text += " " + std::to_string(one["i"].get<int>());
        groups.push_back(text);
    }
    return groups;
}

}  // namespace

TEST_CASE("Editions stand by format, the first one first, then by status, then by date") {
    auto removed = edition(7, PlainFormat::cd, "1980", "Official");
    removed.removed_at_ms = 1;
    CHECK(groups_of({edition(1, PlainFormat::cd, "1984", "Official"),
                     edition(2, PlainFormat::cd, "1982", "Bootleg"),
                     edition(3, PlainFormat::vinyl, "1977", "Promotion"),
                     edition(4, PlainFormat::vinyl, "1978", "Official"),
                     edition(5, PlainFormat::vinyl, "1977-02", "Official"),
                     edition(6, PlainFormat::cd, "1983", "Official"), removed}) ==
          std::vector<std::string>{"Vinyl Official: 5 4", "Vinyl Promotion: 3", "CD Official: 6 1",
                                   "CD Bootleg: 2", "No longer of this album : 7"});
}

TEST_CASE("An area is called by MusicBrainz's own name for it, without its brackets") {
    auto one = edition(1, PlainFormat::cd, "1984", "Official");
    one.release.events = {{std::nullopt, "XW", std::nullopt, "[Worldwide]"},
                          {std::nullopt, "GB", std::nullopt, "United Kingdom"},
                          {std::nullopt, "GB", std::nullopt, "United Kingdom"},
                          {std::nullopt, "XE", std::nullopt, std::nullopt}};
    const Json album = Json::parse(album_record(an_album(), {one}));
    CHECK(album["e"][0][3][0]["c"] == Json{"Worldwide", "United Kingdom", "Europe"});
}

TEST_CASE("A language or script is told of only where it is not the usual one") {
    std::vector<store::ReleaseRecord> releases{edition(1, PlainFormat::cd, "1", "Official"),
                                               edition(2, PlainFormat::cd, "2", "Official"),
                                               edition(3, PlainFormat::cd, "3", "Official")};
    for (auto& record : releases)
        record.release.language = "eng";
    releases[2].release.language = "jpn";
    releases[2].release.script = "Jpan";
    const Json editions = Json::parse(album_record(an_album(), releases))["e"][0][3];
    CHECK_FALSE(editions[0].contains("g"));
    CHECK(editions[2]["g"] == "jpn");
    CHECK_FALSE(editions[2].contains("k"));  // the only one that is known
}

TEST_CASE("Titles and media that editions share are said once; no tracks are no record") {
    const auto one = edition(1, PlainFormat::cd, "1984", "Official");
    auto other = edition(2, PlainFormat::cd, "1984", "Official");
    CHECK(Json::parse(tracks_record(9, {one, other})) == Json::parse(R"({
        "i": 9, "s": ["Track 1", "Track 2"],
        "h": [{"h": "CD 1", "t": [0, 1], "l": [null, null]}],
        "r": {"1": [0], "2": [0]}})"));
    other.release.media.front().tracks.reset();
    CHECK(Json::parse(tracks_record(9, {one, other}))["r"] == Json::parse(R"({"1": [0]})"));
    CHECK(tracks_record(9, {other}).empty());
}

TEST_CASE("A track tells of its number, artist and kind only where they say something") {
    auto one = edition(1, PlainFormat::vinyl, "1984", "Official");
    auto& tracks = *one.release.media.front().tracks;
    tracks[0].number = "A1";
    tracks[0].length_ms = 61'400;
    tracks[1].artist_credit = credit(3, "Somebody else");
    tracks[1].kind = TrackKind::data;
    const Json medium = Json::parse(tracks_record(9, {one}))["h"][0];
    CHECK(medium["n"] == Json{"A1", "2"});
    CHECK(medium["l"] == Json{61, nullptr});
    CHECK(medium["a"] == Json{{"1", "Somebody else"}});
    CHECK(medium["k"] == Json{{"1", "data"}});
}

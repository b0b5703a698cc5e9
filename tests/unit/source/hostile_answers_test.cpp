#include <doctest/doctest.h>

#include "source/json/release_json.hpp"
#include "source/release_source.hpp"
#include "source/ws2/release_pages.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

enum class Outcome { taken, refused };

/// Anything but being taken or refused ends the test.
Outcome outcome_of(const std::string& text) {
    try {
        parse_release(text);
        return Outcome::taken;
    } catch (const SourceError& error) {
        CHECK(error.code == "bad_answer");
        return Outcome::refused;
    }
}

/// Calls `visit` with each value inside `json`, which may change it for the time of the call.
template <typename Visit>
void for_each_value(Json& json, const Visit& visit) {
    if (!json.is_structured()) return;
    for (Json& member : json) {
        visit(member);
        for_each_value(member, visit);
    }
}

const std::string k_release =
    PRESSINGS_TEST_DATA "/musicbrainz/releases/e9b0f69e-ee3d-36ed-8c12-f8ee65f87e45.json";

}  // namespace

TEST_CASE("any value of a release may be replaced by any other, and it is taken or refused") {
    Json release = Json::parse(read_file(k_release));
    // One track is as good as ten here, and quicker.
    release["media"][0]["tracks"] = Json::array({release["media"][0]["tracks"][0]});
    release["media"][0]["discs"] = {{{"id", "XzPS7vW.HPHsYemQh0HBUGr8vuU-"},
                                     {"sectors", 242457},
                                     {"offset-count", 1},
                                     {"offsets", {150}}}};
    release["relations"] = {{{"type", "discogs"}, {"url", {{"resource", "https://x.example"}}}}};
    release["aliases"] = {{{"name", "A"}, {"begin", "1973"}, {"primary", true}}};
    release["genres"] = {{{"name", "made up"}, {"count", 1}}};
    const std::vector<Json> replacements{
        nullptr, "", "x", 0, -1, 1e300, true, Json::array(), Json::object(), Json::array({1})};
    int refused = 0;
    for_each_value(release, [&](Json& value) {
        for (const Json& replacement : replacements) {
            Json other = replacement;
            std::swap(value, other);
            refused += outcome_of(release.dump()) == Outcome::refused ? 1 : 0;
            std::swap(value, other);
        }
    });
    CHECK(refused > 100);
    CHECK(outcome_of(release.dump()) == Outcome::taken);
}

TEST_CASE("a release cut off anywhere is refused") {
    const std::string text = read_file(k_release);
    const std::string body = text.substr(0, text.find_last_of('}'));
    for (std::size_t size = 0; size < body.size(); size += 97) {
        CHECK(outcome_of(body.substr(0, size)) == Outcome::refused);
    }
}

TEST_CASE("a document nested without end is refused") {
    CHECK(outcome_of(std::string(1'000'000, '[')) == Outcome::refused);
    const std::string deep = std::string(2000, '[') + std::string(2000, ']');
    CHECK(outcome_of(R"({"relations":)" + deep + "}") == Outcome::refused);
}

TEST_CASE("bytes that are no UTF-8 are refused, and so are half surrogates") {
    CHECK(outcome_of("{\"id\":\"\xff\"}") == Outcome::refused);
    CHECK(outcome_of(R"({"id":"\ud800"})") == Outcome::refused);
}

TEST_CASE("a list with more entries than any release has is refused") {
    Json release = Json::parse(read_file(k_release));
    release["label-info"] = std::vector<Json>(20'000, Json::object());
    CHECK(outcome_of(release.dump()) == Outcome::refused);
}

TEST_CASE("many lists that are each as long as may be are refused together") {
    // Three bytes an entry, and some hundred each in memory.
    std::string entries = "{}";
    for (int i = 1; i < 10'000; ++i)
        entries += ",{}";
    const std::string release =
        R"({"id":"1a8c4ac3-6f47-4570-aedb-f1928a0498ea","title":"a","label-info":[)" + entries +
        "]}";
    std::string releases = release;
    for (int i = 1; i < 99; ++i)
        releases += "," + release;
    const auto page = [&](const std::string& list) {
        return R"({"release-count":1,"releases":[)" + list + "]}";
    };
    CHECK(parse_browse_page(page(releases)).entries == 99 * 10'001);
    CHECK_THROWS_WITH_AS(parse_browse_page(page(releases + "," + release + "," + release)),
                         doctest::Contains("has more than 1000000 entries"), SourceError);
}

TEST_CASE("pages without end that are each as large as may be are refused together") {
    ReleasePages pages;
    BrowsePage page;
    page.entries = 1'000'000;
    for (int i = 0; i < 4; ++i)
        pages.add(page, 0);
    ParsedRelease one_more;
    one_more.entries = 1;
    CHECK_THROWS_AS(pages.add(one_more), SourceError);
    CHECK_THROWS_AS(pages.add(page, 0), SourceError);
}

TEST_CASE("a track whose position is not told cannot be beyond where any may be") {
    Json release = Json::parse(read_file(k_release));
    Json& medium = release["media"][0];
    medium["track-offset"] = 1'000'000;
    CHECK(outcome_of(release.dump()) == Outcome::taken);
    medium["tracks"][0].erase("position");
    CHECK(outcome_of(release.dump()) == Outcome::refused);
}

TEST_CASE("keys that nobody knows are passed over") {
    Json release = Json::parse(read_file(k_release));
    const Release before = parse_release(release.dump()).release;
    release["quantum-state"] = {{"cats", {1, 2, nullptr}}};
    release["media"][0]["tracks"][0]["mood"] = "blue";
    CHECK(parse_release(release.dump()).release == before);
}

TEST_CASE("nothing, text and other documents are refused") {
    for (const char* text : {"", " ", "null", "[]", "{}", "7", "<html></html>", "{\"id\":"}) {
        CAPTURE(text);
        CHECK(outcome_of(text) == Outcome::refused);
    }
}

namespace {

/// What the reader says of the release with `value` at the JSON pointer `path`; "" if it takes it.
std::string refusal_with(const std::string& path, const Json& value) {
    Json release = Json::parse(read_file(k_release));
    release[Json::json_pointer{path}] = value;
    try {
        parse_release(release.dump());
        return "";
    } catch (const SourceError& error) {
        CHECK(error.code == "bad_answer");
        CHECK(error.kind == ErrorKind::transient);
        return error.what();
    }
}

/// Whether it was refused with a word on which release and which field.
void check_refused(const std::string& path, const Json& value, const std::string& field) {
    CAPTURE(path);
    CAPTURE(value.dump().substr(0, 80));
    const std::string refusal = refusal_with(path, value);
    CHECK(refusal.find("release e9b0f69e-ee3d-36ed-8c12-f8ee65f87e45: " + field) !=
          std::string::npos);
    CHECK(refusal.size() < 300);
}

const Json k_disc{{"id", "XzPS7vW.HPHsYemQh0HBUGr8vuU-"},
                  {"sectors", 242457},
                  {"offset-count", 2},
                  {"offsets", {150, 18901}}};

Json disc_with(const char* key, const Json& value) {
    Json disc = k_disc;
    disc[key] = value;
    return Json::array({disc});
}

Json link_to(const std::string& url) {
    return Json::array({{{"type", "streaming"}, {"url", {{"resource", url}}}}});
}

}  // namespace

TEST_CASE("codes of countries, languages and scripts have a shape, and others are refused") {
    for (const char* code : {"GB", "XW", "XE", "XG", "YU", "SU", "XC", "DD", "CS", "AN", "YUCS",
                             "CN-71", "GB-ENG", "FR-75C"}) {
        CHECK(refusal_with("/country", code) == "");
    }
    for (const char* code : {"gb", "G", "GBR", "GB-", "G1", "GB ", "CN-71-AND-MORE", "\x1b[2J"}) {
        check_refused("/country", code, "country is no country code");
    }
    check_refused("/artist-credit/0/artist/country", "Ruritania",
                  "artist-credit[0].artist.country is no country code");
    check_refused("/text-representation/language", "English",
                  "text-representation.language is no language code");
    check_refused("/text-representation/script", "latin",
                  "text-representation.script is no script code");
    CHECK(refusal_with("/text-representation/script", "Qaaa") == "");
    CHECK(refusal_with("/text-representation/language", "zxx") == "");
}

TEST_CASE("ISRCs have a shape, barcodes and catalogue numbers only a length") {
    check_refused("/media/0/tracks/0/recording/isrcs", {"GB-AYE-73-00001"},
                  "media[0].tracks[0].recording.isrcs[0] is no ISRC");
    check_refused("/media/0/tracks/0/recording/isrcs", {""},
                  "media[0].tracks[0].recording.isrcs[0] is empty");
    for (const char* barcode : {"", "0602498646533", "7 24382 97522 4", "none on it"}) {
        CHECK(refusal_with("/barcode", barcode) == "");
    }
    check_refused("/barcode", std::string(1100, '1'), "barcode is longer than 1020 bytes");
    check_refused("/label-info", {{{"catalog-number", std::string(1100, 'A')}}},
                  "label-info[0].catalog-number is longer");
    check_refused("/status", std::string(1100, 'A'), "status is longer");
}

TEST_CASE("a disc has an id of 28 characters, and as many tracks as a CD can have") {
    CHECK(refusal_with("/media/0/discs", Json::array({k_disc})) == "");
    check_refused("/media/0/discs", disc_with("id", "XzPS7vW.HPHsYemQh0HBUGr8vuU"),
                  "media[0].discs[0].id is no disc id");
    check_refused("/media/0/discs", disc_with("id", "../../../../../etc/passwd../-"),
                  "media[0].discs[0].id is no disc id");
    check_refused("/media/0/discs", disc_with("id", nullptr), "media[0].discs[0].id is missing");
    check_refused("/media/0/discs", disc_with("sectors", -1), "media[0].discs[0].sectors is -1");
    check_refused("/media/0/discs", disc_with("offsets", std::vector<int>(100, 150)),
                  "media[0].discs[0].offsets has 100 entries");
    check_refused("/media/0/discs", disc_with("offsets", {150, nullptr}),
                  "media[0].discs[0].offsets[1] is missing");
    check_refused("/media/0/discs", disc_with("offsets", {150, 2'000'000'000}),
                  "media[0].discs[0].offsets[1] is 2000000000");
}

TEST_CASE("a URL has a scheme and a host, and none that a browser would run") {
    for (const char* url :
         {"https://open.spotify.com/album/1", "http://example.org", "ftp://ftp.example.org/a",
          "https://music.example.org/?q=%20&x=\xE9\x9F\xB3"}) {
        CHECK(refusal_with("/relations", link_to(url)) == "");
    }
    for (const char* url :
         {"javascript:alert(1)", "javascript://example.org/%0aalert(1)", "JavaScript://x/",
          "data:text/html,x", "file:///etc/passwd", "https://", "https:///x", "://x", "x",
          "https://a b", "https://a\nb", "https://a\x1b[2J", "1http://x"}) {
        check_refused("/relations", link_to(url), "relations[0].url.resource is no URL");
    }
    check_refused("/relations", link_to("https://x/" + std::string(9000, 'a')),
                  "relations[0].url.resource is longer than 8192 bytes");
    check_refused("/relations", link_to(""), "relations[0].url.resource is empty");
    check_refused("/relations", {{{"url", "https://x/"}, {"type", "streaming"}}},
                  "relations[0].url is not an object");
    check_refused("/relations", {{{"url", {{"resource", "https://x/"}}}}},
                  "relations[0].type is missing");
}

TEST_CASE("a relationship to something else than a URL is passed over, whatever it is") {
    Json release = Json::parse(read_file(k_release));
    release["relations"] = {{{"type", "producer"}, {"artist", {{"id", 7}}}}};
    CHECK(parse_release(release.dump()).release.urls->empty());
}

TEST_CASE("other names, genres and cover art are held to dates, flags and counts") {
    check_refused("/aliases", {{{"name", ""}}}, "aliases[0].name is empty");
    check_refused("/aliases", {{{"name", "A"}, {"begin", "1973-13"}}},
                  "aliases[0].begin is no date");
    check_refused("/aliases", {{{"name", "A"}, {"primary", "yes"}}},
                  "aliases[0].primary is neither true nor false");
    check_refused("/genres", {{{"name", "rock"}, {"id", "rock"}}}, "genres[0].id is no MBID");
    check_refused("/genres", {{{"name", "rock"}, {"count", 5'000'000'000}}}, "genres[0].count is");
    check_refused("/cover-art-archive", {{"count", -1}}, "cover-art-archive.count is -1");
    check_refused("/cover-art-archive", Json::array(), "cover-art-archive is not an object");
}

TEST_CASE("lists of links, names and discs have an end") {
    const std::vector<Json> many(20'000, Json::object());
    for (const char* key : {"relations", "aliases", "genres"}) {
        check_refused(std::string{"/"} + key, many, std::string{key} + " has 20000 entries");
    }
    check_refused("/media/0/discs", many, "media[0].discs has 20000 entries");
}

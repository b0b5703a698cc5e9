#include <doctest/doctest.h>

#include "musicbrainz/release_json.hpp"
#include "musicbrainz/release_pages.hpp"
#include "musicbrainz/release_source.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::musicbrainz;
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

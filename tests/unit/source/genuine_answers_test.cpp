#include <doctest/doctest.h>

#include "source/json/release_json.hpp"
#include "source/release_source.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

void check_optional_group(const std::optional<Album>& group, const Json& release) {
    REQUIRE(group.has_value() == release.contains("release-group"));
    if (group) check_group(*group, release["release-group"]);
}

void check_lookup(const std::string& text) {
    const ParsedRelease parsed = parse_release(text);
    const Json json = Json::parse(text);
    check_release(parsed.release, json);
    check_optional_group(parsed.release_group, json);
}

void check_page(const std::string& text) {
    const BrowsePage page = parse_browse_page(text);
    const Json json = Json::parse(text);
    CHECK(page.release_count == json["release-count"]);
    CHECK(page.release_offset == json["release-offset"]);
    REQUIRE(page.releases.size() == json["releases"].size());
    for (std::size_t at = 0; at < page.releases.size(); ++at) {
        check_release(page.releases[at], json["releases"][at]);
    }
    if (!page.releases.empty()) check_optional_group(page.release_group, json["releases"][0]);
}

}  // namespace

TEST_CASE("every genuine release lookup is read with each field in its place") {
    const auto files = answers_in("releases");
    REQUIRE(files.size() > 70);
    for (const auto& file : files) {
        CAPTURE(file.filename());
        check_lookup(read_file(file));
    }
}

TEST_CASE("every genuine browse page is read with each field in its place") {
    for (const char* folder : {"pages", "recorded"}) {
        for (const auto& file : answers_in(folder)) {
            CAPTURE(file.filename());
            check_page(read_file(file));
        }
    }
}

TEST_CASE("every genuine release-group lookup is read with each field in its place") {
    for (const auto& file : answers_in("groups")) {
        CAPTURE(file.filename());
        const std::string text = read_file(file);
        check_group(parse_release_group(text), Json::parse(text));
    }
}

TEST_CASE("lines of the JSON dumps are read like lookups") {
    for (const auto& file : answers_in("dump")) {
        const std::string name = file.filename();
        const std::string text = read_file(file);
        CAPTURE(name);
        if (name.find("release-group") != std::string::npos) {
            check_group(parse_release_group(text), Json::parse(text));
        } else if (name.find("release_") != std::string::npos) {
            check_lookup(text);
        }
    }
}

TEST_CASE("an error body is no page, no release and no group") {
    for (const auto& file : answers_in("errors")) {
        const std::string text = read_file(file);
        CHECK_THROWS_AS(parse_browse_page(text), SourceError);
        CHECK_THROWS_AS(parse_release(text), SourceError);
        CHECK_THROWS_AS(parse_release_group(text), SourceError);
    }
}

#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "source/json/json_unknown.hpp"

using namespace pressings::source;

namespace {

std::string paths_in(std::string_view answer) {
    UnknownFields fields;
    fields.take(answer);
    std::string paths;
    for (const auto& field : fields.found())
        paths += (paths.empty() ? "" : " ") + field.path;
    return paths;
}

}  // namespace

TEST_CASE("every field of the genuine answers is known") {
    UnknownFields fields;
    int answers = 0;
    for (const char* folder : {"releases", "recorded", "pages", "groups"}) {
        const std::filesystem::path path{PRESSINGS_TEST_DATA "/musicbrainz/"};
        for (const auto& entry : std::filesystem::directory_iterator{path / folder}) {
            if (entry.path().extension() != ".json") continue;
            std::ifstream file{entry.path()};
            fields.take(std::string{std::istreambuf_iterator<char>{file}, {}});
            ++answers;
        }
    }
    CHECK(answers > 100);
    for (const auto& field : fields.found())
        FAIL_CHECK(field.path << " = " << field.example);
}

TEST_CASE("a field that nobody knows is found in a page, a release and a release group") {
    CHECK(paths_in(R"({"release-count":1,"release-offset":0,"releases":[{"id":"","new":1}]})") ==
          "new");
    CHECK(paths_in(R"({"release-count":1,"next-page":"x","releases":[]})") == "page.next-page");
    CHECK(paths_in(R"({"id":"","media":[{"tracks":[{"mood":"blue"}]}]})") ==
          "media[].tracks[].mood");
    CHECK(paths_in(R"({"id":"","primary-type":"Album","era":{"from":1}})") == "release-group.era");
    CHECK(paths_in(R"({"id":"","label-info":[{"label":{"aliases":[{"new":1}]}}]})") == "");
}

TEST_CASE("a field is told once, with how often it was met and its first value") {
    UnknownFields fields;
    fields.take(
        R"({"release-count":2,"releases":[{"new":{"a":[1,2]}},{"new":null},{"media":[]}]})");
    fields.take(R"({"id":"","new":7})");
    REQUIRE(fields.found().size() == 1);
    CHECK(fields.found()[0].times == 3);
    CHECK(fields.found()[0].example == R"({"a":[1,2]})");
}

TEST_CASE("whatever an answer is, what is told of it is bounded") {
    for (const char* none : {"", "[]", "7", "{", "{\"a\":", "\xff"})
        CHECK(paths_in(none) == "");
    std::string many = "{";
    for (int n = 0; n < 5'000; ++n)
        many += "\"field" + std::to_string(n) + "\":1,";
    many += "\"" + std::string(100'000, 'x') + "\":\"" + std::string(100'000, 'y') + "\"}";
    UnknownFields fields;
    fields.take(many);
    CHECK(fields.found().size() == 1'000);
    UnknownFields long_one;
    long_one.take("{\"" + std::string(100'000, 'x') + "\":\"" + std::string(100'000, 'y') + "\"}");
    REQUIRE(long_one.found().size() == 1);
    CHECK(long_one.found()[0].path.size() < 110);
    CHECK(long_one.found()[0].example.size() < 110);
}

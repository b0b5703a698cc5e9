#include <string>

#include <doctest/doctest.h>

#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

std::string read_json(const std::string& text) {
    return gist(read_batch("batch.json", text));
}

}  // namespace

TEST_CASE("A JSON array has a record an element, each with the line it begins on") {
    CHECK(read_json("[\n"
                    "  {\"artist\": \"Can\", \"title\": \"Ege\"},\n"
                    "  {\n"
                    "    \"artist\": \"Can\",\n"
                    "    \"title\": \"Future Days\"\n"
                    "  }\n"
                    "]\n") == "2: Can – Ege\n3: Can – Future Days\n");
}

TEST_CASE("Objects one behind the other are records, with or without anything between them") {
    CHECK(read_json(R"({"artist":"Can","title":"a"}{"artist":"Can","title":"b"})"
                    "\n\n"
                    R"({"artist":"Can","title":"c"})") == "1: Can – a\n1: Can – b\n3: Can – c\n");
}

TEST_CASE("Brackets, quotes and escapes in strings are part of them") {
    CHECK(read_json(R"([{"artist":"}]{[","title":"\"}\\"},{"artist":"Can","title":"b"}])") ==
          "1: }]{[ – \"}\\\n1: Can – b\n");
}

TEST_CASE("An array may hold MBIDs and URLs in quotes") {
    CHECK(read_json("[\"f5093c06-23e3-404f-aeaa-40f72885ee3a\",\n"
                    "\"https://musicbrainz.org/release/416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6\",\n"
                    "\"Ege\"]") ==
          "1: f5093c06-23e3-404f-aeaa-40f72885ee3a\n"
          "2: release 416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6\n"
          "3: refused bad_mbid\n");
}

TEST_CASE("A broken element is refused, and the next one read") {
    CHECK(read_json("[{\"artist\":\"Can\",\"title\":\"a\"},\n"
                    "{\"artist\":\"Can\" \"title\":\"b\"},\n"
                    "null, 17, [],\n"
                    "{\"artist\":\"Can\",\"title\":\"c\"}]") ==
          "1: Can – a\n2: refused bad_json\n3: refused bad_json\n3: refused bad_json\n"
          "3: refused bad_json\n4: Can – c\n");
}

TEST_CASE("A string that is never closed ends with its line and costs its own element only") {
    CHECK(read_json("[\n{\"artist\":\"Can\",\n\"title\":\"a,\n\"year\":1972},\n"
                    "{\"artist\":\"Can\",\"title\":\"b\"}]") ==
          "2: refused bad_json\n5: Can – b\n");
}

TEST_CASE("An element that the input ends in is refused") {
    CHECK(read_json("[{\"artist\":\"Can\",\"title\":\"a\"},\n{\"artist\":\"Can\",\"ti") ==
          "1: Can – a\n2: refused bad_json\n");
}

TEST_CASE("An array that is cut off between two elements is told of") {
    CHECK(read_json("[{\"artist\":\"Can\",\"title\":\"a\"},\n") ==
          "1: Can – a\n2: refused bad_json\n");
    CHECK(read_json("[{\"artist\":\"Can\",\"title\":\"a\"}") ==
          "1: Can – a\n1: refused bad_json\n");
}

TEST_CASE("An empty array has no records") {
    CHECK(read_json("[]") == "");
    CHECK(read_json(" [ ] \n") == "");
}

TEST_CASE("An element of more than 1 MiB is refused, and the next one read") {
    const std::string long_title(std::size_t{2} << 20U, 'x');
    CHECK(read_json("[{\"artist\":\"Can\",\"title\":\"" + long_title + "\"},\n" +
                    "{\"artist\":\"Can\",\"title\":\"b\"}]") ==
          "1: refused too_long\n2: Can – b\n");
}

TEST_CASE("Elements longer than any answer are refused, and the next one read") {
    const std::string piece(std::size_t{20} << 20U, 'x');
    CHECK(read_json("[{\"title\":\"" + piece + "\"},\n\"" + piece + "\",\n" +
                    "{\"artist\":\"Can\",\"title\":\"b\"}]") ==
          "1: refused too_long\n2: refused too_long\n3: Can – b\n");
}

TEST_CASE("A release group of an answer is no longer than any other record") {
    const std::string group = R"({"id":"f5093c06-23e3-404f-aeaa-40f72885ee3a","title":"a"})";
    const std::string giant = R"({"id":"f5093c06-23e3-404f-aeaa-40f72885ee3a","note":")" +
                              std::string(2'000'000, 'x') + "\"}";
    CHECK(read_json(R"({"release-groups":[)" + giant + "," + group + "]}") ==
          "1: refused too_long\n1: f5093c06-23e3-404f-aeaa-40f72885ee3a\n");
}

TEST_CASE("An answer of more release groups than any has is refused as a whole") {
    std::string groups = "{}";
    for (int i = 0; i < 100'000; ++i)
        groups += ",{}";
    CHECK(read_json(R"({"release-groups":[)" + groups + "]}") == "1: refused no_identity\n");
}

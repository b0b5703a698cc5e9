#include <string>

#include <doctest/doctest.h>

#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;
using namespace std::string_literals;

TEST_CASE("An NDJSON record has its line number and its text as it stood there") {
    const auto records = read_batch("batch.ndjson", "\n  {\"artist\":\"Can\"}  \r\n");
    REQUIRE(gist(records) == "2: refused no_identity\n");
    CHECK(records[0].text == "{\"artist\":\"Can\"}");
}

TEST_CASE("Of the text of a long record the beginning is kept, cut between characters") {
    std::string title;
    for (int i = 0; i < 5000; ++i)
        title += "ö";
    const auto records = read_batch("batch.ndjson", "{\"title\":\"" + title + "\"}\n");
    const std::string& text = records.at(0).text;
    CHECK(text.starts_with("{\"title\":\"ö"));
    CHECK(text.ends_with("ö…"));
    CHECK(text.size() < 4200);
}

TEST_CASE("The last line needs no line end") {
    CHECK(gist(read_batch("batch.ndjson",
                          "{\"artist\":\"Can\",\"title\":\"a\"}\n"
                          "{\"artist\":\"Can\",\"title\":\"b\"}")) == "1: Can – a\n2: Can – b\n");
}

TEST_CASE("Of two objects on one NDJSON line neither is taken") {
    CHECK(gist(read_batch("batch.ndjson",
                          R"({"artist":"a","title":"b"}{"artist":"a","title":"c"})")) ==
          "1: refused bad_json\n");
}

TEST_CASE("A byte order mark before NDJSON is passed over") {
    CHECK(gist(read_batch("batch.ndjson", "\xEF\xBB\xBF{\"artist\":\"Can\",\"title\":\"a\"}\n")) ==
          "1: Can – a\n");
}

TEST_CASE("A line of 1 MiB to the byte is not too long, its line end aside") {
    constexpr std::size_t k_limit = std::size_t{1} << 20U;
    const std::string start = R"({"artist":"Can","title":"a","note":")";
    const std::string line = start + std::string(k_limit - start.size() - 2, 'x') + "\"}";
    REQUIRE(line.size() == k_limit);
    CHECK(gist(read_batch("batch.ndjson", line + "\n" + line + " \n\n")) ==
          "1: Can – a\n2: refused too_long\n");
}

TEST_CASE("A line longer than a block of input is read whole") {
    const std::string note(300'000, 'x');
    const std::string record = R"({"artist":"Can","title":"a","note":")" + note + "\"}\n";
    CHECK(gist(read_batch("batch.ndjson", record + record)) == "1: Can – a\n2: Can – a\n");
}

TEST_CASE("A list of MBIDs has comments, blank lines, capital letters and URLs") {
    CHECK(gist(read_batch(
              "albums.mbid",
              "# what I want\n"
              "F5093C06-23E3-404F-AEAA-40F72885EE3A\r\n"
              "\n"
              "  # more\n"
              " https://musicbrainz.org/release/416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6\n")) ==
          "2: f5093c06-23e3-404f-aeaa-40f72885ee3a\n"
          "5: release 416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6\n");
}

TEST_CASE("A line of a list that names no album is refused with its own code") {
    CHECK(gist(read_batch("albums.mbid",
                          "f5093c06\n"
                          "https://musicbrainz.org/artist/83d91898-7763-47d7-b03b-b92132375c47\n"
                          "\xFF\n"
                          "\0\n"
                          "f5093c06-23e3-404f-aeaa-40f72885ee3a # comment\n"s)) ==
          "1: refused bad_mbid\n2: refused wrong_entity\n3: refused bad_utf8\n"
          "4: refused nul_byte\n5: refused bad_mbid\n");
}

TEST_CASE(
    "A line that begins with more blanks than a record may have is refused, not passed over") {
    const std::string line = std::string(2'000'000, ' ') + R"({"artist":"Can","title":"a"})";
    CHECK(gist(read_batch("batch.ndjson", line + "\n\n" + line)) ==
          "1: refused too_long\n3: refused too_long\n");
}

TEST_CASE("A comment in a list of MBIDs may be of any length") {
    CHECK(gist(read_batch("list.mbid", "#" + std::string(2'000'000, '-') + "\nx\n")) ==
          "2: refused bad_mbid\n");
}

// Release groups as MusicBrainz itself writes them, genuine and in every form.
#include <string>

#include <doctest/doctest.h>

#include "support/temporary_folder.hpp"
#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

std::vector<intake::Record> read_genuine(const std::string& name) {
    return read_file(std::string{PRESSINGS_TEST_DATA "/batches/"} + name);
}

std::string genuine(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream{std::string{PRESSINGS_TEST_DATA "/batches/"} + name}.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("A line of the JSON dump is a record") {
    const auto records = read_genuine("dump.ndjson");
    REQUIRE(gist(records) == "1: e0e39108-5a94-4736-83bb-09c1682a2ab5\n");
    const Album album = album_in(records[0].album).album;
    CHECK(album.title == "Blue Hits");
    REQUIRE(album.artist_credit.size() == 1);
    CHECK(album.artist_credit[0].artist.mbid ==
          Mbid::parse("30238ead-59fa-41e2-a7ab-b7f6e6363c4b"));
    CHECK(album.artist_credit[0].artist.sort_name == "Blues Guy");
    CHECK_FALSE(album.artist_credit[0].artist.disambiguation);
    CHECK_FALSE(album.first_release_date);
    CHECK_FALSE(album.primary_type);
    CHECK(album.secondary_types.empty());
    CHECK_FALSE(album.disambiguation);
}

TEST_CASE("A lookup of the web service is a record, over as many lines as it has") {
    const auto records = read_genuine("lookup.json");
    REQUIRE(gist(records) == "1: 56683a0b-45b8-3664-a231-5b68efe2e7e2\n");
    const Album album = album_in(records[0].album).album;
    CHECK(album.title == "Repercussions");
    CHECK(album.first_release_date == PartialDate{2008, 11, 17});
    CHECK(album.primary_type == "Album");
    CHECK(album.secondary_types == std::vector<std::string>{"Remix"});
    CHECK(album.artist_credit.at(0).artist.type == "Person");
}

TEST_CASE("A browse answer is a record for each of its release groups") {
    const auto records = read_genuine("browse.json");
    REQUIRE(records.size() == 8);
    CHECK(album_in(records[0].album).album.title == "Pack of 4");
    CHECK(album_in(records[6].album).album.first_release_date == PartialDate{1989, 12, {}});
    CHECK(album_in(records[7].album).album.mbid ==
          Mbid::parse("f8cf49f9-439e-3bed-8657-8645dfe4fae3"));
}

TEST_CASE("A search answer is a record for each of its release groups, missing keys and all") {
    const auto records = read_genuine("search.json");
    REQUIRE(gist(records) ==
            "1: cc779b67-8eda-41cb-a792-973bbd89d505\n"
            "1: a1cc3fbd-609b-323c-95e2-435dfceb51e9\n"
            "1: 7836c358-2a8d-4ced-a993-d2286a6b0ad5\n");
    const Album undated = album_in(records[1].album).album;
    CHECK(undated.title == "Paul Simon");
    CHECK_FALSE(undated.first_release_date);
    CHECK(undated.secondary_types == std::vector<std::string>{"Compilation"});
    CHECK(undated.artist_credit.at(0).artist.disambiguation == "of Simon & Garfunkel");
}

TEST_CASE("A credit that an old server gave no name of its own has the name of its artist") {
    const auto records = read_genuine("search_2014.json");
    REQUIRE(gist(records) == "1: f1afec0b-26dd-3db5-9aa1-c91229a74a24\n");
    CHECK(credit_text(album_in(records[0].album).album.artist_credit) == "Nirvana");
}

TEST_CASE("An answer on one line is told to be JSON by its content") {
    CHECK(read_batch("answer", genuine("browse.json")).size() == 8);
    CHECK(gist(read_batch("answer", genuine("search_2014.json"))) ==
          "1: f1afec0b-26dd-3db5-9aa1-c91229a74a24\n");
}

TEST_CASE("Answers one behind the other are read to the last") {
    const std::string page = genuine("browse.json");
    CHECK(read_batch("pages.json", page + page + genuine("search.json")).size() == 8 + 8 + 3);
}

TEST_CASE("An answer without release groups has no records") {
    CHECK(gist(read_batch("none.json", R"({"release-group-count":0,"release-groups":[]})")) == "");
}

TEST_CASE("A broken group of an answer is refused alone") {
    CHECK(gist(read_batch("a.json", R"({"release-groups":[
        {"id":"f5093c06-23e3-404f-aeaa-40f72885ee3a","title":"a"},
        {"id":"f5093c06","title":"b"}, 7,
        {"id":"416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6","title":"c"}]})")) ==
          "1: f5093c06-23e3-404f-aeaa-40f72885ee3a\n"
          "1: refused bad_mbid\n"
          "1: refused bad_json\n"
          "1: 416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6\n");
}

TEST_CASE("MusicBrainz objects that are no release groups are refused as the wrong entity") {
    const std::string id = R"({"id":"5e23704d-8c93-4389-bd2a-affe3600ddde",)";
    for (const std::string rest :
         {R"("title":"There's No Pressure","barcode":null,"packaging":null,"status":"Official"})",
          R"("title":"There's No Pressure","release-group":{"id":"x"},"media":[]})",
          R"("title":"Something","length":183000,"video":false,"isrcs":[]})",
          R"("name":"Lures","sort-name":"Lures","type":"Group"})"}) {
        CAPTURE(rest);
        CHECK(refusal_in(intake::read_json_record(id + rest, {})).code == "wrong_entity");
    }
}

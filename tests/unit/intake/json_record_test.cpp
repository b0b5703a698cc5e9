#include <string>

#include <doctest/doctest.h>

#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;
using namespace std::string_literals;

namespace {

intake::Refusal refusal_of(const std::string& json) {
    return refusal_in(intake::read_json_record(json, {}));
}

AlbumRequest album_of(const std::string& json) {
    return album_in(intake::read_json_record(json, {}));
}

}  // namespace

TEST_CASE("A record may say all that the contract lists") {
    const AlbumRequest request = album_of(
        R"({"mbid":"f5093c06-23e3-404f-aeaa-40f72885ee3a","title":"The Dark Side of the Moon",)"
        R"("artists":[{"name":"Pink Floyd","mbid":"83d91898-7763-47d7-b03b-b92132375c47",)"
        R"("join_phrase":" & "},{"name":"Alan Parsons"}],"first_release_date":"1973-03",)"
        R"("year":1973,"primary_type":"Album","secondary_types":["Live","Remix"],)"
        R"("disambiguation":"not the tribute","queue":"rock","priority":-3})");
    const Album& album = request.album;
    CHECK(album.mbid == Mbid::parse("f5093c06-23e3-404f-aeaa-40f72885ee3a"));
    CHECK(album.title == "The Dark Side of the Moon");
    REQUIRE(album.artist_credit.size() == 2);
    CHECK(album.artist_credit[0].artist.mbid ==
          Mbid::parse("83d91898-7763-47d7-b03b-b92132375c47"));
    CHECK(credit_text(album.artist_credit) == "Pink Floyd & Alan Parsons");
    CHECK(album.first_release_date == PartialDate{1973, 3, {}});
    CHECK(request.year == 1973);
    CHECK(album.primary_type == "Album");
    CHECK(album.secondary_types == std::vector<std::string>{"Live", "Remix"});
    CHECK(album.disambiguation == "not the tribute");
    CHECK(request.queue == "rock");
    CHECK(request.priority == -3);
    CHECK_FALSE(request.release_mbid);
}

TEST_CASE("An artist and a title are enough, without the blanks around them") {
    const auto album = album_of(R"({"artist":" Can ","title":"\tTago Mago\n"})").album;
    CHECK(credit_text(album.artist_credit) == "Can");
    CHECK(album.title == "Tago Mago");
    CHECK_FALSE(album.mbid);
}

TEST_CASE("The mbid of a record may be a URL of a release") {
    const auto request = album_of(
        R"({"mbid":"https://musicbrainz.org/release/f5093c06-23e3-404f-aeaa-40f72885ee3a"})");
    CHECK(request.release_mbid == Mbid::parse("f5093c06-23e3-404f-aeaa-40f72885ee3a"));
}

TEST_CASE("A field that is null or blank says nothing") {
    const auto request =
        album_of(R"({"mbid":"","artist":"Can","title":"Ege","year":null,"first_release_date":"",)"
                 R"("primary_type":" ","secondary_types":null,"queue":""})");
    CHECK_FALSE(request.album.mbid);
    CHECK_FALSE(request.year);
    CHECK_FALSE(request.album.first_release_date);
    CHECK_FALSE(request.album.primary_type);
    CHECK(request.queue == "default");
}

TEST_CASE("A year is the date of the first release, where no date is told") {
    CHECK(album_of(R"({"artist":"Can","title":"Ege","year":1972})").album.first_release_date ==
          PartialDate{1972, {}, {}});
}

TEST_CASE("A waiting job follows a queue or priority of the record, or of the command line") {
    const std::string plain = R"({"artist":"Can","title":"Ege"})";
    CHECK_FALSE(album_of(plain).moves_job);
    CHECK(album_of(R"({"artist":"Can","title":"Ege","queue":"rock"})").moves_job);
    CHECK(album_of(R"({"artist":"Can","title":"Ege","priority":0})").moves_job);
    intake::RecordDefaults told;
    told.told = true;
    CHECK(album_in(intake::read_json_record(plain, told)).moves_job);
}

TEST_CASE("Numbers may stand in quotes") {
    const auto request = album_of(R"({"artist":"Can","title":"Ege","year":"1972","priority":"5"})");
    CHECK(request.year == 1972);
    CHECK(request.priority == 5);
}

TEST_CASE("Fields that the contract does not know are passed over") {
    CHECK(album_of(R"({"artist":"Can","title":"Ege","rating":[5],"x":{"y":null}})").album.title ==
          "Ege");
}

TEST_CASE("Escapes in strings are read as the characters they stand for") {
    CHECK(album_of(R"({"artist":"Bj\u00f6rk","title":"\ud83c\udfb5 \"a\\b\""})").album.title ==
          "🎵 \"a\\b\"");
}

TEST_CASE("A record in place of an object may be an MBID or URL in quotes") {
    CHECK(album_of(R"("f5093c06-23e3-404f-aeaa-40f72885ee3a")").album.mbid);
    CHECK(refusal_of(R"("Tago Mago")").code == "bad_mbid");
}

TEST_CASE("JSON that is no record is bad_json") {
    for (const std::string json :
         {"", "{", R"({"artist":"Can","title":"Ege"} x)", R"({"artist":"Can" "title":"Ege"})",
          R"({'artist':'Can'})", "17", "null", "[]", R"({"artist":"\ud800","title":"x"})",
          "{\"artist\":\"a\tb\",\"title\":\"x\"}"}) {
        CAPTURE(json);
        CHECK(refusal_of(json).code == "bad_json");
    }
}

TEST_CASE("JSON nested deeper than any record is bad_json, not the end of the program") {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    CHECK(refusal_of(R"({"artist":"a","title":"b","x":)" + deep + "}").code == "bad_json");
}

TEST_CASE("A field of the wrong kind is bad_field, and named") {
    const auto check = [](const std::string& field, const std::string& value) {
        const auto refusal = refusal_of(R"({"mbid":"f5093c06-23e3-404f-aeaa-40f72885ee3a",")" +
                                        field + "\":" + value + "}");
        CAPTURE(field);
        CAPTURE(value);
        CHECK(refusal.code == "bad_field");
        CHECK(refusal.message.find(field) == 0);
    };
    check("title", "7");
    check("artist", "{}");
    check("artists", R"("Can")");
    check("artists", R"(["Can"])");
    check("artists", R"([{"mbid":null}])");
    check("year", "1973.5");
    check("year", "0");
    check("year", "10000");
    check("year", R"("soon")");
    check("primary_type", "[]");
    check("secondary_types", R"("Live")");
    check("secondary_types", "[1]");
    check("queue", R"("two words")");
    check("queue", "\"" + std::string(65, 'q') + "\"");
    check("priority", "1000001");
    check("priority", R"("high")");
    check("disambiguation", "\"" + std::string(70'000, 'x') + "\"");
}

TEST_CASE("A bad MBID of an artist is told apart from that of the album") {
    const auto refusal = refusal_of(R"({"title":"x","artists":[{"name":"Can","mbid":"can"}]})");
    CHECK(refusal.code == "bad_field");
    CHECK(refusal.message.find("artist") != std::string::npos);
}

TEST_CASE("The mbid field of an album must hold one") {
    CHECK(refusal_of(R"({"mbid":"f5093c06","artist":"Can","title":"Ege"})").code == "bad_mbid");
    CHECK(refusal_of(R"({"mbid":"https://musicbrainz.org/artist/)"
                     R"(83d91898-7763-47d7-b03b-b92132375c47"})")
              .code == "wrong_entity");
}

TEST_CASE("A line of an export of tracks or releases is not taken for an album") {
    const auto track = refusal_of(R"({"album_id":1,"release_id":2,"medium_position":1,)"
                                  R"("title":"Sing Swan Song","artist":"Can"})");
    CHECK(track.code == "wrong_entity");
    CHECK(track.message.find("an export of tracks") != std::string::npos);
    const auto release = refusal_of(R"({"release_id":2,"title":"Ege Bamyasi","artist":"Can"})");
    CHECK(release.message.find("an export of releases") != std::string::npos);
}

TEST_CASE("A date in another spelling is bad_date, and shown") {
    const auto refusal =
        refusal_of(R"({"artist":"Can","title":"Ege","first_release_date":"29.11.1972"})");
    CHECK(refusal.code == "bad_date");
    CHECK(refusal.message.find("29.11.1972") != std::string::npos);
}

TEST_CASE("A record that names no album is no_identity") {
    for (const std::string json :
         {"{}", R"({"title":"Ege"})", R"({"artist":"Can"})", R"({"artist":" ","title":"Ege"})",
          R"({"artists":[],"title":"Ege"})", R"({"album":"Ege","band":"Can"})"}) {
        CAPTURE(json);
        CHECK(refusal_of(json).code == "no_identity");
    }
}

TEST_CASE("A byte that is not UTF-8 is bad_utf8, even in a field that nobody reads") {
    CHECK(refusal_of("{\"artist\":\"Bj\xF6rk\",\"title\":\"Debut\"}").code == "bad_utf8");
    CHECK(refusal_of("{\"artist\":\"a\",\"title\":\"b\",\"x\":\"\xFF\"}").code == "bad_utf8");
}

TEST_CASE("A NUL is refused, raw or escaped") {
    CHECK(refusal_of("{\"artist\":\"a\0\",\"title\":\"b\"}"s).code == "nul_byte");
    CHECK(refusal_of(R"({"artist":"a","title":"b\u0000c"})").code == "nul_byte");
}

TEST_CASE("No text of an artist gets past the checks") {
    CHECK(refusal_of(R"({"id":"f5093c06-23e3-404f-aeaa-40f72885ee3a","artist-credit":[{"name":"a",)"
                     R"("artist":{"name":"a","sort-name":"b\u0000"}}]})")
              .code == "nul_byte");
}

TEST_CASE("A record takes the queue and priority that were given for all, unless it has its own") {
    const intake::RecordDefaults defaults{"nightly", 7};
    const auto plain =
        album_in(intake::read_json_record(R"({"artist":"a","title":"b"})", defaults));
    CHECK(plain.queue == "nightly");
    CHECK(plain.priority == 7);
    const auto own = album_in(intake::read_json_record(
        R"({"artist":"a","title":"b","queue":"now","priority":0})", defaults));
    CHECK(own.queue == "now");
    CHECK(own.priority == 0);
}

TEST_CASE("An album named on the command line must have both names") {
    const auto request = album_in(intake::make_named_album("Can", "Ege Bamyasi", 1972, {}));
    CHECK(credit_text(request.album.artist_credit) == "Can");
    CHECK(request.album.title == "Ege Bamyasi");
    CHECK(request.year == 1972);
    CHECK(refusal_in(intake::make_named_album(" ", "Ege", {}, {})).code == "no_identity");
    CHECK(refusal_in(intake::make_named_album("Can", "Ege", 0, {})).code == "bad_field");
    CHECK(refusal_in(intake::make_named_album("Can\xFF", "Ege", {}, {})).code == "bad_utf8");
}

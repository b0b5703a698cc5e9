// Albums by what stands on them: columns, keys and references.
#include <doctest/doctest.h>

#include "intake/told_identifiers.hpp"
#include "support/temporary_folder.hpp"
#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;
using Kind = IdentifierKind;

namespace {

std::vector<AlbumRequest> albums_in(const std::string& name, const std::string& content) {
    std::vector<AlbumRequest> albums;
    for (const auto& record : read_batch(name, content))
        albums.push_back(album_in(record.album));
    return albums;
}

/// Why each record was refused; "taken" if it was not.
std::string codes_in(const std::string& name, const std::string& content) {
    std::string codes;
    for (const auto& record : read_batch(name, content)) {
        const std::string code = refusal_in(record.album).code;
        codes += (codes.empty() ? "" : " ") + (code.empty() ? "taken" : code);
    }
    return codes;
}

Identifier first_of(const std::string& reference) {
    const auto request = album_in(intake::read_reference(reference, {}));
    return request.identifiers.empty() ? Identifier{Kind::catno, "none"}
                                       : request.identifiers.front();
}

}  // namespace

TEST_CASE("A list has albums by barcode, catalogue number, disc id and Discogs id") {
    const auto albums = albums_in("a.csv",
                                  "barcode,catno,label,disc_id,discogs_release,discogs_master\n"
                                  "0-75990-30102-4,,,,,\n"
                                  ",SHVL 804,Harvest,,,\n"
                                  ",,,XzPS7vW.HPHsYemQh0HBUGr8vuU-,,\n"
                                  ",,,,r249504,\n"
                                  ",,,,,https://www.discogs.com/master/10362\n");
    REQUIRE(albums.size() == 5);
    CHECK(albums[0].identifiers == std::vector{Identifier{Kind::barcode, "075990301024"}});
    CHECK(albums[1].identifiers == std::vector{Identifier{Kind::catno, "SHVL 804", {"Harvest"}}});
    CHECK(albums[2].identifiers ==
          std::vector{Identifier{Kind::disc_id, "XzPS7vW.HPHsYemQh0HBUGr8vuU-"}});
    CHECK(albums[3].identifiers == std::vector{Identifier{Kind::discogs_release, "249504"}});
    CHECK(albums[4].identifiers == std::vector{Identifier{Kind::discogs_master, "10362"}});
}

TEST_CASE("A record may have several, and a name besides; the surest comes first") {
    const auto albums =
        albums_in("a.ndjson", R"({"artist":"Ed Sheeran","title":"+","catno":"5052498646524",)"
                              R"("barcode":5052498646524,"discogs_release":"[r3191626]"})");
    REQUIRE(albums.size() == 1);
    const auto& found = albums[0].identifiers;
    REQUIRE(found.size() == 3);
    CHECK(found[0].kind == Kind::discogs_release);
    CHECK(found[1].kind == Kind::barcode);
    CHECK(found[2].kind == Kind::catno);
    CHECK(albums[0].album.title == "+");
    const auto numbers =
        albums_in("a.ndjson", R"({"catno":["R1 186569","8122-1"],"label":["Atlantic","Rhino"]})");
    REQUIRE(numbers.at(0).identifiers.size() == 2);
    CHECK(numbers[0].identifiers[1] == Identifier{Kind::catno, "8122-1", {"Atlantic", "Rhino"}});
}

TEST_CASE("Every wrong form of one is refused with its row, and no other row") {
    CHECK(codes_in("a.csv",
                   "barcode\n724382975229\n724382975228\n7.24383E+11\n75990301024\n\"1234,5\"\n"
                   "0000000000000\n") ==
          "taken bad_barcode bad_barcode bad_barcode bad_barcode bad_barcode");
    CHECK(codes_in("a.csv", "disc_id\nXzPS7vW.HPHsYemQh0HBUGr8vuV-\n7e0b280c\n") ==
          "bad_disc_id bad_disc_id");
    CHECK(codes_in("a.csv", "discogs_release,discogs_master\n0,\n,m\nm5,\n") ==
          "bad_field bad_field bad_field");
    CHECK(codes_in("a.csv", "catno,label\n---,X\nnone,X\n,X\n") ==
          "bad_field no_identity no_identity");
    CHECK(codes_in("a.ndjson", R"({"barcode":true})") == "bad_field");
    CHECK(codes_in("a.ndjson", R"({"barcode":75990301024})") == "bad_barcode");
    CHECK(codes_in("a.ndjson", R"({"catno":"a\u001fb"})") == "bad_field");
}

TEST_CASE("Discogs' export of a collection is taken as it comes") {
    const auto records = read_file(PRESSINGS_TEST_DATA "/batches/discogs_collection.csv");
    REQUIRE(records.size() == 6);
    const auto you = album_in(records[0].album);  // a row without its last field
    CHECK(you.album.title == "You");
    CHECK(you.identifiers == std::vector{Identifier{Kind::discogs_release, "7530535"},
                                         Identifier{Kind::catno, "OTO 2", {"021 Records"}}});
    CHECK_FALSE(you.year);  // of the edition
    const auto diet = album_in(records[1].album);
    REQUIRE(diet.identifiers.size() == 2);  // its two numbers are one
    CHECK(diet.identifiers[1].labels == std::vector<std::string>{"021 Records", "Human Records"});
    CHECK(album_in(records[4].album).identifiers ==
          std::vector{Identifier{Kind::discogs_release, "955745"}});
}

TEST_CASE("What a header has that nobody reads is told") {
    const TemporaryFolder folder;
    const auto unused = [&](const std::string& header) {
        const std::string file = folder.write("a.csv", header + "\n");
        return intake::open_batch(file, intake::Format::csv, {})->unused();
    };
    CHECK(unused("mbid,title").empty());
    CHECK(unused("barcode,Format,format ,Format,") == std::vector<std::string>{"Format", "format"});
    CHECK(unused("Catalog#,Artist,Title,Label,Format,Rating,Released,release_id") ==
          std::vector<std::string>{"Format", "Rating", "Released"});
}

TEST_CASE("A list that begins with such columns is found to be one by its content") {
    CHECK(albums_in("list", "barcode;title\n724382975229;X\n").size() == 1);
    CHECK(albums_in("list",
                    "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id\n"
                    "SD5061,Tom Waits,Closing Time,Asylum Records,\"LP\",,1973,1874289\n")
              .size() == 1);
    const TemporaryFolder folder;
    CHECK(error_of(folder.write("a.csv", "shelf,colour\n1,red\n")).find("discogs_release") !=
          std::string::npos);
}

TEST_CASE("A row that is too short is refused where it is not Discogs'") {
    CHECK(codes_in("a.csv", "barcode,note,more\n724382975229,x\n") == "bad_row");
    CHECK(codes_in("a.csv", "Catalog#,release_id,Artist\nX 1,5\n") == "bad_row");
}

TEST_CASE("A reference may be a page of Discogs'") {
    CHECK(first_of("https://www.discogs.com/release/249504-Rick") ==
          Identifier{Kind::discogs_release, "249504"});
    CHECK(first_of("[m10362]") == Identifier{Kind::discogs_master, "10362"});
    const auto refusal =
        refusal_in(intake::read_reference("https://www.discogs.com/artist/72872", {}));
    CHECK(refusal.code == "wrong_entity");
    CHECK(refusal.message.find("/master/10362") != std::string::npos);
}

TEST_CASE("A collection and a series are lists, and no albums") {
    const std::string mbid = "85da782d-2ec0-41ec-a97f-9be464bba309";
    const auto list = intake::read_list_reference("https://musicbrainz.org/collection/" + mbid);
    REQUIRE(list);
    CHECK(list->kind == JobKind::collection);
    CHECK(list->mbid == Mbid::parse(mbid));
    CHECK(intake::read_list_reference("musicbrainz.org/series/" + mbid + "?x")->kind ==
          JobKind::series);
    CHECK_FALSE(intake::read_list_reference("https://musicbrainz.org/release/" + mbid));
    CHECK_FALSE(intake::read_list_reference(mbid));
    const auto refusal =
        refusal_in(intake::read_reference("https://musicbrainz.org/series/" + mbid, {}));
    CHECK(refusal.message.find("on the command line") != std::string::npos);
}

TEST_CASE("Discogs' numbers for namesakes are no part of a name") {
    using intake::without_discogs_numbers;
    CHECK(without_discogs_numbers("Genesis (2)") == "Genesis");
    CHECK(without_discogs_numbers("Nirvana (2), Genesis (12) & X") == "Nirvana, Genesis & X");
    CHECK(without_discogs_numbers("Sunn O)))") == "Sunn O)))");
    CHECK(without_discogs_numbers("(2) (3)x (") == "(2) (3)x (");
    CHECK(without_discogs_numbers("") == "");
}

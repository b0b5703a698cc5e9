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
    CHECK(refusal_in(read_batch("a.csv", "catno,label\nN/A,Harvest\n")[0].album).message ==
          "catno: \"N/A\" says that there is no catalogue number, and nothing else tells which "
          "album it is");
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

TEST_CASE("Whatever stands beside it in a row of Discogs', its release is taken") {
    const std::string header =
        "\xEF\xBB\xBF"
        "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,"
        "Date Added,Collection Media Condition,Collection Sleeve Condition,Collection Notes\r\n";
    const auto albums = albums_in(
        "a.csv",
        header +
            "TAP 1,The Distributors,T.V. Me / Wireless,? Records ?,7\",,1979,955745,Uncategorized,"
            "2009-12-13 23:51:52\r\n"
            "?,Unknown Artist,Untitled,\"Not On Label, Not On Label\",\"LP, W/Lbl\",,0,11,,,,,\r\n"
            "\"A 1, A 2, A 3, A 4, A 5, A 6, A 7, A 8, A 9, A 10, A 11, A "
            "12\",Various,Box,X,,,,12,,"
            ",,,\r\n"
            "none,\"Nirvana (2), Genesis (12)\",\"All, \"\"Of\"\" Us\",[PIAS] "
            "Recordings,LP,,2010,13,"
            "Shelf,2026-01-19 11:01:49,Near Mint (NM or M-),,\"two\r\nlines, \"\"quoted\"\"\"\r\n"
            ",Cat Stevens,Tea,,,,,,,,,,\r\n"
            "X 9,Björk*,Post,One Little Indian,,,,013,,,,,\r\n");
    REQUIRE(albums.size() == 6);
    for (const std::size_t row : {0, 1, 2, 3, 5})
        CHECK(albums[row].identifiers.at(0).kind == Kind::discogs_release);
    CHECK(albums[0].identifiers[0].value == "955745");
    CHECK(albums[0].identifiers.at(1) == Identifier{Kind::catno, "TAP 1", {"? Records ?"}});
    CHECK(albums[1].identifiers.size() == 1);   // "?" is no number that could be looked for
    CHECK(albums[2].identifiers.size() == 11);  // ten numbers are enough
    CHECK(credit_text(albums[3].album.artist_credit) == "Nirvana, Genesis");
    CHECK(albums[3].album.title == "All, \"Of\" Us");
    CHECK(albums[4].identifiers.empty());  // by its name
    CHECK(albums[5].identifiers[0].value == "13");
}

TEST_CASE("A row of Discogs' that says nothing of an album is refused, and no other row") {
    CHECK(codes_in("a.csv",
                   "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,Notes\n"
                   "X,A,B,C,LP,,1971,0,\n,,No Artist,,,,,,\nX,A,B,C,LP,,1971,r5,\n"
                   "X,A,B,C,LP,,1971,5.1E+05,\nX,A\n") ==
          "bad_field no_identity taken bad_field bad_row");
}

TEST_CASE("Discogs' lists of what one wants, and of what one sells, are taken too") {
    const auto wanted =
        albums_in("a.csv",
                  "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,"
                  "Notes\nSD5061,Tom Waits,Closing Time,Asylum,LP,,1973,1874289,\n");
    CHECK(wanted.at(0).identifiers.at(0) == Identifier{Kind::discogs_release, "1874289"});
    const auto sold = albums_in(
        "b.csv",
        "listing_id,artist,title,label,catno,format,release_id,status,price\r\n"
        "77,Au Pairs,Diet,\"021 Records, Human Records (2)\",\"- oto - 4, oto4\",7\",434828,"
        "For Sale,5.00\r\n");
    REQUIRE(sold.size() == 1);
    CHECK(sold[0].identifiers.at(0) == Identifier{Kind::discogs_release, "434828"});
    CHECK(sold[0].identifiers.at(1).labels ==
          std::vector<std::string>{"021 Records", "Human Records"});
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
    CHECK(first_of("https://musicbrainz.org/cdtoc/XzPS7vW.HPHsYemQh0HBUGr8vuU-") ==
          Identifier{Kind::disc_id, "XzPS7vW.HPHsYemQh0HBUGr8vuU-"});
    CHECK(refusal_in(intake::read_reference("https://musicbrainz.org/cdtoc/x", {})).code ==
          "bad_disc_id");
    const auto refusal =
        refusal_in(intake::read_reference("https://www.discogs.com/artist/72872", {}));
    CHECK(refusal.code == "wrong_entity");
    CHECK(refusal.message.find("/master/10362") != std::string::npos);
}

TEST_CASE("What is a number where an album is to be named is told how to be told") {
    const auto advice = [](const char* text) {
        return refusal_in(intake::read_reference(text, {})).message;
    };
    CHECK(advice("724382975229").ends_with("told with --barcode, or in a column barcode"));
    CHECK(advice("XzPS7vW.HPHsYemQh0HBUGr8vuU-").ends_with("--disc-id, or in a column disc_id"));
    CHECK(advice("249504").ends_with("a release is told as r249504, a master as m10362"));
    CHECK(advice("Rumours").ends_with("nor a musicbrainz.org URL"));
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

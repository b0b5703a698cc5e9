#include <string>

#include <doctest/doctest.h>

#include "support/temporary_folder.hpp"
#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;
using namespace std::string_literals;

namespace {

std::string read_csv(const std::string& text) {
    return gist(read_batch("batch.csv", text));
}

std::string error_of_header(const std::string& header) {
    const TemporaryFolder folder;
    return error_of(folder.write("batch.csv", header + "\nCan,Ege\n"));
}

}  // namespace

TEST_CASE("A CSV field in quotes may hold commas, quotes and line ends") {
    CHECK(read_csv("artist,title\n"
                   "\"Crosby, Stills\",\"\"\"Heroes\"\"\"\n"
                   "\"two\nlines\",\"\"\"\"\n"
                   "Can,Ege\n") ==
          "2: Crosby, Stills – \"Heroes\"\n3: two\nlines – \"\n5: Can – Ege\n");
}

TEST_CASE("A quote within a CSV field that does not begin with one is a quote") {
    CHECK(read_csv("artist,title\nCan,12\" Mix\n") == "2: Can – 12\" Mix\n");
}

TEST_CASE("CSV lines may end as on Windows, and the last not at all") {
    CHECK(read_csv("artist,title\r\nCan,Ege\r\n\"Can\",\"Future Days\"") ==
          "2: Can – Ege\n3: Can – Future Days\n");
}

TEST_CASE("A byte order mark is no part of the first column") {
    CHECK(read_csv("\xEF\xBB\xBF"
                   "artist,title\nCan,Ege\n") == "2: Can – Ege\n");
    CHECK(read_csv("\xEF\xBB\xBF\"artist\",\"title\"\nCan,Ege\n") == "2: Can – Ege\n");
}

TEST_CASE("CSV may have semicolons where the header has no comma") {
    CHECK(read_csv("artist;title\nCan;Ege, and more\n") == "2: Can – Ege, and more\n");
}

TEST_CASE("Columns may be in any order and case, and unknown ones are passed over") {
    CHECK(read_csv("Rating, TITLE ,Artist\n5,Ege,Can\n") == "2: Can – Ege\n");
}

TEST_CASE("Every column of the contract is read") {
    const auto records = read_batch(
        "batch.csv",
        "mbid,artist,title,year,first_release_date,primary_type,secondary_types,disambiguation,"
        "queue,priority\n"
        "f5093c06-23e3-404f-aeaa-40f72885ee3a,Can,Ege,1972,1972-11,Album,Live; Remix|Demo,the one,"
        "rock,4\n");
    const AlbumRequest request = album_in(records.at(0).album);
    const Album& album = request.album;
    CHECK(album.mbid == Mbid::parse("f5093c06-23e3-404f-aeaa-40f72885ee3a"));
    CHECK(credit_text(album.artist_credit) == "Can");
    CHECK(album.title == "Ege");
    CHECK(request.year == 1972);
    CHECK(album.first_release_date == PartialDate{1972, 11, {}});
    CHECK(album.primary_type == "Album");
    CHECK(album.secondary_types == std::vector<std::string>{"Live", "Remix", "Demo"});
    CHECK(album.disambiguation == "the one");
    CHECK(request.queue == "rock");
    CHECK(request.priority == 4);
    CHECK(request.moves_job);
    CHECK_FALSE(request.release_mbid);
}

TEST_CASE("A row with more or fewer fields than the header is bad_row") {
    const auto records = read_batch("batch.csv", "artist,title\nCan\nCan,Ege,1972\nCan,Ege\n");
    CHECK(gist(records) == "2: refused bad_row\n3: refused bad_row\n4: Can – Ege\n");
    CHECK(refusal_in(records[1].album).message == "it has 3 fields, the header has 2");
}

TEST_CASE("A quote that is never closed gives up its own line only, wherever it stands") {
    CHECK(read_csv("artist,title\n\"Can,Ege\nCan,b\nCan,c\n") ==
          "2: refused bad_row\n3: Can – b\n4: Can – c\n");
    CHECK(read_csv("artist,title\nCan,a\nCan,\"b") == "2: Can – a\n3: refused bad_row\n");
    CHECK(read_csv("artist,title\nCan,a\nCan,\"") == "2: Can – a\n3: refused bad_row\n");
}

TEST_CASE("A quote that is closed by that of a later row swallows no row") {
    CHECK(read_csv("artist,title\n\"Can,Ege\nCan,b\n\"Can\",c\n") ==
          "2: refused bad_row\n3: Can – b\n4: Can – c\n");
    CHECK(read_csv("artist,title\n\"Can,Ege\nCan,b 12\"\nCan,c\n") ==
          "2: refused bad_row\n3: Can – b 12\"\n4: Can – c\n");
}

TEST_CASE("A quote within a quoted field must be doubled") {
    const auto records = read_batch("batch.csv", "artist,title\nCan,\"12\" Mix\"\nCan,b\n");
    CHECK(gist(records) == "2: refused bad_row\n3: Can – b\n");
    CHECK(records[0].text == "Can,\"12\" Mix\"");
}

TEST_CASE("Blanks may follow the quote that closes a field") {
    CHECK(read_csv("artist,title\n\"Can\" ,\"Ege\" \r\n") == "2: Can – Ege\n");
}

TEST_CASE("A quote that is never closed gives up its own line only, megabytes before the end too") {
    std::string text = "artist,title\n\"Can,Ege\n";
    for (int i = 0; i < 150'000; ++i)
        text += "Can,Ege\n";
    const auto records = read_batch("batch.csv", text);
    REQUIRE(records.size() == 150'001);
    CHECK(refusal_in(records[0].album).code == "bad_row");
    CHECK(records[1].line == 3);
    CHECK(records.back().line == 150'002);
}

TEST_CASE("Quotes that open anew on every line do not make reading slow") {
    std::string text = "artist,title\n";
    for (int i = 0; i < 20'000; ++i)
        text += "x\",\"y\n";
    CHECK(read_batch("batch.csv", text).size() == 20'000);
}

TEST_CASE("A row of more than 1 MiB is refused as too long, and the next one read") {
    const std::string long_title(std::size_t{2} << 20U, 'x');
    CHECK(read_csv("artist,title\nCan," + long_title + "\nCan,b\n") ==
          "2: refused too_long\n3: Can – b\n");
    CHECK(read_csv("artist,title\nCan,\"" + long_title + "\"\nCan,b\n") ==
          "2: refused too_long\n3: Can – b\n");
}

TEST_CASE("A row of 1 MiB to the byte is not too long, its line end aside") {
    constexpr std::size_t k_limit = std::size_t{1} << 20U;
    const std::string row = "Can,Ege," + std::string(k_limit - 8, 'x');
    REQUIRE(row.size() == k_limit);
    CHECK(read_csv("artist,title,note\n" + row + "\nCan,b,\n") == "2: Can – Ege\n3: Can – b\n");
    CHECK(read_csv("artist,title,note\n" + row + "x\nCan,b,\n") ==
          "2: refused too_long\n3: Can – b\n");
}

TEST_CASE("Blank rows are no records") {
    CHECK(read_csv("\n\nartist,title\n\n  \nCan,Ege\n\n") == "6: Can – Ege\n");
}

TEST_CASE("A table of an export of tracks or releases is not taken for one of albums") {
    CHECK(error_of_header("album_id,release_id,medium_position,title,artist")
              .find("an export of tracks") != std::string::npos);
    CHECK(
        error_of_header("release_id,mbid,artist,title,no_barcode").find("an export of releases") !=
        std::string::npos);
    CHECK(error_of_header("Artist,Title,release_id").empty());  // as others number theirs
}

TEST_CASE("A header without the columns that name an album is an error that shows it") {
    CHECK(error_of_header("artist,year").find("batch.csv:1: the header line must name") !=
          std::string::npos);
    CHECK(error_of_header("artist,year").find("\"artist,year\"") != std::string::npos);
    CHECK(error_of_header("title") != "");
    CHECK(error_of_header("name,album") != "");
    CHECK(error_of_header("mbid,note") == "");
}

TEST_CASE("A CSV of blank lines is an error like an empty one") {
    const TemporaryFolder folder;
    CHECK(error_of(folder.write("batch.csv", "\n\n")).find("is empty") != std::string::npos);
}

TEST_CASE("TSV takes quotes as they are and keeps its empty first field") {
    const auto records = read_batch("batch.tsv",
                                    "mbid\tartist\ttitle\r\n"
                                    "\tCan\t\"Ege\"\r\n"
                                    "\tCan\t\"Ege\r\n"
                                    "\tCan\r\n");
    CHECK(gist(records) == "2: Can – \"Ege\"\n3: Can – \"Ege\n4: refused bad_row\n");
    CHECK(records[2].text == "\tCan");
}

TEST_CASE("CSV fields are checked like those of JSON") {
    CHECK(read_csv("artist,title,year,first_release_date\n"
                   "Bj\xF6rk,Debut,,\n"
                   "Can\0,Ege,,\n"
                   "Can,Ege,soon,\n"
                   "Can,Ege,,1972-13\n"
                   ",,,\n"
                   "Can,Ege,1972,1972\n"s) ==
          "2: refused bad_utf8\n3: refused nul_byte\n4: refused bad_field\n5: refused bad_date\n"
          "6: refused no_identity\n7: Can – Ege\n");
}

TEST_CASE("A header whose quote is never closed is an error, and no column goes unread") {
    const std::string error = error_of_header("artist,title,\"queue");
    CHECK(error.find("batch.csv:1: the header line cannot be read: a quote") != std::string::npos);
    CHECK(error_of_header("artist,title," + std::string(2'000'000, 'x')).find("longer than") !=
          std::string::npos);
}

TEST_CASE("A row that begins with more blanks than a record may have is refused") {
    CHECK(read_csv("artist,title\n" + std::string(2'000'000, ' ') + ",a\nCan,Ege\n") ==
          "2: refused too_long\n3: Can – Ege\n");
}

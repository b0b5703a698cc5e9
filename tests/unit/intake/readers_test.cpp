#include <fstream>
#include <functional>

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <sys/resource.h>

#include "base/error.hpp"
#include "intake/record_reader.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
using intake::Format;

namespace {

constexpr const char* k_dark_side = "f5093c06-23e3-404f-aeaa-40f72885ee3a";
constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

/// What was read, a line each: "LINE title-or-mbid" or "LINE !code".
std::vector<std::string> read_file(const std::string& path, Format format = Format::automatic) {
    const auto reader = intake::open_batch(path, format, {});
    std::vector<std::string> read;
    while (const auto record = reader->next()) {
        std::string text = std::to_string(record->line) + " ";
        if (const auto* refusal = std::get_if<intake::Refusal>(&record->album)) {
            text += "!" + refusal->code;
        } else {
            const auto& album = std::get<AlbumRequest>(record->album).album;
            text += album.title.value_or(album.mbid ? album.mbid->to_string() : "(release)");
        }
        read.push_back(text);
    }
    return read;
}

std::vector<std::string> read_text(const std::string& name, const std::string& text,
                                   Format format = Format::automatic) {
    const TemporaryFolder folder;
    return read_file(folder.write(name, text), format);
}

using Lines = std::vector<std::string>;

std::string packed(const TemporaryFolder& folder, const std::string& text,
                   const std::function<int(archive*)>& filter) {
    const std::string path = folder.file("packed");
    archive* out = archive_write_new();
    filter(out);
    archive_write_set_format_raw(out);
    archive_write_open_filename(out, path.c_str());
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(out, entry);
    archive_write_data(out, text.data(), text.size());
    archive_entry_free(entry);
    archive_write_close(out);
    archive_write_free(out);
    return path;
}

std::string refusal_to_open(const std::string& path) {
    try {
        intake::open_batch(path, Format::automatic, {});
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("NDJSON has a record a line, and a broken one stops nothing") {
    CHECK(read_text("a.ndjson",
                    "{\"artist\":\"Can\",\"title\":\"Tago Mago\"}\n"
                    "{\"artist\": broken\n"
                    "\n"
                    "{\"artist\":\"Can\",\"title\":\"Ege Bamyasi\"}\r\n") ==
          Lines{"1 Tago Mago", "2 !bad_json", "4 Ege Bamyasi"});
}

TEST_CASE("Each fault of a record has its code") {
    CHECK(read_text("a.ndjson",
                    "{\"mbid\":\"nonsense\"}\n"
                    "{\"title\":\"Alone\"}\n"
                    "{\"artist\":\"\xFF\",\"title\":\"x\"}\n"
                    "{\"artist\":\"a\\u0000\",\"title\":\"x\"}\n"
                    "{\"artist\":\"a\",\"title\":7}\n"
                    "{\"artist\":\"a\",\"title\":\"x\",\"first_release_date\":\"1.2.\"}\n"
                    "{\"artist\":\"a\",\"title\":\"x\",\"year\":\"soon\"}\n"
                    "{\"artist\":\"a\",\"title\":\"x\",\"queue\":\"a b\"}\n"
                    "{\"artist\":\"a\",\"title\":\"x\",\"priority\":99999999}\n"
                    "{\"mbid\":\"https://musicbrainz.org/artist/"
                    "a74b1b7f-71a5-4011-9441-d0b5e4122711\"}\n"
                    "17\n",
                    Format::ndjson) == Lines{"1 !bad_mbid", "2 !no_identity", "3 !bad_utf8",
                                             "4 !nul_byte", "5 !bad_field", "6 !bad_date",
                                             "7 !bad_field", "8 !bad_field", "9 !bad_field",
                                             "10 !wrong_entity", "11 !bad_json"});
}

TEST_CASE("A NUL byte refuses its own line only") {
    std::string text =
        "{\"artist\":\"a\",\"title\":\"x\"}\nxx\n{\"artist\":\"a\",\"title\":\"y\"}\n";
    text[text.find("xx")] = '\0';
    CHECK(read_text("a.ndjson", text) == Lines{"1 x", "2 !nul_byte", "3 y"});
}

TEST_CASE("JSON may be a list, records however laid out, or MBIDs in quotes") {
    CHECK(read_text("a.json",
                    "[\n {\"artist\":\"a\",\n  \"title\":\"x\"},\n"
                    " {\"artist\":\"a\",\"title\":\"[}\\\"y\"}]\n") == Lines{"2 x", "4 [}\"y"});
    CHECK(read_text("a.json",
                    "{\"artist\":\"a\",\"title\":\"x\"}\n{\n\"artist\":\"a\",\n"
                    "\"title\":\"y\"}") == Lines{"1 x", "2 y"});
    CHECK(read_text("a.json", "[\"" + std::string{k_rumours} + "\", 5]") ==
          Lines{std::string{"1 "} + k_rumours, "1 !bad_json"});
}

TEST_CASE("A broken element of a JSON list stops nothing, a cut-off list is told of") {
    CHECK(read_text("a.json",
                    "[{\"artist\":\"a\",\"title\":\"x\"},\n{\"artist\" \"a\"},\n"
                    "{\"artist\":\"a\",\"title\":\"y\"},\n{\"artist\":\"a\",") ==
          Lines{"1 x", "2 !bad_json", "3 y", "4 !bad_json"});
}

TEST_CASE("MusicBrainz's own release groups are records as they are") {
    const std::string group =
        std::string{"{\"id\":\""} + k_dark_side +
        "\",\"title\":\"Dark Side\",\"score\":100,\"first-release-date\":\"\","
        "\"primary-type\":null,\"secondary-types\":[],\"artist-credit\":"
        "[{\"name\":\"Pink Floyd\",\"joinphrase\":\"\",\"artist\":{\"id\":"
        "\"83d91898-7763-47d7-b03b-b92132375c47\",\"name\":\"Pink Floyd\"}}]}";
    CHECK(read_text("dump", group + "\n" + group) == Lines{"1 Dark Side", "2 Dark Side"});
    CHECK(read_text("a.json", "{\"release-group-count\":2,\"release-groups\":[" + group + "," +
                                  group + "]}") == Lines{"1 Dark Side", "1 Dark Side"});
}

TEST_CASE("CSV is read as spreadsheets write it") {
    CHECK(read_text("a.csv",
                    "\xEF\xBB\xBF"
                    "Artist,Title,Rating,year\r\n"
                    "Can,\"Tago \"\"Mago\"\"\",5,1971\r\n"
                    "\"Godspeed\nYou\",Yanqui,5,\r\n"
                    "Can,Two\r\n"
                    "\r\n"
                    "Can,Soon Over Babaluma,5,1974\r\n") ==
          Lines{"2 Tago \"Mago\"", "3 Yanqui", "5 !bad_row", "7 Soon Over Babaluma"});
    CHECK(read_text("a.csv", "artist;title\nCan;Tago Mago\n") == Lines{"2 Tago Mago"});
    CHECK(read_text("a.tsv", "artist\ttitle\nCan\t\"Tago\n") == Lines{"2 \"Tago"});
}

TEST_CASE("A quote that is never closed costs its own line only") {
    CHECK(read_text("a.csv", "artist,title\nCan,\"Tago\nCan,Ege\nCan,Future\n") ==
          Lines{"2 !bad_row", "3 Ege", "4 Future"});
}

TEST_CASE("A list of MBIDs and URLs may have comments") {
    CHECK(read_text("list", std::string{"# mine\n"} + k_rumours +
                                "\n\nhttps://musicbrainz.org/release-group/" + k_dark_side +
                                "?x#y\nnonsense\n") ==
          Lines{std::string{"2 "} + k_rumours, std::string{"4 "} + k_dark_side, "5 !bad_mbid"});
}

TEST_CASE("The format is told from the content where the name says nothing") {
    CHECK(read_text("x", "artist,title\nCan,Ege\n") == Lines{"2 Ege"});
    CHECK(read_text("x", "artist\ttitle\nCan\tEge\n") == Lines{"2 Ege"});
    CHECK(read_text("x", "[{\"artist\":\"Can\",\"title\":\"Ege\"}]") == Lines{"1 Ege"});
    CHECK(read_text("x", "{\n\"artist\":\"Can\",\"title\":\"Ege\"}") == Lines{"1 Ege"});
    CHECK(read_text("x.NDJSON", "{\"artist\":\"Can\",\"title\":\"Ege\"}") == Lines{"1 Ege"});
}

TEST_CASE("Packed input is unpacked on the way, whatever its name") {
    const TemporaryFolder folder;
    const std::string text = "{\"artist\":\"Can\",\"title\":\"Ege\"}\n";
    for (const auto& filter : {archive_write_add_filter_gzip, archive_write_add_filter_xz,
                               archive_write_add_filter_bzip2, archive_write_add_filter_zstd}) {
        CHECK(read_file(packed(folder, text, filter)) == Lines{"1 Ege"});
    }
}

TEST_CASE("A line of 100 MB is refused without being held, and the next one is read") {
    const TemporaryFolder folder;
    {
        std::ofstream file{folder.file("long.ndjson")};
        const std::string block(1'000'000, 'x');
        for (int i = 0; i < 100; ++i)
            file << block;
        file << "\n{\"artist\":\"Can\",\"title\":\"Ege\"}\n";
    }
    const auto peak = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
    };
    const long before = peak();
    CHECK(read_file(folder.file("long.ndjson")) == Lines{"1 !too_long", "2 Ege"});
    CHECK(peak() - before < 32 * 1024);
}

TEST_CASE("What cannot be a batch at all is an error that names it") {
    const TemporaryFolder folder;
    CHECK(refusal_to_open(folder.file("none")).find("No such file") != std::string::npos);
    CHECK(refusal_to_open(folder.path().string()).find("folder") != std::string::npos);
    CHECK(refusal_to_open(folder.write("empty", "")).find("empty") != std::string::npos);
    CHECK(refusal_to_open(folder.write("wide", "\xFF\xFEx")).find("UTF-16") != std::string::npos);
    CHECK(refusal_to_open(folder.write("letter", "Dear all,\n")).find("--format") !=
          std::string::npos);
    CHECK(refusal_to_open(folder.write("a.csv", "name,year\n")).find("header") !=
          std::string::npos);
}

TEST_CASE("A URL names a release group or a release, on any of MusicBrainz's hosts") {
    const auto mbid_in = [](const std::string& text) {
        const auto album = intake::read_reference(text, {});
        const auto* request = std::get_if<AlbumRequest>(&album);
        return request != nullptr && request->album.mbid == Mbid::parse(k_dark_side);
    };
    const std::string path = std::string{"/release-group/"} + k_dark_side;
    for (const std::string start : {"https://musicbrainz.org", "http://www.musicbrainz.org",
                                    "beta.musicbrainz.org", "HTTPS://MusicBrainz.org"}) {
        CHECK(mbid_in(start + path));
        CHECK(mbid_in(start + path + "/aliases?page=2#top"));
    }
    CHECK_FALSE(mbid_in("https://example.org" + path));
    CHECK_FALSE(mbid_in("https://musicbrainz.org.example.org" + path));
    const auto release =
        intake::read_reference(std::string{"https://musicbrainz.org/release/"} + k_rumours, {});
    CHECK(std::get<AlbumRequest>(release).release_mbid == Mbid::parse(k_rumours));
}

TEST_CASE("An artist is named by MBID or URL") {
    CHECK(std::holds_alternative<Mbid>(intake::read_artist_reference(k_rumours)));
    CHECK(std::holds_alternative<Mbid>(
        intake::read_artist_reference(std::string{"https://musicbrainz.org/artist/"} + k_rumours)));
    CHECK(std::holds_alternative<intake::Refusal>(
        intake::read_artist_reference(std::string{"https://musicbrainz.org/label/"} + k_rumours)));
}

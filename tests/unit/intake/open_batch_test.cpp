#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temporary_folder.hpp"
#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;
using intake::Format;

namespace {

constexpr const char* k_two_lines =
    "{\"artist\":\"Can\",\"title\":\"a\"}\n{\"artist\":\"Can\",\"title\":\"b\"}\n";

bool says(const std::string& message, const std::string& part) {
    CAPTURE(message);
    CAPTURE(part);
    CHECK(message.find(part) != std::string::npos);
    return message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Formats have the names of the command line") {
    CHECK(intake::parse_format("auto") == Format::automatic);
    CHECK(intake::parse_format("ndjson") == Format::ndjson);
    CHECK(intake::parse_format("json") == Format::json);
    CHECK(intake::parse_format("csv") == Format::csv);
    CHECK(intake::parse_format("tsv") == Format::tsv);
    CHECK(intake::parse_format("mbid") == Format::mbid);
    CHECK_FALSE(intake::parse_format("xml"));
    CHECK_FALSE(intake::parse_format(""));
}

TEST_CASE("The name of a file tells its format, that of its packing aside") {
    const std::string csv = "artist,title\nCan,Ege\n";
    for (const std::string name : {"a.csv", "A.CSV", "a.csv.gz", "a.csv.zst", "a.json.csv"}) {
        CAPTURE(name);
        CHECK(gist(read_batch(name, csv)) == "2: Can – Ege\n");
    }
    for (const std::string name : {"a.ndjson", "a.jsonl", "a.jsonl.xz", "a.json", "a.json.bz2"}) {
        CAPTURE(name);
        CHECK(gist(read_batch(name, k_two_lines)) == "1: Can – a\n2: Can – b\n");
    }
    CHECK(gist(read_batch("a.tsv", "artist\ttitle\nCan\tEge\n")) == "2: Can – Ege\n");
    CHECK(gist(read_batch("a.mbids", "f5093c06\n")) == "1: refused bad_mbid\n");
}

TEST_CASE("What is said to be the format beats name and content") {
    CHECK(gist(read_batch("a.json", "artist,title\nCan,Ege\n", Format::csv)) == "2: Can – Ege\n");
    CHECK(gist(read_batch("a.csv", k_two_lines, Format::ndjson)) == "1: Can – a\n2: Can – b\n");
}

TEST_CASE("Without a telling name the content tells the format") {
    CHECK(gist(read_batch("a", k_two_lines)) == "1: Can – a\n2: Can – b\n");
    CHECK(gist(read_batch("a.txt", "\n[\n{\"artist\":\"Can\",\n\"title\":\"a\"}]")) ==
          "3: Can – a\n");
    CHECK(gist(read_batch("a", "{\n  \"artist\": \"Can\",\n  \"title\": \"a\"\n}\n")) ==
          "1: Can – a\n");
    CHECK(gist(read_batch("a", "artist,title\nCan,Ege\n")) == "2: Can – Ege\n");
    CHECK(gist(read_batch("a", "\"Title\";\"Artist\"\nEge;Can\n")) == "2: Can – Ege\n");
    CHECK(gist(read_batch("a", "title\tartist\nEge\tCan\n")) == "2: Can – Ege\n");
    CHECK(gist(read_batch("a", "mbid\nf5093c06-23e3-404f-aeaa-40f72885ee3a\n")) ==
          "2: f5093c06-23e3-404f-aeaa-40f72885ee3a\n");
    CHECK(gist(read_batch("a", "# mine\nf5093c06-23e3-404f-aeaa-40f72885ee3a\n")) ==
          "2: f5093c06-23e3-404f-aeaa-40f72885ee3a\n");
}

TEST_CASE("NDJSON whose first line is broken is NDJSON all the same") {
    CHECK(gist(read_batch("a", std::string{"{\"artist\":\"Can\",\"title\n"} + k_two_lines)) ==
          "1: refused bad_json\n2: Can – a\n3: Can – b\n");
}

TEST_CASE("Content of no known format is an error that says what to do") {
    const TemporaryFolder folder;
    const std::string path = folder.write("letter.txt", "Dear all,\n");
    CHECK(says(error_of(path), path + ": cannot tell what format it is; say --format"));
}

TEST_CASE("A file that is not there is an error with its name and the reason") {
    const TemporaryFolder folder;
    const std::string path = folder.file("none.csv");
    CHECK(error_of(path) == "cannot read " + path + ": No such file or directory");
}

TEST_CASE("A folder is an error with its name") {
    const TemporaryFolder folder;
    CHECK(says(error_of(folder.path().string()),
               "cannot read " + folder.path().string() + ": it is a folder"));
}

TEST_CASE("An empty file is an error with its name, whatever its format") {
    const TemporaryFolder folder;
    const std::string path = folder.write("empty.ndjson", "");
    CHECK(error_of(path) == path + " is empty");
    CHECK(error_of(path, Format::mbid) == path + " is empty");
    CHECK(error_of(folder.write("mark.csv", "\xEF\xBB\xBF")) ==
          folder.file("mark.csv") + " is empty");
}

TEST_CASE("UTF-16 of either kind is an error that says what to do") {
    const TemporaryFolder folder;
    for (const std::string mark : {"\xFF\xFE", "\xFE\xFF"}) {
        const std::string path = folder.write("wide.csv", mark + "a");
        CHECK(error_of(path) == path + " is UTF-16; save it as UTF-8");
    }
    using namespace std::string_literals;
    for (const std::string& unmarked : {"a\0b\0"s, "\0a\0b"s}) {
        const std::string path = folder.write("wide.csv", unmarked);
        CHECK(error_of(path) == path + " is UTF-16; save it as UTF-8");
    }
}

TEST_CASE("A name that could upset a terminal is made safe in messages") {
    CHECK(says(error_of("/nowhere/\x1B[31m.csv"), "/nowhere/\\u{1B}[31m.csv"));
}

TEST_CASE("Every record takes the queue and priority that were given for all") {
    const auto records =
        read_batch("a.csv", "artist,title\nCan,Ege\n", Format::automatic, {"nightly", 7});
    CHECK(album_in(records.at(0).album).queue == "nightly");
    CHECK(album_in(records.at(0).album).priority == 7);
}

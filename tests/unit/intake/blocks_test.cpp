// What is read does not depend on how the input comes in pieces.
#include <doctest/doctest.h>

#include "intake/readers.hpp"
#include "support/temporary_folder.hpp"
#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

using Make = std::unique_ptr<intake::RecordReader> (*)(std::unique_ptr<intake::TextInput>,
                                                       const intake::RecordDefaults&);

std::unique_ptr<intake::RecordReader> make_csv(std::unique_ptr<intake::TextInput> input,
                                               const intake::RecordDefaults& defaults) {
    return intake::make_delimited_reader(std::move(input), ',', defaults);
}

std::string read(const std::string& path, std::size_t block_bytes, Make make) {
    const auto reader = make(std::make_unique<intake::TextInput>(path, block_bytes), {});
    std::vector<intake::Record> records;
    while (auto record = reader->next())
        records.push_back(std::move(*record));
    std::string read = gist(records);
    for (const intake::Record& record : records)
        read += record.text + "\n";
    return read;
}

void check_blocks(const std::string& text, Make make) {
    const TemporaryFolder folder;
    const std::string path = folder.write("batch", text);
    const std::string whole = read(path, text.size() + 4, make);
    for (std::size_t block_bytes = 4; block_bytes < 70; ++block_bytes) {
        CAPTURE(block_bytes);
        CHECK(read(path, block_bytes, make) == whole);
    }
}

/// Longer than a record may be by `beyond` bytes, with `start` in front.
std::string long_text(std::string start, std::size_t beyond) {
    start.resize(intake::k_max_record_bytes + beyond, 'x');
    return start;
}

}  // namespace

TEST_CASE("NDJSON is the same in blocks of any size") {
    check_blocks(
        "\xEF\xBB\xBF{\"artist\":\"Sigur Rós\",\"title\":\"( )\"}\r\n\r\n  {\"mbid\":"
        "\"f5093c06-23e3-404f-aeaa-40f72885ee3a\"} \nbroken\n\"狂気\"\n{\"artist\":1}",
        intake::make_ndjson_reader);
}

TEST_CASE("JSON is the same in blocks of any size") {
    check_blocks(
        "[ {\"artist\":\"Can\",\n \"title\":\"\\\"}]\"}, 7 , \"x\", {\"a\":\"open\n} , "
        "{\"release-groups\":[{\"id\":\"f5093c06-23e3-404f-aeaa-40f72885ee3a\"},{}]} ] {\"a\":",
        intake::make_json_reader);
}

TEST_CASE("CSV is the same in blocks of any size, what is read twice included") {
    check_blocks(
        "artist,\"title\"\r\nCan,\"Tago \"\"Mago\"\"\"\r\n\"two\nlines\",\"a\"\nCan,\"never "
        "closed\nCan,Ege\n\n\"a\",\"b\" \nCan,\"Soon\" Over\nCan,\"closed\nby another\",\"x\"\n",
        make_csv);
}

TEST_CASE("A list of MBIDs is the same in blocks of any size") {
    check_blocks(
        "# mine\nf5093c06-23e3-404f-aeaa-40f72885ee3a\r\n\r\n"
        "https://musicbrainz.org/release/1a8c4ac3-6f47-4570-aedb-f1928a0498ea\nnonsense",
        intake::make_mbid_reader);
}

TEST_CASE("What is too long is too long in blocks of any size, to the byte") {
    const TemporaryFolder folder;
    for (const std::size_t beyond : {0, 1, 2}) {
        const std::string end = "\n" + std::string{"Can,Ege\n"};
        const std::string row = long_text("Can,", beyond) + end;
        const std::string quoted = long_text("Can,\"line\nline", beyond) + end;
        const std::string path =
            folder.write(std::to_string(beyond), "artist,title\n" + row + quoted);
        const std::string whole = read(path, 4'000'000, make_csv);
        for (const std::size_t block_bytes : {4'096, 65'537, 131'072, 1'048'577}) {
            CAPTURE(block_bytes);
            CHECK(read(path, block_bytes, make_csv) == whole);
            CHECK(read(path, block_bytes, intake::make_mbid_reader) ==
                  read(path, 4'000'000, intake::make_mbid_reader));
        }
    }
}

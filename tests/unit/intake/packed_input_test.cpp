#include <future>
#include <memory>
#include <string>

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temporary_folder.hpp"
#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

struct Packing {
    std::string name;
    int (*add_filter)(archive*);
};

const Packing k_packings[] = {{"gz", archive_write_add_filter_gzip},
                              {"xz", archive_write_add_filter_xz},
                              {"bz2", archive_write_add_filter_bzip2},
                              {"zst", archive_write_add_filter_zstd}};

std::string packed(const std::string& text, const Packing& packing) {
    std::string bytes(text.size() + 10'000, '\0');
    std::size_t size = 0;
    archive* out = archive_write_new();
    packing.add_filter(out);
    archive_write_set_format_raw(out);
    archive_write_set_bytes_in_last_block(out, 1);
    REQUIRE(archive_write_open_memory(out, bytes.data(), bytes.size(), &size) == ARCHIVE_OK);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    REQUIRE(archive_write_header(out, entry) == ARCHIVE_OK);
    archive_write_data(out, text.data(), text.size());
    archive_entry_free(entry);
    REQUIRE(archive_write_close(out) == ARCHIVE_OK);
    archive_write_free(out);
    return bytes.substr(0, size);
}

/// Records that do not pack to nothing.
std::string many_records(int count) {
    std::string lines;
    unsigned noise = 1;
    for (int i = 0; i < count; ++i) {
        noise = noise * 1664525U + 1013904223U;
        lines += "{\"artist\":\"Can\",\"title\":\"" + std::to_string(noise) + "\"}\n";
    }
    return lines;
}

}  // namespace

TEST_CASE("gzip, xz, bzip2 and zstd are unpacked, with or without their name") {
    const std::string text = "{\"artist\":\"Can\",\"title\":\"Ege\"}\n";
    for (const Packing& packing : k_packings) {
        CAPTURE(packing.name);
        const std::string bytes = packed(text, packing);
        REQUIRE(bytes.front() != '{');
        CHECK(gist(read_batch("a.ndjson." + packing.name, bytes)) == "1: Can – Ege\n");
        CHECK(gist(read_batch("a", bytes)) == "1: Can – Ege\n");
    }
}

TEST_CASE("A file that is not packed is read as it is, whatever its name says") {
    CHECK(gist(read_batch("a.ndjson.gz", "{\"artist\":\"Can\",\"title\":\"Ege\"}\n")) ==
          "1: Can – Ege\n");
}

TEST_CASE("Packed files put one behind the other are read to the last") {
    for (const Packing& packing : k_packings) {
        CAPTURE(packing.name);
        const std::string bytes = packed("{\"artist\":\"Can\",\"title\":\"a\"}\n", packing) +
                                  packed("{\"artist\":\"Can\",\"title\":\"b\"}\n", packing);
        CHECK(gist(read_batch("a.ndjson", bytes)) == "1: Can – a\n2: Can – b\n");
    }
}

TEST_CASE("A packed file that is cut off is an error, never a shorter batch") {
    const TemporaryFolder folder;
    const std::string text = many_records(30'000);
    for (const Packing& packing : k_packings) {
        CAPTURE(packing.name);
        const std::string bytes = packed(text, packing);
        const std::string path =
            folder.write("cut.ndjson." + packing.name, bytes.substr(0, bytes.size() * 9 / 10));
        const std::string message = error_of(path);
        CAPTURE(message);
        CHECK(message.starts_with(path + ":"));
        CHECK(message.find(": cannot read on: ") != std::string::npos);
    }
}

TEST_CASE("A packed file with a damaged middle is an error where the packing has checksums") {
    const TemporaryFolder folder;
    const std::string text = many_records(30'000);
    for (const Packing& packing : k_packings) {
        if (packing.name == "gz") continue;  // libarchive reads past its checksum
        CAPTURE(packing.name);
        std::string bytes = packed(text, packing);
        for (std::size_t i = 0; i < 64; ++i)
            bytes[bytes.size() / 2 + i] ^= 0x5A;
        CHECK(error_of(folder.write("bad.ndjson." + packing.name, bytes)) != "");
    }
}

TEST_CASE("A packed file with a damaged start is an error that names it") {
    const TemporaryFolder folder;
    for (const Packing& packing : k_packings) {
        CAPTURE(packing.name);
        const std::string bytes = packed(many_records(100), packing);
        const std::string path = folder.write("cut." + packing.name, bytes.substr(0, 30));
        CHECK(error_of(path).find(path) != std::string::npos);
    }
}

TEST_CASE("A packed file with nothing in it is an error like an empty one") {
    const TemporaryFolder folder;
    for (const Packing& packing : k_packings) {
        CAPTURE(packing.name);
        const std::string path = folder.write("empty." + packing.name, packed("", packing));
        CHECK(error_of(path) == path + " is empty");
    }
}

TEST_CASE("UTF-16 is told of when it is packed, too") {
    const TemporaryFolder folder;
    const std::string path = folder.write("wide.csv.gz", packed("\xFF\xFE"
                                                                "a",
                                                                k_packings[0]));
    CHECK(error_of(path) == path + " is UTF-16; save it as UTF-8");
}

TEST_CASE("A reader that waits for a pipe ends when it is stopped") {
    TemporaryFolder folder;
    const std::string pipe = folder.file("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    auto write = std::async(std::launch::async, [&] { return ::open(pipe.c_str(), O_WRONLY); });
    auto open = std::async(std::launch::async,
                           [&] { return intake::open_batch(pipe, intake::Format::mbid, {}); });
    const int writer = write.get();
    std::string lines;  // more than a block, and not a whole number of them
    for (int i = 0; i < 5000; ++i)
        lines += "f5093c06-23e3-404f-aeaa-40f72885ee3a\n";
    REQUIRE(::write(writer, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()));
    const auto reader = open.get();
    auto records = std::async(std::launch::async, [&] {
        int count = 0;
        while (reader->next())
            ++count;
        return count;
    });
    reader->stop();
    CHECK(records.get() > 3000);
    ::close(writer);
}

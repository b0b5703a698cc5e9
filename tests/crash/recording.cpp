#include "crash/recording.hpp"

#include <fstream>

namespace pressings::test {

namespace {

std::string text_of(std::ifstream& file, std::uint64_t length) {
    std::string text(length, '\0');
    file.read(text.data(), static_cast<std::streamsize>(length));
    return text;
}

}  // namespace

std::vector<Change> read_recording(const std::string& log) {
    std::vector<Change> all;
    std::ifstream file{log, std::ios::binary};
    preload_record record{};
    while (file.read(reinterpret_cast<char*>(&record), sizeof record)) {
        Change change;
        change.kind = static_cast<preload_change>(record.change);
        change.inode = record.inode;
        change.offset = record.offset;
        change.path = text_of(file, record.path_length);
        change.data = text_of(file, record.data_length);
        all.push_back(std::move(change));
    }
    return all;
}

std::string said_before(const std::vector<Change>& recording, std::size_t cut) {
    std::string said;
    for (std::size_t at = 0; at < cut; ++at) {
        if (recording[at].kind == preload_said) said += recording[at].data;
    }
    return said;
}

}  // namespace pressings::test

#include "unit/intake/batch.hpp"

#include "base/error.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::test {

std::vector<intake::Record> read_file(const std::string& path, intake::Format format,
                                      const intake::RecordDefaults& defaults) {
    const auto reader = intake::open_batch(path, format, defaults);
    std::vector<intake::Record> records;
    while (auto record = reader->next())
        records.push_back(std::move(*record));
    return records;
}

std::vector<intake::Record> read_batch(const std::string& name, const std::string& content,
                                       intake::Format format,
                                       const intake::RecordDefaults& defaults) {
    const TemporaryFolder folder;
    return read_file(folder.write(name, content), format, defaults);
}

std::string gist(const std::vector<intake::Record>& records) {
    std::string lines;
    for (const auto& [line, text, read] : records) {
        lines += std::to_string(line) + ": ";
        if (const auto* refusal = std::get_if<intake::Refusal>(&read)) {
            lines += "refused " + refusal->code + "\n";
            continue;
        }
        const auto& request = std::get<AlbumRequest>(read);
        const Album& album = request.album;
        if (album.mbid) {
            lines += album.mbid->to_string() + "\n";
        } else if (request.release_mbid) {
            lines += "release " + request.release_mbid->to_string() + "\n";
        } else {
            lines += credit_text(album.artist_credit) + " – " + album.title.value_or("") + "\n";
        }
    }
    return lines;
}

AlbumRequest album_in(const intake::ReadAlbum& album) {
    return std::get<AlbumRequest>(album);
}

intake::Refusal refusal_in(const intake::ReadAlbum& album) {
    const auto* refusal = std::get_if<intake::Refusal>(&album);
    return refusal != nullptr ? *refusal : intake::Refusal{};
}

std::string error_of(const std::string& path, intake::Format format) {
    try {
        read_file(path, format);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace pressings::test

#include "intake/import_albums.hpp"

#include <vector>

namespace pressings::intake {

namespace {

std::size_t bytes_of(const std::optional<std::string>& text) {
    return text ? text->size() : 0;
}

/// Roughly what a record takes: a thousand of them can be a gigabyte.
std::size_t bytes_of(const Record& record) {
    std::size_t bytes = sizeof(Record) + record.text.size();
    const auto* request = std::get_if<AlbumRequest>(&record.album);
    if (request == nullptr) return bytes;
    bytes += bytes_of(request->album.title) + bytes_of(request->album.disambiguation);
    for (const std::string& type : request->album.secondary_types)
        bytes += type.size();
    for (const CreditedArtist& credited : request->album.artist_credit) {
        const Artist& artist = credited.artist;
        bytes += sizeof(CreditedArtist) + credited.name.size() + credited.join_phrase.size() +
                 artist.name.size() + bytes_of(artist.sort_name) + bytes_of(artist.disambiguation);
    }
    return bytes;
}

/// Records in the order they were read, and those of them that are albums.
struct Batch {
    std::vector<Record> records;
    std::vector<AlbumRequest> requests;
    std::size_t bytes = 0;

    void add(Record record) {
        bytes += bytes_of(record);
        if (auto* request = std::get_if<AlbumRequest>(&record.album)) {
            requests.push_back(std::move(*request));
        }
        records.push_back(std::move(record));
    }
    void clear() {
        records.clear();
        requests.clear();
        bytes = 0;
    }
};

void write(const Batch& batch, store::AlbumStore& albums, const ImportOptions& options,
           const std::function<void(const Outcome&)>& report) {
    std::vector<store::AddedAlbum> added;
    if (!batch.requests.empty()) {
        added = options.dry_run ? albums.preview_albums(batch.requests, options.add)
                                : albums.add_albums(batch.requests, options.add);
    }
    auto next = added.begin();
    for (const Record& record : batch.records) {
        if (const auto* refusal = std::get_if<Refusal>(&record.album)) {
            report({record, nullptr, refusal});
        } else {
            report({record, &*next++, nullptr});
        }
    }
    if (options.after_batch) options.after_batch();
}

}  // namespace

void import_albums(RecordReader& reader, store::AlbumStore& albums, const ImportOptions& options,
                   const std::function<void(const Outcome&)>& report) {
    Batch batch;
    while (auto record = reader.next()) {
        batch.add(std::move(*record));
        const bool full =
            batch.records.size() >= options.batch_size || batch.bytes >= options.batch_bytes;
        if (!full) continue;
        write(batch, albums, options, report);
        batch.clear();
    }
    write(batch, albums, options, report);
}

}  // namespace pressings::intake

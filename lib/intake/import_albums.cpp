#include "intake/import_albums.hpp"

#include <system_error>
#include <utility>
#include <vector>

#include "base/read_ahead.hpp"

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
    bool is_full(const ImportOptions& options) const {
        return records.size() >= options.batch_size || bytes >= options.batch_bytes;
    }
};

/// Nothing at the end.
std::optional<Batch> read_batch(RecordReader& reader, const ImportOptions& options) {
    Batch batch;
    while (!batch.is_full(options)) {
        auto record = reader.next();
        if (!record) break;
        batch.add(std::move(*record));
    }
    if (batch.records.empty()) return std::nullopt;
    return batch;
}

void write(const Batch& batch, store::AlbumStore& albums, const ImportOptions& options,
           const std::function<void(const Outcome&)>& report) {
    std::vector<store::AddedAlbum> added;
    if (!batch.requests.empty()) {
        added = options.mode == store::Mode::dry_run
                    ? albums.preview_albums(batch.requests, options.add)
                    : albums.add_albums(batch.requests, options.add);
    }
    auto next = added.begin();
    auto request = batch.requests.begin();
    for (const Record& record : batch.records) {
        if (const auto* refusal = std::get_if<Refusal>(&record.album)) {
            report({record, nullptr, refusal});
        } else {
            report({record, &*next++, nullptr, &*request++});
        }
    }
    if (options.after_batch) options.after_batch();
}

}  // namespace

void import_albums(RecordReader& reader, store::AlbumStore& albums, const ImportOptions& options,
                   const std::function<void(const Outcome&)>& report) {
    auto batch = read_batch(reader, options);
    std::optional<ReadAhead<Batch>> ahead;  // one batch
    if (options.read_ahead && batch && batch->is_full(options)) {
        try {
            ahead.emplace(
                1, [&] { return read_batch(reader, options); }, [&] { reader.stop(); });
        } catch (const std::system_error&) {
            // Where no thread can be had it is read in turn.
        }
    }
    while (batch) {
        write(*batch, albums, options, report);
        batch.reset();
        batch = ahead ? ahead->next() : read_batch(reader, options);
    }
}

}  // namespace pressings::intake

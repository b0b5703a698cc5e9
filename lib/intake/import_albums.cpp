#include "intake/import_albums.hpp"

#include <vector>

namespace pressings::intake {

namespace {

/// Records in the order they were read, and those of them that are albums.
struct Batch {
    std::vector<Record> records;
    std::vector<AlbumRequest> requests;

    void add(Record record) {
        if (auto* request = std::get_if<AlbumRequest>(&record.album)) {
            requests.push_back(std::move(*request));
        }
        records.push_back(std::move(record));
    }
    void clear() {
        records.clear();
        requests.clear();
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
        if (batch.records.size() < options.batch_size) continue;
        write(batch, albums, options, report);
        batch.clear();
    }
    write(batch, albums, options, report);
}

}  // namespace pressings::intake

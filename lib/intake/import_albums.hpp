#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "intake/record_reader.hpp"
#include "store/album_store.hpp"

namespace pressings::intake {

/// One record and what became of it.
struct Outcome {
    const Record& record;                      ///< its album was taken out of it
    const store::AddedAlbum* added = nullptr;  ///< null if the record was refused
    const Refusal* refusal = nullptr;          ///< null if it was not
    const AlbumRequest* request = nullptr;     ///< as it was read; null likewise
};

struct ImportOptions {
    AddOptions add;
    store::Mode mode = store::Mode::write;
    std::size_t batch_size = 1000;  ///< albums a transaction, fewer if they are that large:
    std::size_t batch_bytes = std::size_t{16} << 20U;  ///< of text, which is held meanwhile
    /// Reads a batch while the one before it is written, on a thread that is started once a first
    /// batch is full. A batch that is not full at the end needs none.
    bool read_ahead = false;
    std::function<void()> after_batch;  ///< called when a transaction's outcomes were reported
};

/// Puts every album of `reader` in, `batch_size` or `batch_bytes` at a time, and calls `report` for
/// each record in the order of the input, once what became of it is committed. What the reader
/// throws comes out when every full batch before it was written and reported.
void import_albums(RecordReader& reader, store::AlbumStore& albums, const ImportOptions& options,
                   const std::function<void(const Outcome&)>& report);

}  // namespace pressings::intake

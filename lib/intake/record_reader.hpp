#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/record.hpp"

namespace pressings::intake {

enum class Format { automatic, ndjson, json, csv, tsv, mbid };

std::optional<Format> parse_format(std::string_view name);

/// One record of a batch, read or refused.
struct Record {
    std::int64_t line = 0;  ///< of the file, from 1; where the record begins
    std::string text;       ///< as it stood there, cut to 4 KiB: for the list of rejects
    ReadAlbum album;
};

/// Gives the records of a batch one by one; memory does not grow with the batch. A record that
/// cannot be read is a Refusal and the next one follows; a longer record than 1 MiB is refused
/// ("too_long") and passed over. Blank lines are not records.
class RecordReader {
  public:
    virtual ~RecordReader() = default;
    /// Nothing at the end. Error (with file and line) if the file itself cannot be read on.
    virtual std::optional<Record> next() = 0;
    /// What stands in a header and is passed over, each once.
    virtual std::vector<std::string> unused() const { return {}; }
    /// From any thread: lets a next() that waits for input go. What it gives is to be thrown away,
    /// and there is nothing after it.
    virtual void stop() {}
};

/// Opens `path` ("-": standard input), unpacking gzip, xz, bzip2 and zstd on the way, whatever the
/// name says. The format is told from the name, then from the content, if `automatic`. Error if it
/// cannot be opened, is a directory, is empty, or is of no known format.
std::unique_ptr<RecordReader> open_batch(const std::string& path, Format format,
                                         const RecordDefaults& defaults);

}  // namespace pressings::intake

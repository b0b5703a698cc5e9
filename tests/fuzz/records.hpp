#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "intake/record_reader.hpp"

/// The records of a batch, read to its end and held to what the readers promise.
namespace pressings::fuzz {

/// What a batch came to: its records, a line each with all that was taken from them, and the Error
/// that ended it, if one did.
struct ReadBatch {
    std::vector<std::string> records;
    std::string error;

    friend bool operator==(const ReadBatch&, const ReadBatch&) = default;
};

/// Reads all of `reader`, and checks each record. `input_bytes` bounds how many there can be.
ReadBatch read_all(intake::RecordReader& reader, std::size_t input_bytes);

/// Holds a record to what is promised of it: storable texts, an identity, numbers in range; that
/// it is the same again when it is written as JSON and read; or a reason with a known code.
void require_record(const intake::Record& record);

/// The request as a record of a batch.
std::string write(const AlbumRequest& request);

}  // namespace pressings::fuzz

#pragma once

#include <memory>

#include "intake/record_reader.hpp"
#include "intake/text_input.hpp"

namespace pressings::intake {

/// A record of `text` as the list of rejects has it.
Record make_record(std::int64_t line, std::string_view text, ReadAlbum album);

/// For a record longer than k_max_record_bytes.
Refusal too_long();

/// One JSON object a line.
std::unique_ptr<RecordReader> make_ndjson_reader(std::unique_ptr<TextInput> input,
                                                 const RecordDefaults& defaults);
/// One MBID or URL a line; blank lines and those that begin with # are passed over.
std::unique_ptr<RecordReader> make_mbid_reader(std::unique_ptr<TextInput> input,
                                               const RecordDefaults& defaults);
/// A JSON array of records, records one behind the other however they are laid out, or an answer
/// of MusicBrainz's with release groups in it.
std::unique_ptr<RecordReader> make_json_reader(std::unique_ptr<TextInput> input,
                                               const RecordDefaults& defaults);
/// A header line and a record a row (RFC 4180; quotes only if the separator is no tab). Error if
/// the header names nothing that an album is known by (see Columns). A quote that is never closed,
/// or closed only by that of a later row, costs its own line and no other.
std::unique_ptr<RecordReader> make_delimited_reader(std::unique_ptr<TextInput> input,
                                                    char separator, const RecordDefaults& defaults);

}  // namespace pressings::intake

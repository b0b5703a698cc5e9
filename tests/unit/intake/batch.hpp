#pragma once

#include <string>
#include <vector>

#include "intake/record_reader.hpp"

namespace pressings::test {

/// A batch of this name and content, read to its end.
std::vector<intake::Record> read_batch(const std::string& name, const std::string& content,
                                       intake::Format format = intake::Format::automatic,
                                       const intake::RecordDefaults& defaults = {});

/// The same of a file that is there.
std::vector<intake::Record> read_file(const std::string& path,
                                      intake::Format format = intake::Format::automatic,
                                      const intake::RecordDefaults& defaults = {});

/// What was read, a line for each record: "2: Can – Tago Mago", "3: <mbid>", "4: release <mbid>"
/// or "5: refused bad_json".
std::string gist(const std::vector<intake::Record>& records);

/// The album of a record that was not refused.
AlbumRequest album_in(const intake::ReadAlbum& album);
/// The reason of one that was; its code is "" if it was not.
intake::Refusal refusal_in(const intake::ReadAlbum& album);

/// What the Error says that comes when such a batch is opened and read; "" if none does.
std::string error_of(const std::string& path, intake::Format format = intake::Format::automatic);

}  // namespace pressings::test

#pragma once

#include <map>
#include <string>
#include <vector>

namespace pressings::test {

/// lib/musicbrainz/FIELDS.md, as a reader of it understands it. Paths are written as there, the
/// short names for places replaced by each place they stand for.
struct FieldTable {
    /// What the catalogue keeps of a path: "releases.title", "album.title".
    struct Kept {
        std::string column;
        std::string json;
    };
    std::map<std::string, Kept> kept;
    std::vector<std::string> left_out;

    /// Whether the tables have a word on this path: it is one that is kept, one that is above such,
    /// or one that is left out, or below such.
    bool knows(const std::string& path) const;
};

FieldTable read_field_table();

}  // namespace pressings::test

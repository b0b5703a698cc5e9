#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pressings::source {

/// FIELDS.md, as a reader of it understands it. Paths are written as there, the short names for
/// places replaced by each place they stand for.
struct FieldTable {
    /// What the catalogue keeps of a path: "releases.title", "album.title".
    struct Kept {
        std::string column;
        std::string json;
    };
    std::map<std::string, Kept> kept;
    std::vector<std::string> left_out;
    std::set<std::string> of_page;  ///< the keys of a page of releases itself

    /// Whether the tables have a word on this path: it is one that is kept, one that is above such,
    /// or one that is left out, or below such.
    bool knows(const std::string& path) const;
};

/// The file as it was when this was built.
const FieldTable& field_table();

}  // namespace pressings::source

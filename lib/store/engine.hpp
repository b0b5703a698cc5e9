#pragma once

#include <optional>
#include <string>

namespace pressings::store {

/// What keeps the catalogues, as it is linked into this program.
struct Engine {
    std::string name;     ///< "SQLite"
    std::string version;  ///< "3.40.1"
    int schema = 0;       ///< the version of the tables of a catalogue that is made now
    /// What should be known of this version, in a sentence; no fault of a catalogue.
    std::optional<std::string> note;
};

Engine engine();

}  // namespace pressings::store

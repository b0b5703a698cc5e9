#pragma once

#include <string>
#include <vector>

#include "domain/mbid.hpp"

namespace pressings {

/// Release groups of one artist that are to be asked for, each in a job of its own.
struct Companions {
    Mbid artist;
    std::vector<Mbid> release_groups;
    /// Each once; empty if one of the groups has none that is known.
    std::vector<std::string> primary_types;
};

}  // namespace pressings

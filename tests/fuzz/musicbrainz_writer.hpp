#pragma once

#include <string>

#include "source/json/release_json.hpp"

/// Writes what was read from MusicBrainz in MusicBrainz's own form again: what is read from that
/// must be the same. A field that is added to the readers is added here.
namespace pressings::fuzz {

std::string write(const source::ParsedRelease& parsed);
std::string write(const source::BrowsePage& page);
std::string write(const source::GroupPage& page);
std::string write(const Album& release_group);

}  // namespace pressings::fuzz

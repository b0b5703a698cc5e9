#pragma once

#include <string>

#include "domain/album_match.hpp"

namespace pressings {

/// What speaks for and against a candidate beside what was told, for whoever chooses: "same title,
/// same artist, 1994"; "title much like it (83 %), same artist". Names in it are not quoted.
std::string difference(const NamedAlbum& named, const Candidate& candidate);

}  // namespace pressings

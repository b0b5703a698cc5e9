#pragma once

#include <string>
#include <vector>

#include "domain/album_match.hpp"
#include "source/release_source.hpp"

/// What the sources that can search have in common.
namespace pressings::source {

/// Throws the SourceError "not_found" or "ambiguous" of a match that is not safe, with its
/// candidates.
[[noreturn]] void refuse_match(const NamedAlbum& named, AlbumMatch match);

}  // namespace pressings::source

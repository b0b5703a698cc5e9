#pragma once

#include <string>
#include <vector>

#include "musicbrainz/release_source.hpp"
#include "musicbrainz/ws2_session.hpp"

/// Finding release groups by other things than their MBID.
namespace pressings::musicbrainz {

/// The group that a release belongs to.
Mbid group_with(Ws2Session& session, const Mbid& release);

/// What became of a release: its MBID and release group now, or nothing if it is gone.
ReleaseFate fate_of(Ws2Session& session, const Mbid& release);

/// All groups credited to an artist, of the types named if any are, each once. SourceError
/// "too_large" for an artist who has too many.
std::vector<Album> groups_of_artist(Ws2Session& session, const Mbid& artist,
                                    const std::vector<std::string>& types);

}  // namespace pressings::musicbrainz

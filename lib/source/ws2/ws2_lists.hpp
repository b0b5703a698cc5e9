#pragma once

#include <vector>

#include "source/release_source.hpp"
#include "source/ws2/ws2_session.hpp"

/// Listing the release groups of an artist, a label or a series.
namespace pressings::source {

/// All groups credited to an artist, of the types wanted, each once. SourceError "too_large" for an
/// artist who has too many.
std::vector<Album> groups_of_artist(Ws2Session& session, const Mbid& artist,
                                    const TypeFilter& types);

/// A part of the list: some twenty requests, so that little is lost with a worker that is killed.
GroupList list_groups(Ws2Session& session, const GroupListQuestion& question);

}  // namespace pressings::source

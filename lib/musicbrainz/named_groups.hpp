#pragma once

#include <string>
#include <vector>

#include "musicbrainz/release_source.hpp"

/// Which release groups are meant, of those that a source offers.
namespace pressings::musicbrainz {

/// The one that is safely meant (see ReleaseSource::releases_of_named) of those offered, which may
/// be repeated and of anything; SourceError "not_found" or "ambiguous".
Mbid group_meant(const NamedAlbum& named, const std::vector<Album>& offered);

/// Whether its primary type is one of these, any case; always, if there are none.
bool is_of_types(const Album& album, const std::vector<std::string>& types);

}  // namespace pressings::musicbrainz

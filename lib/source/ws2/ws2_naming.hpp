#pragma once

#include "source/release_source.hpp"
#include "source/ws2/ws2_session.hpp"

/// Finding the release group that somebody named.
namespace pressings::source {

/// The one release group that is safely meant, as the search offers it; else SourceError
/// "not_found" or "ambiguous" with its candidates. Asks at most k_most_searches times: for title
/// and artist as told; then for their words, in any of the names of a group and of its artists;
/// then for releases of that title; then for artists of that name or alias, and for what they have;
/// or for all of that title, and for names that are much like it, from which a person may choose.
OfferedAlbum group_named(Ws2Session& session, const NamedAlbum& named);

inline constexpr int k_most_searches = 8;

/// Holds a group against the name again, for the index that offered it may be out of date:
/// SourceError "not_found" if it is not called so, or is of another year.
void check_still_named(const NamedAlbum& named, const OfferedAlbum& offered,
                       const GroupReleases& found);

}  // namespace pressings::source

#pragma once

#include <span>
#include <string>
#include <vector>

#include "source/release_source.hpp"
#include "source/ws2/ws2_session.hpp"

/// Finding release groups by other things than their MBID.
namespace pressings::source {

/// The group that a release belongs to.
Mbid group_with(Ws2Session& session, const Mbid& release);

/// What became of a release: its MBID and release group now, or nothing if the service says that it
/// is gone.
ReleaseFate fate_of(Ws2Session& session, const Mbid& release);

/// Looks up something that the service must know if it is MusicBrainz: one of these releases, some
/// of which may have gone, or the artist whose albums are various artists'. SourceError "unproven"
/// if it knows none of them.
void look_up_known(Ws2Session& session, std::span<const Mbid> known_releases);

/// "&type=album%7Cep", where the service can be asked for just these types; "" where it cannot, or
/// there are none: a secondary type leaves the primary one open.
std::string type_filter(const std::vector<std::string>& types);

/// What the search lists of these groups, `k_most_watched` at most, in one request.
std::vector<ListedEditions> listings_by_search(Ws2Session& session,
                                               std::span<const Mbid> release_groups);

}  // namespace pressings::source

#pragma once

#include <optional>
#include <stop_token>

#include "domain/job.hpp"
#include "source/release_source.hpp"

namespace pressings::worker {

/// The releases of an album that is known by identifiers, and maybe by a name besides.
///
/// What names one disc or edition for certain (a Discogs id, a disc id) comes first. Then the name,
/// where it is safe by itself. A barcode or a catalogue number decides where the name leaves it
/// open, or there is none. Nothing is decided against the name: an album that is called otherwise
/// is "ambiguous", and so are identifiers of several albums; the albums are the candidates.
/// "not_found" if the source knows none of it, "stale_index" (transient) if an index names a group
/// that does not have it.
source::GroupReleases releases_of_identified(source::ReleaseSource& source, const ClaimedJob& job,
                                             const std::optional<NamedAlbum>& named,
                                             const std::stop_token& stop);

}  // namespace pressings::worker

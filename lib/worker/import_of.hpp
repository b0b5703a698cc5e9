#pragma once

#include <vector>

#include "source/release_source.hpp"
#include "store/job_queue.hpp"

namespace pressings::worker {

/// What a source gave of a job's album, to be written.
store::Import import_of(const ClaimedJob& job, source::GroupReleases found);

/// Those of the catalogue's releases of the album that the source does not list. One that it lists
/// and that could not be read is there.
std::vector<Mbid> absent_from(const store::Import& import);

}  // namespace pressings::worker

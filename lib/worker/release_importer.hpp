#pragma once

#include <stop_token>
#include <string>
#include <variant>

#include "domain/job.hpp"
#include "musicbrainz/release_source.hpp"
#include "store/job_queue.hpp"

namespace pressings::worker {

/// An attempt whose source did not give what it was asked for.
struct FetchFailure {
    ClaimedJob job;
    musicbrainz::ErrorKind kind = musicbrainz::ErrorKind::permanent;
    JobError error;
    std::optional<Millis> retry_after_ms;
    int requests = 0;
};

using Fetched = std::variant<store::Import, store::Discography, FetchFailure>;

/// Gets from the source all that a job needs. Writes nothing, and throws nothing: what goes wrong
/// is a FetchFailure.
Fetched fetch(musicbrainz::ReleaseSource& source, const ClaimedJob& job, std::stop_token stop);

}  // namespace pressings::worker

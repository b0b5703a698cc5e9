#pragma once

#include "worker/fetch_job.hpp"

/// What a kind of jobs asks of a source: a file a kind.
namespace pressings::worker {

struct Asking {
    source::ReleaseSource& source;
    const KnownReleases& known;
    std::stop_token stop;
};

/// SourceError if the source does not give what the job needs.
using FetchKind = Fetched (*)(const Asking& asking, const ClaimedJob& job);

Fetched fetch_releases(const Asking& asking, const ClaimedJob& job);
Fetched fetch_discography(const Asking& asking, const ClaimedJob& job);
Fetched fetch_new_editions(const Asking& asking, const ClaimedJob& job);
Fetched fetch_list(const Asking& asking, const ClaimedJob& job);
Fetched fetch_watch(const Asking& asking, const ClaimedJob& job);

/// The one of them that it is for.
FetchKind fetcher_of(JobKind kind);

}  // namespace pressings::worker

#include "worker/release_importer.hpp"

#include <exception>
#include <new>

namespace pressings::worker {

namespace {

using musicbrainz::ErrorKind;
using musicbrainz::GroupReleases;
using musicbrainz::SourceError;

/// The album's own releases: by its release group, or by a release that belongs to it.
GroupReleases releases_of(musicbrainz::ReleaseSource& source, const ClaimedJob& job,
                          const std::stop_token& stop) {
    if (job.album.mbid) return source.releases_of(*job.album.mbid, stop);
    if (job.release_mbid) return source.releases_of_group_with(*job.release_mbid, stop);
    return source.releases_of_named(
        {job.album.artist_credit, job.album.title.value_or(""), job.year}, stop);
}

Fetched fetch_or_throw(musicbrainz::ReleaseSource& source, const ClaimedJob& job,
                       const std::stop_token& stop) {
    if (job.kind == JobKind::discography) {
        auto groups = source.release_groups_of(*job.artist_mbid, job.types, stop);
        return store::Discography{job, std::move(groups.albums), groups.requests};
    }
    auto found = releases_of(source, job, stop);
    return store::Import{job, std::move(found.release_group), std::move(found.releases),
                         found.requests};
}

}  // namespace

Fetched fetch(musicbrainz::ReleaseSource& source, const ClaimedJob& job, std::stop_token stop) {
    try {
        return fetch_or_throw(source, job, stop);
    } catch (const SourceError& error) {
        return FetchFailure{
            job, error.kind, {error.code, error.what()}, error.retry_after_ms, error.requests};
    } catch (const std::bad_alloc&) {
        return FetchFailure{job, ErrorKind::transient, {"out_of_memory", "memory ran out"}, {}, 0};
    } catch (const std::exception& error) {
        return FetchFailure{job, ErrorKind::transient, {"internal", error.what()}, {}, 0};
    }
}

}  // namespace pressings::worker

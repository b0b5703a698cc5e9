#include "worker/fetch_job.hpp"

#include <exception>
#include <new>

#include <fmt/format.h>

#include "worker/kinds/fetchers.hpp"

namespace pressings::worker {

namespace {

using source::ErrorKind;
using source::Meaning;
using source::SourceError;

/// The message of a failure, with the way out where there are several to choose from.
JobError error_of(const ClaimedJob& job, const SourceError& error) {
    JobError failed{error.code, error.what(), error.candidates};
    if (failed.candidates.empty() || !job.album_id) return failed;
    const auto count = failed.candidates.size();
    failed.message += fmt::format(
        "; {} candidate{} in `release-worker show {}`, and `album-import --album {} --mbid MBID` "
        "settles which it is",
        count, count == 1 ? " is" : "s are", job.id, *job.album_id);
    return failed;
}

}  // namespace

FetchKind fetcher_of(JobKind kind) {
    switch (kind) {
        case JobKind::releases:
            return fetch_releases;
        case JobKind::discography:
            return fetch_discography;
        case JobKind::new_editions:
            return fetch_new_editions;
        case JobKind::collection:
        case JobKind::series:
            return fetch_list;
        case JobKind::watch:
            return fetch_watch;
    }
    throw Error("a job of no known kind");
}

Fetched fetch(source::ReleaseSource& source, const ClaimedJob& job, const KnownReleases& known,
              std::stop_token stop) {
    try {
        return fetcher_of(job.kind)({source, known, std::move(stop)}, job);
    } catch (const SourceError& error) {
        return FetchFailure{
            job,        error.kind, error_of(job, error), error.retry_after_ms, error.requests,
            error.reach};
    } catch (const std::bad_alloc&) {
        return FetchFailure{job, ErrorKind::transient, {"out_of_memory", "memory ran out"}, {}, 0};
    } catch (const std::exception& error) {
        return FetchFailure{job, ErrorKind::transient, {"internal", error.what()}, {}, 0};
    }
}

ReadTogether read_together(source::ReleaseSource& source, ClaimedJob job, Companions companions,
                           std::stop_token stop) {
    ReadTogether read{std::move(job), std::move(companions), {}};
    try {
        auto found = source.releases_together(read.companions, std::move(stop));
        read.groups = std::move(found.groups);
        read.requests = found.requests;
    } catch (const SourceError& error) {
        read.requests = error.requests;
    } catch (const std::exception&) {
    }
    return read;
}

Probed probe(source::ReleaseSource& source, const KnownReleases& known, std::stop_token stop) {
    using enum Probed::Finding;
    try {
        return {well, {}, {}, source.probe(known, std::move(stop))};
    } catch (const SourceError& error) {
        const bool had_nothing = known.empty() && error.meaning == Meaning::unproven;
        const bool says_nothing = had_nothing || error.kind == ErrorKind::stopped;
        return {says_nothing ? unknown : unwell, JobError{error.code, error.what()}, error.reach,
                error.requests};
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace pressings::worker

#include "worker/release_importer.hpp"

#include <exception>
#include <new>
#include <unordered_set>

#include <fmt/format.h>

namespace pressings::worker {

namespace {

using musicbrainz::ErrorKind;
using musicbrainz::GroupReleases;
using musicbrainz::SourceError;

musicbrainz::NamedAlbum named_album(const ClaimedJob& job) {
    musicbrainz::NamedAlbum named;
    named.artist_credit = job.album.artist_credit;
    named.title = job.album.title.value_or("");
    named.year = job.year;
    if (!named.year && job.album.first_release_date) {
        named.year = job.album.first_release_date->year;
    }
    named.primary_type = job.album.primary_type;
    named.disambiguation = job.album.disambiguation;
    return named;
}

SourceError with_requests(SourceError error, const SourceError& other) {
    error.requests += other.requests;
    return error;
}

/// An MBID that was given bare may be a release's: it is asked for as one before it is given up.
GroupReleases releases_of_mbid(musicbrainz::ReleaseSource& source, const Mbid& mbid,
                               const std::stop_token& stop) {
    try {
        return source.releases_of(mbid, stop);
    } catch (const SourceError& no_group) {
        if (no_group.code != "not_found") throw;
        try {
            GroupReleases found = source.releases_of_group_with(mbid, stop);
            found.requests += no_group.requests;
            return found;
        } catch (const SourceError& no_release) {
            if (no_release.kind == ErrorKind::permanent) throw with_requests(no_group, no_release);
            throw with_requests(no_release, no_group);
        }
    }
}

/// The album's own releases: by its release group, by a release that belongs to it, or by name.
GroupReleases releases_of(musicbrainz::ReleaseSource& source, const ClaimedJob& job,
                          const std::stop_token& stop) {
    if (job.album.mbid) return releases_of_mbid(source, *job.album.mbid, stop);
    if (job.release_mbid) return source.releases_of_group_with(*job.release_mbid, stop);
    return source.releases_of_named(named_album(job), stop);
}

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

/// Those of the catalogue's releases of the album that the source does not list.
std::vector<Mbid> absent_from(const std::vector<Release>& listed, const ClaimedJob& job) {
    std::unordered_set<Mbid> present;
    for (const Release& release : listed)
        present.insert(release.mbid);
    std::vector<Mbid> absent;
    for (const Mbid& release : job.known_releases) {
        if (!present.contains(release)) absent.push_back(release);
    }
    return absent;
}

/// Asks what became of releases that were there at the last import.
void ask_for_absent(musicbrainz::ReleaseSource& source, store::Import& import,
                    const std::stop_token& stop) {
    const auto absent = absent_from(import.releases, import.job);
    if (absent.empty()) return;
    try {
        auto found = source.fates_of(absent, stop);
        import.fates = std::move(found.fates);
        import.requests += found.requests;
    } catch (SourceError& error) {
        error.requests += import.requests;
        throw;
    }
}

/// A group that was there and is in MusicBrainz no longer has been removed; one that never was
/// there is an error of whoever named it.
bool is_removal(const musicbrainz::ReleaseSource& source, const ClaimedJob& job,
                const SourceError& error) {
    return error.code == "not_found" && job.imported && job.album.mbid && source.is_current();
}

store::Import import_of(musicbrainz::ReleaseSource& source, const ClaimedJob& job,
                        const std::stop_token& stop) {
    store::Import import;
    import.job = job;
    try {
        auto found = releases_of(source, job, stop);
        import.release_group = std::move(found.release_group);
        import.releases = std::move(found.releases);
        import.requests = found.requests;
    } catch (const SourceError& error) {
        if (!is_removal(source, job, error)) throw;
        import.requests = error.requests;
        import.group_is_gone = true;
    }
    ask_for_absent(source, import, stop);
    return import;
}

Fetched fetch_or_throw(musicbrainz::ReleaseSource& source, const ClaimedJob& job,
                       const std::stop_token& stop) {
    if (job.kind == JobKind::discography) {
        auto groups = source.release_groups_of(*job.artist_mbid, job.types, stop);
        return store::Discography{job, std::move(groups.albums), groups.requests};
    }
    return import_of(source, job, stop);
}

}  // namespace

Fetched fetch(musicbrainz::ReleaseSource& source, const ClaimedJob& job, std::stop_token stop) {
    try {
        return fetch_or_throw(source, job, stop);
    } catch (const SourceError& error) {
        return FetchFailure{job, error.kind, error_of(job, error), error.retry_after_ms,
                            error.requests};
    } catch (const std::bad_alloc&) {
        return FetchFailure{job, ErrorKind::transient, {"out_of_memory", "memory ran out"}, {}, 0};
    } catch (const std::exception& error) {
        return FetchFailure{job, ErrorKind::transient, {"internal", error.what()}, {}, 0};
    }
}

}  // namespace pressings::worker

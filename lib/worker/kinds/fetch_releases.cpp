#include <algorithm>
#include <unordered_set>

#include "source/json/odd_value.hpp"
#include "worker/import_of.hpp"
#include "worker/kinds/fetchers.hpp"
#include "worker/kinds/identified_album.hpp"

namespace pressings::worker {

namespace {

using source::ErrorKind;
using source::GroupReleases;
using source::Meaning;
using source::SourceError;

NamedAlbum named_album(const ClaimedJob& job) {
    NamedAlbum named;
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
GroupReleases releases_of_mbid(source::ReleaseSource& source, const Mbid& mbid,
                               const std::stop_token& stop) {
    try {
        return source.releases_of(mbid, stop);
    } catch (const SourceError& no_group) {
        if (no_group.meaning != Meaning::not_found) throw;
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

/// The album's own releases: by its release group, by a release that belongs to it, by what stands
/// on a copy of it, or by name.
GroupReleases releases_of(source::ReleaseSource& source, const ClaimedJob& job,
                          const std::stop_token& stop) {
    if (job.album.mbid) return releases_of_mbid(source, *job.album.mbid, stop);
    if (job.release_mbid) return source.releases_of_group_with(*job.release_mbid, stop);
    if (!job.identifiers.empty()) {
        const bool is_named = job.album.title && !job.album.artist_credit.empty();
        const auto named = is_named ? std::optional{named_album(job)} : std::nullopt;
        return releases_of_identified(source, job, named, stop);
    }
    return source.releases_of_named(named_album(job), stop);
}

/// Adds what a question cost to the import, or to the error with which it ends.
template <typename Ask>
void ask_for(store::Import& import, Ask ask) {
    try {
        import.requests += ask();
    } catch (SourceError& error) {
        error.requests += import.requests;
        throw;
    }
}

bool is_gone(const ReleaseFate& fate) {
    return !fate.now;
}

/// What became of releases that were there at the last import. That one is gone is no fact before
/// the source has shown what it is.
void ask_for_absent(source::ReleaseSource& source, const KnownReleases& known,
                    store::Import& import, const std::stop_token& stop) {
    const auto absent = absent_from(import);
    if (absent.empty()) return;
    ask_for(import, [&] {
        auto found = source.fates_of(absent, stop);
        import.fates = std::move(found.fates);
        return found.requests;
    });
    if (std::any_of(import.fates.begin(), import.fates.end(), is_gone)) {
        ask_for(import, [&] { return source.prove(known, stop); });
    }
}

/// A group that was there and is in MusicBrainz no longer has been removed; one that never was
/// there is an error of whoever named it.
bool is_removal(const source::ReleaseSource& source, const ClaimedJob& job,
                const SourceError& error) {
    return error.kind == ErrorKind::permanent && error.meaning == Meaning::not_found &&
           job.imported && job.album.mbid && source.is_current();
}

}  // namespace

store::Import import_of(const ClaimedJob& job, GroupReleases found) {
    store::Import import;
    import.job = job;
    import.reader = source::k_reader_version;
    import.release_group = std::move(found.release_group);
    import.releases = std::move(found.releases);
    import.requests = found.requests;
    import.oddities = std::move(found.oddities);
    import.lists_all = found.lists_all;
    return import;
}

std::vector<Mbid> absent_from(const store::Import& import) {
    if (!import.lists_all) return {};
    const auto listed = listed_mbids(import.releases, import.oddities);
    const std::unordered_set<Mbid> present{listed.begin(), listed.end()};
    std::vector<Mbid> absent;
    for (const Mbid& release : import.job.known_releases) {
        if (!present.contains(release)) absent.push_back(release);
    }
    return absent;
}

Fetched fetch_releases(const Asking& asking, const ClaimedJob& job) {
    auto& [source, known, stop] = asking;
    store::Import import;
    try {
        import = import_of(job, releases_of(source, job, stop));
    } catch (const SourceError& error) {
        if (!is_removal(source, job, error)) throw;
        import = import_of(job, {});
        import.requests = error.requests;
        import.group_is_gone = true;
    }
    if (import.group_is_gone) ask_for(import, [&] { return source.prove(known, stop); });
    ask_for_absent(source, known, import, stop);
    return import;
}

}  // namespace pressings::worker

#include "source/release_source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/fault_table.hpp"

namespace pressings::source {

namespace {

/// Fewer may be odd each for itself; so many tell of another format, or of a wrong server.
constexpr std::size_t k_suspicious_oddities = 3;

}  // namespace

void leave_out_genres(GroupReleases& group) {
    if (group.release_group) group.release_group->genres.reset();
    for (Release& release : group.releases)
        release.genres.reset();
}

void check_oddities(const GroupReleases& group, OddReleases odd_releases) {
    if (group.oddities.empty()) return;
    const Oddity& first = group.oddities.front();
    if (odd_releases == OddReleases::refuse) {
        throw answer_error(
            "odd_release",
            fmt::format("{} (value: {}); without --strict the others are written", described(first),
                        escape_controls(first.value.value_or("none"))));
    }
    const auto odd = static_cast<std::size_t>(
        std::count_if(group.oddities.begin(), group.oddities.end(),
                      [](const Oddity& oddity) { return !is_of_group(oddity); }));
    if (!group.releases.empty() || odd < k_suspicious_oddities) return;
    throw answer_error("bad_answer", fmt::format("not one of {} releases could be read; {}", odd,
                                                 described(first)));
}

GroupReleases ReleaseSource::releases_of_named(const NamedAlbum& named, std::stop_token) {
    throw answer_error(
        "unsupported",
        "this source cannot search for \"" + named.title +
            "\" by name; give the album's MBID (album-import --album ID --mbid MBID) "
            "or run with --source https://musicbrainz.org/ws/2");
}

ReleaseFates ReleaseSource::fates_of(std::span<const Mbid>, std::stop_token) {
    return {};
}

int ReleaseSource::probe(std::span<const Mbid> known_releases, std::stop_token stop) {
    int requests = 0;
    for (const Mbid& release : known_releases) {
        try {
            return requests + releases_of_group_with(release, stop).requests;
        } catch (const SourceError& error) {
            requests += error.requests;
            if (error.kind != ErrorKind::permanent) throw;
        }
    }
    SourceError unproven = answer_error(
        "unproven", "the source knows nothing that the catalogue has from MusicBrainz");
    unproven.requests = requests;
    throw unproven;
}

int ReleaseSource::prove(std::span<const Mbid> known_releases, std::stop_token stop) {
    return probe(known_releases, std::move(stop));
}

ArtistGroups ReleaseSource::release_groups_of(const Mbid& artist, const TypeFilter&,
                                              std::stop_token) {
    throw answer_error("unsupported", "this source cannot list the albums of artist " +
                                          artist.to_string() +
                                          "; run with --source https://musicbrainz.org/ws/2");
}

ArtistGroups ReleaseSource::discography_of(const Mbid& artist, const TypeFilter& types,
                                           std::stop_token stop) {
    return release_groups_of(artist, types, std::move(stop));
}

IdentifiedGroups ReleaseSource::groups_with(const Identifier& identifier,
                                            std::span<const Identifier>, std::stop_token) {
    throw answer_error("unsupported",
                       "this source cannot find an album by its " + described(identifier) +
                           "; give the album's MBID (album-import --album ID --mbid MBID) or run "
                           "with --source https://musicbrainz.org/ws/2");
}

ListedAlbums ReleaseSource::albums_of(AlbumList kind, const Mbid& list, std::stop_token) {
    const bool is_series = kind == AlbumList::series;
    throw answer_error("unsupported",
                       fmt::format("this source does not have {} {}; run with --source "
                                   "https://musicbrainz.org/ws/2",
                                   is_series ? "series" : "collection", list.to_string()));
}

GroupList ReleaseSource::list_groups(const GroupListQuestion& question, std::stop_token) {
    throw answer_error("unsupported",
                       fmt::format("this source cannot list the albums of {} {}; run with --source "
                                   "https://musicbrainz.org/ws/2",
                                   question.entity ? to_string(*question.entity) : "an artist",
                                   question.mbid.to_string()));
}

GroupListings ReleaseSource::listings_of(std::span<const Mbid>, std::stop_token) {
    throw answer_error("unsupported",
                       "this source cannot list the releases of many albums at once; run with "
                       "--source https://musicbrainz.org/ws/2");
}

GroupsTogether ReleaseSource::releases_together(const Companions&, std::stop_token) {
    return {};
}

}  // namespace pressings::source

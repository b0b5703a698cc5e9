#include "musicbrainz/release_source.hpp"

#include "musicbrainz/fault_table.hpp"

namespace pressings::musicbrainz {

void leave_out_genres(GroupReleases& group) {
    if (group.release_group) group.release_group->genres.reset();
    for (Release& release : group.releases)
        release.genres.reset();
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

ArtistGroups ReleaseSource::release_groups_of(const Mbid& artist, const std::vector<std::string>&,
                                              std::stop_token) {
    throw answer_error("unsupported", "this source cannot list the albums of artist " +
                                          artist.to_string() +
                                          "; run with --source https://musicbrainz.org/ws/2");
}

}  // namespace pressings::musicbrainz

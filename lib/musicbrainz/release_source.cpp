#include "musicbrainz/release_source.hpp"

namespace pressings::musicbrainz {

void leave_out_genres(GroupReleases& group) {
    if (group.release_group) group.release_group->genres.reset();
    for (Release& release : group.releases)
        release.genres.reset();
}

GroupReleases ReleaseSource::releases_of_named(const NamedAlbum& named, std::stop_token) {
    throw SourceError(ErrorKind::permanent, "unsupported",
                      "this source cannot search for \"" + named.title +
                          "\" by name; give the album's MBID (album-import --album ID --mbid MBID) "
                          "or run with --source https://musicbrainz.org/ws/2");
}

ReleaseFates ReleaseSource::fates_of(std::span<const Mbid>, std::stop_token) {
    return {};
}

ArtistGroups ReleaseSource::release_groups_of(const Mbid& artist, const std::vector<std::string>&,
                                              std::stop_token) {
    throw SourceError(ErrorKind::permanent, "unsupported",
                      "this source cannot list the albums of artist " + artist.to_string() +
                          "; run with --source https://musicbrainz.org/ws/2");
}

}  // namespace pressings::musicbrainz

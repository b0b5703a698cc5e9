#include "fuzz/musicbrainz_writer.hpp"

#include <nlohmann/json.hpp>

#include "render/musicbrainz_json.hpp"

namespace pressings::fuzz {

using nlohmann::ordered_json;

std::string write(const source::ParsedRelease& parsed) {
    const auto& group = parsed.release_group;
    return (group ? render::musicbrainz_json(parsed.release, *group)
                  : render::musicbrainz_json(parsed.release))
        .dump();
}

std::string write(const source::BrowsePage& page) {
    ordered_json releases = ordered_json::array();
    for (const Release& release : page.releases)
        releases.push_back(render::musicbrainz_json(release));
    if (page.release_group) {
        // The first release that had one is as good as all of them.
        releases.at(0)["release-group"] = render::musicbrainz_json(*page.release_group);
    }
    return ordered_json{{"release-count", page.release_count},
                        {"release-offset", page.release_offset},
                        {"releases", releases}}
        .dump();
}

std::string write(const source::GroupPage& page) {
    ordered_json groups = ordered_json::array();
    for (const Album& album : page.albums)
        groups.push_back(render::musicbrainz_json(album));
    return ordered_json{{"release-group-count", page.count}, {"release-groups", groups}}.dump();
}

std::string write(const Album& release_group) {
    return render::musicbrainz_json(release_group).dump();
}

}  // namespace pressings::fuzz

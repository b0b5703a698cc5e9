#include "support/many_albums.hpp"

#include <fstream>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pressings::test {

namespace {

using Json = nlohmann::ordered_json;

/// The same MBID in another world: the last four digits are the number of the copy.
std::string copied(const std::string& mbid, int copy) {
    return mbid.substr(0, 32) + fmt::format("{:04x}", copy);
}

}  // namespace

std::vector<std::string> serve_many_albums(MusicBrainzServer& server, const std::string& folder,
                                           int copies) {
    std::set<std::string> groups;
    server.change([&](ServedReleases& served) {
        for (const auto& entry : std::filesystem::directory_iterator{folder}) {
            const Json answer = Json::parse(std::ifstream{entry.path()});
            for (Json release : answer["releases"]) {
                const std::string id = release["id"];
                const std::string group = release["release-group"]["id"];
                for (int copy = 0; copy < copies; ++copy) {
                    release["id"] = copied(id, copy);
                    release["release-group"]["id"] = copied(group, copy);
                    served.add_release(release.dump());
                    groups.insert(copied(group, copy));
                }
            }
        }
    });
    return {groups.begin(), groups.end()};
}

}  // namespace pressings::test

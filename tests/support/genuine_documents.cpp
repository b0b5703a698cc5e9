#include "support/genuine_documents.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pressings::test {

namespace {

using Json = nlohmann::ordered_json;

std::vector<std::filesystem::path> answers() {
    std::vector<std::filesystem::path> files;
    for (const char* folder : {"recorded", "releases", "pages"}) {
        const auto path = std::filesystem::path{PRESSINGS_TEST_DATA} / "musicbrainz" / folder;
        for (const auto& entry : std::filesystem::directory_iterator{path})
            files.push_back(entry.path());
    }
    // What has its group comes first.
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.string() > b.string(); });
    return files;
}

/// The group of what was recorded without one.
Json invented_group(std::size_t number) {
    return Json{{"id", fmt::format("77777777-7777-4777-8777-{:012x}", number)},
                {"title", fmt::format("Group {}", number)},
                {"first-release-date", ""},
                {"primary-type", nullptr},
                {"secondary-types", Json::array()}};
}

/// By MBID.
std::map<std::string, Json> releases_by_mbid() {
    std::map<std::string, Json> found;
    std::size_t number = 0;
    for (const auto& file : answers()) {
        const Json answer = Json::parse(std::ifstream{file});
        const Json group = invented_group(++number);
        const Json releases =
            answer.contains("releases") ? answer["releases"] : Json::array({answer});
        for (Json release : releases) {
            if (!release.contains("id") || !release.contains("title")) continue;
            if (!release.contains("release-group")) release["release-group"] = group;
            found.try_emplace(release["id"].get<std::string>(), release);
        }
    }
    return found;
}

std::vector<std::string> texts(const std::map<std::string, Json>& documents) {
    std::vector<std::string> all;
    for (const auto& [mbid, document] : documents)
        all.push_back(document.dump());
    return all;
}

}  // namespace

std::vector<std::string> genuine_releases() {
    return texts(releases_by_mbid());
}

std::vector<std::string> genuine_groups() {
    std::map<std::string, Json> groups;
    for (const auto& [mbid, release] : releases_by_mbid())
        groups.try_emplace(release["release-group"]["id"].get<std::string>(),
                           release["release-group"]);
    return texts(groups);
}

}  // namespace pressings::test

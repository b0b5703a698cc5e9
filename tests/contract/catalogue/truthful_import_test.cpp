// Every genuine answer of MusicBrainz's, taken all the way into the catalogue and out as JSON, is
// held against itself field by field.
#include <filesystem>
#include <fstream>
#include <map>

#include <doctest/doctest.h>

#include "contract/catalogue/source_walk.hpp"
#include "render/catalogue_json.hpp"
#include "source/release_source.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::ordered_json;

namespace {

const std::filesystem::path k_data = std::filesystem::path{PRESSINGS_TEST_DATA} / "musicbrainz";

std::vector<std::filesystem::path> answers(const char* folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{k_data / folder}) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// The releases of an answer, by their release group; of one of its own where it names none.
std::map<std::string, Json> by_group(const Json& answer) {
    std::map<std::string, Json> groups;
    const Json releases = answer.contains("releases") ? answer["releases"] : Json::array({answer});
    for (const Json& release : releases) {
        const std::string group = release.contains("release-group")
                                      ? release["release-group"]["id"].get<std::string>()
                                      : mbid(77).to_string();
        if (!groups.contains(group)) groups[group] = Json::array();
        groups[group].push_back(release);
    }
    return groups;
}

/// Imports the releases as the whole of their group, through a recorded browse response.
std::map<std::string, Json> import(const std::string& group, const Json& releases) {
    OpenCatalogue catalogue;
    const Json page{
        {"release-count", releases.size()}, {"release-offset", 0}, {"releases", releases}};
    catalogue.folder.write(group + ".json", page.dump());
    const auto source = source::make_source("file:" + catalogue.folder.path().string(), {});
    AlbumRequest request;
    request.album.mbid = Mbid::parse(group);
    const auto added = catalogue.add(request);
    auto found = source->releases_of(*request.album.mbid, {});
    const store::Import import{catalogue.claim().front(), std::move(found.release_group),
                               std::move(found.releases), found.requests};
    REQUIRE(catalogue.store->queue().complete({&import, 1}).front().accepted);
    std::map<std::string, Json> stored;
    for (const auto& release : catalogue.releases(*added.album_id)) {
        stored[release.release.mbid.to_string()] = render::release_json(release);
    }
    return stored;
}

void check_answer(const std::filesystem::path& file) {
    CAPTURE(file.string());
    for (const auto& [group, releases] : by_group(Json::parse(std::ifstream{file}))) {
        const auto stored = import(group, releases);
        for (const Json& release : releases) {
            const auto found = stored.find(release["id"].get<std::string>());
            REQUIRE(found != stored.end());
            for (const std::string& difference : differences(release, found->second)) {
                FAIL_CHECK(release["id"].get<std::string>() << ": " << difference);
            }
        }
    }
}

}  // namespace

TEST_CASE("Each genuine release lookup is in the catalogue with every field in its place") {
    REQUIRE(answers("releases").size() > 40);
    for (const auto& file : answers("releases"))
        check_answer(file);
}

TEST_CASE("Each genuine browse response is in the catalogue with every field in its place") {
    REQUIRE(answers("pages").size() > 10);
    for (const auto& file : answers("pages"))
        check_answer(file);
    for (const auto& file : answers("recorded"))
        check_answer(file);
}

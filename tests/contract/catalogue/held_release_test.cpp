// What stands in for recorded answers has the form that recorded ones have.
#include "support/held_release.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "support/unusual_releases.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// What is at each path: how often there is an object, how many of them have which key, and of
/// which types a value is. Entries of a list are one path.
struct Form {
    std::map<std::string, std::size_t> objects;
    std::map<std::string, std::map<std::string, std::size_t>> keys;
    std::map<std::string, std::set<Json::value_t>> types;

    void take(const Json& value, const std::string& path) {
        if (value.is_object()) {
            ++objects[path];
            for (const auto& [key, inner] : value.items()) {
                ++keys[path][key];
                const std::string place = path + "." + key;
                const bool is_track = key == "pregap" || key == "data-tracks";
                take(inner, is_track ? path + (key == "pregap" ? ".tracks[]" : ".tracks") : place);
            }
        } else if (value.is_array()) {
            for (const Json& inner : value)
                take(inner, path + "[]");
        }
        const bool is_count = value.type() == Json::value_t::number_unsigned;
        types[path].insert(is_count ? Json::value_t::number_integer : value.type());
    }

    bool always_has(const std::string& path, const std::string& key) const {
        const auto at = keys.find(path);
        if (at == keys.end()) return false;
        const auto found = at->second.find(key);
        return found != at->second.end() && found->second == objects.at(path);
    }
};

enum class Which { all, whole };  ///< asked for with all of it, or nearly

/// Of the releases in the repository, but for those of old servers.
Form recorded_form(Which which) {
    Form form;
    const std::string data = std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/";
    for (const char* folder : {"recorded", "releases", "pages"}) {
        for (const auto& entry : std::filesystem::directory_iterator{data + folder}) {
            if (entry.path().string().ends_with("_2014.json")) continue;
            const Json answer = Json::parse(std::ifstream{entry.path()});
            const Json list = answer.contains("releases") ? answer["releases"] : Json{answer};
            for (const Json& release : list) {
                const bool is_whole = release.contains("media") && release.contains("label-info") &&
                                      release.contains("release-group");
                if (is_whole || which == Which::all) form.take(release, "");
            }
        }
    }
    return form;
}

/// The server leaves keys out where a release has no event, or a medium no ordinary track.
bool may_lack(const HeldRelease& held, const std::string& path, const std::string& key) {
    if (path.empty() && held.events.empty()) {
        return key == "date" || key == "country" || key == "release-events";
    }
    const bool is_of_tracks = path == ".media[]" && (key == "tracks" || key == "track-offset");
    return is_of_tracks &&
           std::any_of(held.media.begin(), held.media.end(), [](const HeldMedium& medium) {
               return std::none_of(medium.tracks.begin(), medium.tracks.end(), [](const auto& one) {
                   return one.position > 0 && !one.is_data;
               });
           });
}

}  // namespace

TEST_CASE("A release in the server's form has the keys and the types that recorded ones have") {
    const Form recorded = recorded_form(Which::all);
    const Form whole = recorded_form(Which::whole);
    for (const HeldRelease& held : unusual_releases()) {
        CAPTURE(held.title);
        Form made;
        made.take(server_json(held), "");
        for (const auto& [path, keys] : made.keys) {
            CAPTURE(path);
            REQUIRE(recorded.keys.contains(path));
            for (const auto& [key, times] : keys)
                CHECK_MESSAGE(recorded.keys.at(path).contains(key), "nobody recorded ", key);
            for (const auto& [key, times] : recorded.keys.at(path)) {
                if (may_lack(held, path, key)) continue;
                if (whole.always_has(path, key)) CHECK_MESSAGE(made.always_has(path, key), key);
            }
        }
        for (const auto& [path, types] : made.types) {
            CAPTURE(path);
            for (const Json::value_t type : types)
                CHECK(recorded.types.at(path).contains(type));
        }
    }
}

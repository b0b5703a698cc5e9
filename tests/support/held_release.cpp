#include "support/held_release.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pressings::test {

namespace {

using Json = nlohmann::json;

/// Ids that the server writes beside the names: statuses, formats, types.
const std::map<std::string, const char*> k_ids{
    {"Official", "4e304316-386d-3409-af2e-78857eec5cfe"},
    {"Withdrawn", "6a3772de-4605-4132-993d-aa315cd19b4b"},
    {"Expunged", "cddc06b1-1afc-4bbb-83e6-0a902ffb4aba"},
    {"Cancelled", "55005350-bc3f-441a-b0c7-27c565eae341"},
    {"CD", "9712d52a-4509-3d4b-a1a2-67c88c643e31"},
    {"Digital Media", "907a28d9-b3b2-3ef6-89a8-7b18d91d4794"},
    {"Album", "f529b476-6e62-324f-b0aa-1f3e33d313fc"},
    {"Group", "e431f5f6-b5d2-343d-8b36-72607fffb74b"},
    {"Original Production", "7aaa37fe-2def-3476-b359-80245850062d"}};

Json id_of(const std::optional<std::string>& name) {
    const auto found = k_ids.find(name.value_or(""));
    return found == k_ids.end() ? Json() : Json(found->second);
}

std::string made_mbid(std::string_view kind, int a, int b = 0) {
    return fmt::format("{:08x}-{}-4000-8000-{:012x}", a, kind, b);
}

enum class Aliases { shown, hidden };

Json artist_credit(const HeldRelease& release, Aliases aliases) {
    Json artist{{"id", k_held_artist},      {"name", "Held Artist"}, {"sort-name", "Held Artist"},
                {"disambiguation", ""},     {"country", "EG"},       {"type", "Group"},
                {"type-id", id_of("Group")}};
    if (aliases == Aliases::shown) artist["aliases"] = Json::array();
    return Json::array({{{"name", release.artist}, {"joinphrase", ""}, {"artist", artist}}});
}

/// The artists of a recording have no aliases where the release has them already.
Json recording_json(const HeldRelease& release, const HeldTrack& track, const std::string& mbid) {
    Json recording{{"id", mbid},
                   {"title", track.title},
                   {"disambiguation", ""},
                   {"length", nullptr},
                   {"video", false},
                   {"aliases", Json::array()},
                   {"isrcs", Json::array()},
                   {"artist-credit", artist_credit(release, Aliases::hidden)}};
    if (track.length_ms) recording["length"] = *track.length_ms;
    if (!release.events.empty()) recording["first-release-date"] = release.events[0].date;
    return recording;
}

Json track_json(const HeldRelease& release, const HeldMedium& medium, const HeldTrack& track) {
    const int place = medium.position * 10'000 + track.position;
    Json json{{"id", made_mbid("7777", release.number, place)},
              {"position", track.position},
              {"number", track.number},
              {"title", track.title},
              {"length", nullptr},
              {"artist-credit", artist_credit(release, Aliases::shown)},
              {"recording",
               recording_json(release, track, made_mbid("8888", release.group.number, place))}};
    if (track.length_ms) json["length"] = *track.length_ms;
    return json;
}

/// What comes before the first track, and data tracks, have keys of their own and are not counted.
Json medium_json(const HeldRelease& release, const HeldMedium& medium) {
    Json json{{"id", made_mbid("6666", release.number, medium.position)},
              {"position", medium.position},
              {"title", medium.title},
              {"format", nullptr},
              {"format-id", id_of(medium.format)},
              {"discs", Json::array()}};
    if (medium.format) json["format"] = *medium.format;
    Json tracks = Json::array();
    Json data = Json::array();
    for (const HeldTrack& track : medium.tracks) {
        Json one = track_json(release, medium, track);
        if (track.position == 0) {
            json["pregap"] = std::move(one);
        } else if (track.is_data) {
            data.push_back(std::move(one));
        } else {
            tracks.push_back(std::move(one));
        }
    }
    json["track-count"] = tracks.size();
    if (!data.empty()) json["data-tracks"] = std::move(data);
    if (tracks.empty()) return json;
    json["track-offset"] = json.contains("pregap") ? 0 : medium.tracks.front().position - 1;
    json["tracks"] = std::move(tracks);
    return json;
}

Json area_json(const std::string& country) {
    return {{"id", made_mbid("5555", country[0] * 256 + country[1])},
            {"name", "Land of " + country},
            {"sort-name", "Land of " + country},
            {"disambiguation", ""},
            {"iso-3166-1-codes", {country}},
            {"type", nullptr},
            {"type-id", nullptr}};
}

Json group_json(const HeldRelease& release) {
    return {{"id", mbid_of(release.group)},
            {"title", release.group.title},
            {"disambiguation", ""},
            {"first-release-date", release.group.first_release_date},
            {"primary-type", "Album"},
            {"primary-type-id", id_of("Album")},
            {"secondary-types", Json::array()},
            {"secondary-type-ids", Json::array()},
            {"aliases", Json::array()},
            {"artist-credit", artist_credit(release, Aliases::shown)}};
}

Json label_json(const HeldRelease& release) {
    return {{"catalog-number", release.catalog_number},
            {"label",
             {{"id", made_mbid("4444", 1)},
              {"name", "Held Records"},
              {"sort-name", "Held Records"},
              {"disambiguation", ""},
              {"label-code", nullptr},
              {"aliases", Json::array()},
              {"type", "Original Production"},
              {"type-id", id_of("Original Production")}}}};
}

/// Of a release without events the server writes none of the three keys; else date and country are
/// the first event's.
void add_events(Json& json, const HeldRelease& release) {
    if (release.events.empty()) return;
    json["date"] = release.events[0].date;
    json["country"] = release.events[0].country;
    for (const HeldEvent& event : release.events) {
        json["release-events"].push_back(
            {{"date", event.date}, {"area", area_json(event.country)}});
    }
}

}  // namespace

const char* const k_held_artist = "0000a171-0000-4000-8000-00000000a171";

std::string mbid_of(const HeldGroup& group) {
    return made_mbid("2222", group.number);
}

std::string mbid_of(const HeldRelease& release) {
    return made_mbid("3333", release.number);
}

Json server_json(const HeldRelease& release) {
    Json json{{"id", mbid_of(release)},
              {"title", release.title},
              {"status", release.status},
              {"status-id", id_of(release.status)},
              {"disambiguation", release.disambiguation},
              {"barcode", release.barcode},
              {"asin", nullptr},
              {"quality", "normal"},
              {"packaging", nullptr},
              {"packaging-id", nullptr},
              {"text-representation", {{"language", release.language}, {"script", release.script}}},
              {"cover-art-archive",
               {{"artwork", false},
                {"darkened", false},
                {"count", 0},
                {"front", false},
                {"back", false}}},
              {"aliases", Json::array()},
              {"relations", Json::array()},
              {"artist-credit", artist_credit(release, Aliases::shown)},
              {"label-info", Json::array({label_json(release)})},
              {"release-group", group_json(release)},
              {"media", Json::array()}};
    add_events(json, release);
    for (const HeldMedium& medium : release.media)
        json["media"].push_back(medium_json(release, medium));
    return json;
}

}  // namespace pressings::test

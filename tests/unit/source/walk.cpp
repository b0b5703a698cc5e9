#include "walk.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

namespace pressings::test {

namespace {

bool is_absent(const Json& object, const char* key) {
    return !object.contains(key) || object[key].is_null();
}

/// As the parser is to give it: nothing for absent, null and "".
std::string expected_text(const Json& object, const char* key) {
    return is_absent(object, key) || object[key] == "" ? "(none)" : object[key].get<std::string>();
}

std::string shown(const std::optional<std::string>& text) {
    return text.value_or("(none)");
}

std::string shown(const std::optional<PartialDate>& date) {
    return date ? date->to_string() : "(none)";
}

std::string shown(const std::optional<Mbid>& mbid) {
    return mbid ? mbid->to_string() : "(none)";
}

std::string shown(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : "(none)";
}

template <typename Item>
std::string shown_flag(const std::optional<Item>& flag) {
    return flag ? Json(*flag).dump() : "null";
}

/// Lengths came as numbers and as strings.
std::string expected_number(const Json& object, const char* key) {
    if (is_absent(object, key)) return "(none)";
    return object[key].is_string() ? object[key].get<std::string>() : object[key].dump();
}

/// `member` of each entry of a list that may be absent.
std::size_t size_of(const Json& object, const char* key) {
    return is_absent(object, key) ? 0 : object[key].size();
}

void check_credit(const ArtistCredit& credit, const Json& owner) {
    REQUIRE(credit.size() == size_of(owner, "artist-credit"));
    for (std::size_t at = 0; at < credit.size(); ++at) {
        const Json& json = owner["artist-credit"][at];
        const Json& artist = json["artist"];
        CAPTURE(at);
        CHECK(credit[at].name == (is_absent(json, "name") ? artist["name"] : json["name"]));
        CHECK(credit[at].join_phrase == json.value("joinphrase", ""));
        CHECK(shown(credit[at].artist.mbid) == artist["id"]);
        CHECK(credit[at].artist.name == artist["name"]);
        CHECK(shown(credit[at].artist.sort_name) == expected_text(artist, "sort-name"));
        CHECK(shown(credit[at].artist.disambiguation) == expected_text(artist, "disambiguation"));
        CHECK(shown(credit[at].artist.type) == expected_text(artist, "type"));
        CHECK(shown(credit[at].artist.country) == expected_text(artist, "country"));
    }
}

void check_recording(const std::optional<Recording>& recording, const Json& track) {
    REQUIRE(recording.has_value() == !is_absent(track, "recording"));
    if (!recording) return;
    const Json& json = track["recording"];
    CHECK(recording->mbid.to_string() == json["id"]);
    CHECK(recording->title == json["title"]);
    CHECK(shown(recording->length_ms) == expected_number(json, "length"));
    CHECK(shown(recording->disambiguation) == expected_text(json, "disambiguation"));
    CHECK(shown(recording->first_release_date) == expected_text(json, "first-release-date"));
    CHECK(recording->video.has_value() == !is_absent(json, "video"));
    if (recording->video) {
        CHECK(*recording->video == (json["video"] == true || json["video"] == 1));
    }
    const auto isrcs = json.value("isrcs", std::set<std::string>{});
    CHECK(recording->isrcs == std::vector<std::string>{isrcs.begin(), isrcs.end()});
    check_credit(recording->artist_credit, json);
}

void check_track(const Track& track, const Json& json, TrackKind kind, int usual_position) {
    CAPTURE(track.position);
    CHECK(track.kind == kind);
    CHECK(track.position == json.value("position", usual_position));
    CHECK(track.number == json["number"]);
    CHECK(track.title == json["title"]);
    CHECK(shown(track.mbid) == expected_text(json, "id"));
    CHECK(shown(track.length_ms) == expected_number(json, "length"));
    check_credit(track.artist_credit, json);
    check_recording(track.recording, json);
}

void check_tracks(const std::vector<Track>& tracks, const Json& medium) {
    const std::size_t hidden = medium.contains("pregap") ? 1 : 0;
    const std::size_t ordinary = size_of(medium, "tracks");
    const std::size_t data = size_of(medium, "data-tracks");
    const int offset = medium.value("track-offset", 0);
    REQUIRE(tracks.size() == hidden + ordinary + data);
    if (hidden == 1) check_track(tracks[0], medium["pregap"], TrackKind::pregap, 0);
    for (std::size_t at = 0; at < ordinary; ++at) {
        check_track(tracks[hidden + at], medium["tracks"][at], TrackKind::track,
                    offset + static_cast<int>(at) + 1);
    }
    for (std::size_t at = 0; at < data; ++at) {
        check_track(tracks[hidden + ordinary + at], medium["data-tracks"][at], TrackKind::data, -1);
    }
}

/// The one of a sorted list with this key.
template <typename Item, typename Key>
const Item& find_item(const std::vector<Item>& items, Key Item::*key, const Json& value) {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const Item& item) { return value == item.*key; });
    REQUIRE(found != items.end());
    return *found;
}

void check_discs(const Medium& medium, const Json& json) {
    REQUIRE(medium.discs.has_value() == !is_absent(json, "discs"));
    if (!medium.discs) return;
    REQUIRE(medium.discs->size() == json["discs"].size());
    for (const Json& expected : json["discs"]) {
        const Disc& disc = find_item(*medium.discs, &Disc::id, expected["id"]);
        CHECK(disc.sectors == expected["sectors"].get<int>());
        CHECK(disc.offset_count == expected["offset-count"].get<int>());
        CHECK(disc.offsets == expected["offsets"].get<std::vector<int>>());
    }
}

void check_aliases(const std::optional<std::vector<Alias>>& aliases, const Json& owner) {
    REQUIRE(aliases.has_value() == !is_absent(owner, "aliases"));
    if (!aliases) return;
    REQUIRE(aliases->size() == owner["aliases"].size());
    for (const Json& json : owner["aliases"]) {
        const Alias& alias = find_item(*aliases, &Alias::name, json["name"]);
        CHECK(shown(alias.sort_name) == expected_text(json, "sort-name"));
        CHECK(shown(alias.locale) == expected_text(json, "locale"));
        CHECK(shown(alias.type) == expected_text(json, "type"));
        CHECK(shown(alias.begin) == expected_text(json, "begin"));
        CHECK(shown(alias.end) == expected_text(json, "end"));
        CHECK(shown_flag(alias.primary) == json["primary"].dump());
        CHECK(shown_flag(alias.ended) == json["ended"].dump());
    }
}

void check_urls(const Release& release, const Json& json) {
    REQUIRE(release.urls.has_value() == !is_absent(json, "relations"));
    if (!release.urls) return;
    std::size_t expected = 0;
    for (const Json& relation : json["relations"]) {
        if (is_absent(relation, "url")) continue;
        ++expected;
        const ReleaseUrl& url =
            find_item(*release.urls, &ReleaseUrl::url, relation["url"]["resource"]);
        CHECK(url.type == relation["type"]);
        CHECK(shown(url.begin) == expected_text(relation, "begin"));
        CHECK(shown(url.end) == expected_text(relation, "end"));
        CHECK(shown_flag(url.ended) == relation["ended"].dump());
    }
    CHECK(release.urls->size() == expected);
}

/// A release tells what it is made of; what is made of it, the others tell.
void check_originals(const Release& release, const Json& json) {
    std::vector<std::string> expected;
    for (const Json& relation : json.value("relations", Json::array())) {
        if (relation.value("type", "") != "transl-tracklisting") continue;
        if (relation["direction"] == "backward") expected.push_back(relation["release"]["id"]);
    }
    std::sort(expected.begin(), expected.end());
    REQUIRE(release.originals.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(release.originals[i].to_string() == expected[i]);
}

void check_cover_art(const Release& release, const Json& json) {
    REQUIRE(release.cover_art.has_value() == !is_absent(json, "cover-art-archive"));
    if (!release.cover_art) return;
    const Json& archive = json["cover-art-archive"];
    CHECK(shown_flag(release.cover_art->artwork) == archive["artwork"].dump());
    CHECK(shown_flag(release.cover_art->front) == archive["front"].dump());
    CHECK(shown_flag(release.cover_art->back) == archive["back"].dump());
    CHECK(shown_flag(release.cover_art->count) == archive["count"].dump());
    CHECK(shown_flag(release.cover_art->darkened) == archive["darkened"].dump());
}

void check_medium(const Medium& medium, const Json& json) {
    CAPTURE(medium.position);
    CHECK(medium.position == json["position"]);
    CHECK(shown(medium.mbid) == expected_text(json, "id"));
    CHECK(shown(medium.format) == expected_text(json, "format"));
    CHECK(shown(medium.title) == expected_text(json, "title"));
    CHECK(medium.track_count == json["track-count"].get<int>());
    const bool has_tracks = json.contains("tracks") || json.contains("pregap") ||
                            json.contains("data-tracks") || medium.track_count == 0;
    REQUIRE(medium.tracks.has_value() == has_tracks);
    if (has_tracks) check_tracks(*medium.tracks, json);
    check_discs(medium, json);
}

/// Every code of an area, whatever the key is called.
std::set<std::string> codes_of(const Json& area) {
    std::set<std::string> codes;
    for (const auto& [key, value] : area.items()) {
        if (key.rfind("iso", 0) != 0) continue;
        for (const auto& code : value)
            codes.insert(code.get<std::string>());
    }
    return codes;
}

void check_event(const ReleaseEvent& event, const Json& json) {
    CHECK(shown(event.date) == expected_text(json, "date"));
    const Json area = is_absent(json, "area") ? Json::object() : json["area"];
    CHECK(shown(event.area_mbid) == expected_text(area, "id"));
    CHECK(shown(event.area_name) == expected_text(area, "name"));
    const auto codes = codes_of(area);
    CHECK(event.country.has_value() == !codes.empty());
    if (event.country) CHECK(codes.count(*event.country) == 1);
}

void check_label_info(const LabelInfo& info, const Json& json) {
    CHECK(shown(info.catalog_number) == expected_text(json, "catalog-number"));
    REQUIRE(info.label.has_value() == !is_absent(json, "label"));
    if (!info.label) return;
    const Json& label = json["label"];
    CHECK(info.label->mbid.to_string() == label["id"]);
    CHECK(info.label->name == label["name"]);
    CHECK(shown(info.label->sort_name) == expected_text(label, "sort-name"));
    CHECK(shown(info.label->disambiguation) == expected_text(label, "disambiguation"));
    CHECK(shown(info.label->type) == expected_text(label, "type"));
    CHECK(shown(info.label->label_code) == expected_number(label, "label-code"));
}

void check_facts(const Release& release, const Json& json) {
    CHECK(release.mbid.to_string() == json["id"]);
    CHECK(release.title == json["title"]);
    CHECK(shown(release.status) == expected_text(json, "status"));
    CHECK(shown(release.packaging) == expected_text(json, "packaging"));
    CHECK(shown(release.quality) == expected_text(json, "quality"));
    CHECK(shown(release.disambiguation) == expected_text(json, "disambiguation"));
    CHECK(shown(release.asin) == expected_text(json, "asin"));
    CHECK(shown(release.date) == expected_text(json, "date"));
    CHECK(shown(release.country) == expected_text(json, "country"));
    CHECK(shown(release.barcode) ==
          (is_absent(json, "barcode") ? "(none)" : json["barcode"].get<std::string>()));
    const Json text = json.value("text-representation", Json::object());
    CHECK(shown(release.language) == expected_text(text, "language"));
    CHECK(shown(release.script) == expected_text(text, "script"));
}

}  // namespace

void check_release(const Release& release, const Json& json) {
    CAPTURE(release.mbid.to_string());
    check_facts(release, json);
    check_credit(release.artist_credit, json);
    REQUIRE(release.events.size() == size_of(json, "release-events"));
    for (std::size_t at = 0; at < release.events.size(); ++at) {
        check_event(release.events[at], json["release-events"][at]);
    }
    REQUIRE(release.label_info.size() == size_of(json, "label-info"));
    for (std::size_t at = 0; at < release.label_info.size(); ++at) {
        check_label_info(release.label_info[at], json["label-info"][at]);
    }
    REQUIRE(release.media.size() == size_of(json, "media"));
    for (std::size_t at = 0; at < release.media.size(); ++at) {
        check_medium(release.media[at], json["media"][at]);
    }
    check_cover_art(release, json);
    check_urls(release, json);
    check_originals(release, json);
    check_aliases(release.aliases, json);
}

void check_group(const Album& album, const Json& json) {
    CHECK(shown(album.mbid) == json["id"]);
    CHECK(shown(album.title) == json["title"]);
    CHECK(shown(album.first_release_date) == expected_text(json, "first-release-date"));
    CHECK(shown(album.primary_type) == expected_text(json, "primary-type"));
    CHECK(shown(album.disambiguation) == expected_text(json, "disambiguation"));
    check_aliases(album.aliases, json);
    CHECK(album.secondary_types == json.value("secondary-types", std::vector<std::string>{}));
    check_credit(album.artist_credit, json);
}

std::vector<std::filesystem::path> answers_in(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path data{PRESSINGS_TEST_DATA "/musicbrainz"};
    for (const auto& entry : std::filesystem::directory_iterator{data / folder}) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace pressings::test

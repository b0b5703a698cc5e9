#include "fuzz/musicbrainz_writer.hpp"

#include <nlohmann/json.hpp>

namespace pressings::fuzz {

namespace {

using Json = nlohmann::json;

template <typename Value>
Json json(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json json(const std::optional<Mbid>& mbid) {
    return mbid ? Json(mbid->to_string()) : Json(nullptr);
}

Json json(const std::optional<PartialDate>& date) {
    return date ? Json(date->to_string()) : Json(nullptr);
}

Json json(const Artist& artist) {
    return {{"id", json(artist.mbid)},
            {"name", artist.name},
            {"sort-name", json(artist.sort_name)},
            {"disambiguation", json(artist.disambiguation)},
            {"type", json(artist.type)},
            {"country", json(artist.country)}};
}

Json json(const ArtistCredit& credit) {
    Json list = Json::array();
    for (const CreditedArtist& credited : credit) {
        list.push_back({{"name", credited.name},
                        {"joinphrase", credited.join_phrase},
                        {"artist", json(credited.artist)}});
    }
    return list;
}

Json json(const Album& album) {
    return {{"id", json(album.mbid)},
            {"title", json(album.title)},
            {"artist-credit", json(album.artist_credit)},
            {"first-release-date", json(album.first_release_date)},
            {"primary-type", json(album.primary_type)},
            {"secondary-types", album.secondary_types},
            {"disambiguation", json(album.disambiguation)}};
}

/// Which list of an area's codes holds such a one.
const char* list_of(const std::string& code) {
    constexpr std::size_t k_country = 2;
    constexpr std::size_t k_former_country = 4;
    if (code.size() == k_country) return "iso-3166-1-codes";
    return code.size() == k_former_country ? "iso-3166-3-codes" : "iso-3166-2-codes";
}

Json json(const ReleaseEvent& event) {
    Json area{{"id", json(event.area_mbid)}, {"name", json(event.area_name)}};
    if (event.country) area[list_of(*event.country)] = Json::array({*event.country});
    return {{"date", json(event.date)}, {"area", area}};
}

Json json(const LabelInfo& info) {
    Json label;
    if (info.label) {
        label = {{"id", info.label->mbid.to_string()},
                 {"name", info.label->name},
                 {"sort-name", json(info.label->sort_name)},
                 {"disambiguation", json(info.label->disambiguation)},
                 {"type", json(info.label->type)},
                 {"label-code", json(info.label->label_code)}};
    }
    return {{"label", label}, {"catalog-number", json(info.catalog_number)}};
}

Json json(const Recording& recording) {
    return {{"id", recording.mbid.to_string()},
            {"title", recording.title},
            {"artist-credit", json(recording.artist_credit)},
            {"length", json(recording.length_ms)},
            {"video", json(recording.video)},
            {"disambiguation", json(recording.disambiguation)},
            {"first-release-date", json(recording.first_release_date)},
            {"isrcs", recording.isrcs}};
}

Json json(const Track& track) {
    Json recording;
    if (track.recording) recording = json(*track.recording);
    return {{"position", track.position},
            {"number", track.number},
            {"title", track.title},
            {"id", json(track.mbid)},
            {"length", json(track.length_ms)},
            {"artist-credit", json(track.artist_credit)},
            {"recording", recording}};
}

void add_tracks(Json& medium, const std::vector<Track>& tracks) {
    medium["tracks"] = Json::array();
    medium["data-tracks"] = Json::array();
    for (const Track& track : tracks) {
        switch (track.kind) {
            case TrackKind::pregap:
                medium["pregap"] = json(track);
                break;
            case TrackKind::track:
                medium["tracks"].push_back(json(track));
                break;
            case TrackKind::data:
                medium["data-tracks"].push_back(json(track));
                break;
        }
    }
}

Json json(const Medium& medium) {
    Json written{{"position", medium.position},
                 {"id", json(medium.mbid)},
                 {"format", json(medium.format)},
                 {"title", json(medium.title)},
                 {"track-count", json(medium.track_count)}};
    if (medium.tracks) add_tracks(written, *medium.tracks);
    return written;
}

template <typename Value>
Json json(const std::vector<Value>& values) {
    Json list = Json::array();
    for (const Value& value : values)
        list.push_back(json(value));
    return list;
}

Json json(const Release& release) {
    return {{"id", release.mbid.to_string()},
            {"title", release.title},
            {"artist-credit", json(release.artist_credit)},
            {"status", json(release.status)},
            {"packaging", json(release.packaging)},
            {"quality", json(release.quality)},
            {"disambiguation", json(release.disambiguation)},
            {"text-representation",
             {{"language", json(release.language)}, {"script", json(release.script)}}},
            {"barcode", json(release.barcode)},
            {"asin", json(release.asin)},
            {"date", json(release.date)},
            {"country", json(release.country)},
            {"release-events", json(release.events)},
            {"label-info", json(release.label_info)},
            {"media", json(release.media)}};
}

}  // namespace

std::string write(const source::ParsedRelease& parsed) {
    Json written = json(parsed.release);
    if (parsed.release_group) written["release-group"] = json(*parsed.release_group);
    return written.dump();
}

std::string write(const source::BrowsePage& page) {
    Json releases = Json::array();
    for (const Release& release : page.releases)
        releases.push_back(json(release));
    if (page.release_group) {
        // The first release that had one is as good as all of them.
        releases.at(0)["release-group"] = json(*page.release_group);
    }
    return Json{{"release-count", page.release_count},
                {"release-offset", page.release_offset},
                {"releases", releases}}
        .dump();
}

std::string write(const source::GroupPage& page) {
    return Json{{"release-group-count", page.count}, {"release-groups", json(page.albums)}}.dump();
}

std::string write(const Album& release_group) {
    return json(release_group).dump();
}

}  // namespace pressings::fuzz

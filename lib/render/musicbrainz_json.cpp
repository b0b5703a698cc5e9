#include "render/musicbrainz_json.hpp"

#include <string>
#include <utility>
#include <vector>

#include "cli/json_values.hpp"

namespace pressings::render {

namespace {

using cli::or_null;
using nlohmann::ordered_json;

/// MusicBrainz writes some of what is not known as an empty text.
ordered_json or_empty(const std::optional<std::string>& text) {
    return text.value_or("");
}

ordered_json or_empty(const std::optional<PartialDate>& date) {
    return date ? date->to_string() : "";
}

/// A list that was not told has no key.
template <typename Items, typename ToJson>
void add_if_told(ordered_json& json, const char* key, const std::optional<Items>& items,
                 ToJson to_json) {
    if (items) json[key] = cli::list_json(*items, to_json);
}

ordered_json artist_json(const Artist& artist) {
    return {{"id", or_null(artist.mbid)},
            {"name", artist.name},
            {"sort-name", or_null(artist.sort_name)},
            {"disambiguation", or_empty(artist.disambiguation)},
            {"type", or_null(artist.type)},
            {"country", or_null(artist.country)}};
}

ordered_json credit_json(const ArtistCredit& credit) {
    return cli::list_json(credit, [](const CreditedArtist& credited) -> ordered_json {
        return {{"name", credited.name},
                {"joinphrase", credited.join_phrase},
                {"artist", artist_json(credited.artist)}};
    });
}

ordered_json alias_json(const Alias& alias) {
    return {{"name", alias.name},
            {"sort-name", or_null(alias.sort_name)},
            {"locale", or_null(alias.locale)},
            {"type", or_null(alias.type)},
            {"primary", or_null(alias.primary)},
            {"begin", or_null(alias.begin)},
            {"end", or_null(alias.end)},
            {"ended", or_null(alias.ended)}};
}

ordered_json genre_json(const Genre& genre) {
    return {{"id", or_null(genre.mbid)}, {"name", genre.name}, {"count", or_null(genre.count)}};
}

/// Which list of an area's codes has such a one: "GB", "YUCS" or "US-NY".
const char* list_of(const std::string& code) {
    constexpr std::size_t k_country = 2;
    constexpr std::size_t k_former_country = 4;
    if (code.size() == k_country) return "iso-3166-1-codes";
    return code.size() == k_former_country ? "iso-3166-3-codes" : "iso-3166-2-codes";
}

ordered_json event_json(const ReleaseEvent& event) {
    ordered_json area = nullptr;
    if (event.area_mbid || event.area_name || event.country) {
        area = {{"id", or_null(event.area_mbid)}, {"name", or_null(event.area_name)}};
        if (event.country) area[list_of(*event.country)] = ordered_json::array({*event.country});
    }
    return {{"date", or_empty(event.date)}, {"area", std::move(area)}};
}

ordered_json label_info_json(const LabelInfo& info) {
    ordered_json label = nullptr;
    if (info.label) {
        label = {{"id", info.label->mbid.to_string()},
                 {"name", info.label->name},
                 {"sort-name", or_null(info.label->sort_name)},
                 {"disambiguation", or_empty(info.label->disambiguation)},
                 {"type", or_null(info.label->type)},
                 {"label-code", or_null(info.label->label_code)}};
    }
    return {{"label", std::move(label)}, {"catalog-number", or_null(info.catalog_number)}};
}

ordered_json recording_json(const Recording& recording) {
    ordered_json json{{"id", recording.mbid.to_string()},
                      {"title", recording.title},
                      {"artist-credit", credit_json(recording.artist_credit)},
                      {"length", or_null(recording.length_ms)},
                      {"video", or_null(recording.video)},
                      {"disambiguation", or_empty(recording.disambiguation)},
                      {"first-release-date", or_null(recording.first_release_date)}};
    if (recording.isrcs_told.told) json["isrcs"] = recording.isrcs;
    return json;
}

ordered_json track_json(const Track& track) {
    return {
        {"position", track.position},
        {"number", track.number},
        {"title", track.title},
        {"id", or_null(track.mbid)},
        {"length", or_null(track.length_ms)},
        {"artist-credit", credit_json(track.artist_credit)},
        {"recording", track.recording ? recording_json(*track.recording) : ordered_json(nullptr)}};
}

void add_track(ordered_json& medium, const Track& track) {
    switch (track.kind) {
        case TrackKind::pregap:
            medium["pregap"] = track_json(track);
            break;
        case TrackKind::track:
            medium["tracks"].push_back(track_json(track));
            break;
        case TrackKind::data:
            medium["data-tracks"].push_back(track_json(track));
            break;
    }
}

ordered_json disc_json(const Disc& disc) {
    return {{"id", disc.id},
            {"sectors", or_null(disc.sectors)},
            {"offset-count", or_null(disc.offset_count)},
            {"offsets", disc.offsets}};
}

ordered_json medium_json(const Medium& medium) {
    ordered_json json{{"position", medium.position},
                      {"id", or_null(medium.mbid)},
                      {"format", or_null(medium.format)},
                      {"title", or_empty(medium.title)},
                      {"track-count", or_null(medium.track_count)}};
    add_if_told(json, "discs", medium.discs, disc_json);
    if (!medium.tracks) return json;
    json["tracks"] = ordered_json::array();
    for (const Track& track : *medium.tracks)
        add_track(json, track);
    return json;
}

ordered_json cover_json(const CoverArt& cover) {
    return {{"artwork", or_null(cover.artwork)},
            {"front", or_null(cover.front)},
            {"back", or_null(cover.back)},
            {"count", or_null(cover.count)},
            {"darkened", or_null(cover.darkened)}};
}

ordered_json relation_json(const ReleaseUrl& url) {
    return {{"type", url.type},
            {"target-type", "url"},
            {"url", {{"resource", url.url}}},
            {"begin", or_null(url.begin)},
            {"end", or_null(url.end)},
            {"ended", or_null(url.ended)}};
}

ordered_json original_json(const Mbid& original) {
    return {{"type", "transl-tracklisting"},
            {"type-id", "fc399d47-23a7-4c28-bfcf-0607a562b644"},
            {"target-type", "release"},
            {"direction", "backward"},
            {"release", {{"id", original.to_string()}}}};
}

}  // namespace

ordered_json musicbrainz_json(const Album& album) {
    ordered_json json{{"id", or_null(album.mbid)},
                      {"title", or_null(album.title)},
                      {"artist-credit", credit_json(album.artist_credit)},
                      {"first-release-date", or_empty(album.first_release_date)},
                      {"primary-type", or_null(album.primary_type)},
                      {"secondary-types", album.secondary_types},
                      {"disambiguation", or_empty(album.disambiguation)}};
    add_if_told(json, "aliases", album.aliases, alias_json);
    add_if_told(json, "genres", album.genres, genre_json);
    return json;
}

ordered_json musicbrainz_json(const Release& release) {
    ordered_json json{
        {"id", release.mbid.to_string()},
        {"title", release.title},
        {"artist-credit", credit_json(release.artist_credit)},
        {"status", or_null(release.status)},
        {"packaging", or_null(release.packaging)},
        {"quality", or_null(release.quality)},
        {"disambiguation", or_empty(release.disambiguation)},
        {"text-representation",
         {{"language", or_null(release.language)}, {"script", or_null(release.script)}}},
        {"barcode", or_null(release.barcode)},
        {"asin", or_null(release.asin)},
        {"release-events", cli::list_json(release.events, event_json)}};
    if (release.date) json["date"] = release.date->to_string();
    if (release.country) json["country"] = *release.country;
    if (release.label_info_told.told)
        json["label-info"] = cli::list_json(release.label_info, label_info_json);
    if (release.media_told.told) json["media"] = cli::list_json(release.media, medium_json);
    if (release.cover_art) json["cover-art-archive"] = cover_json(*release.cover_art);
    add_if_told(json, "relations", release.urls, relation_json);
    for (const Mbid& original : release.originals)
        json["relations"].push_back(original_json(original));
    add_if_told(json, "aliases", release.aliases, alias_json);
    add_if_told(json, "genres", release.genres, genre_json);
    return json;
}

ordered_json musicbrainz_json(const Release& release, const Album& release_group) {
    ordered_json json = musicbrainz_json(release);
    json["release-group"] = musicbrainz_json(release_group);
    return json;
}

}  // namespace pressings::render

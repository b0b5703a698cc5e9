#include "cli/catalogue_json.hpp"

#include "cli/json_values.hpp"
#include "cli/release_text.hpp"

namespace pressings::cli {

namespace {

using nlohmann::ordered_json;

ordered_json credit_json(const ArtistCredit& credit) {
    ordered_json names = ordered_json::array();
    for (const CreditedArtist& credited : credit) {
        const Artist& artist = credited.artist;
        names.push_back({{"name", credited.name},
                         {"join_phrase", credited.join_phrase},
                         {"artist",
                          {{"mbid", or_null(artist.mbid)},
                           {"name", artist.name},
                           {"sort_name", or_null(artist.sort_name)},
                           {"disambiguation", or_null(artist.disambiguation)},
                           {"type", or_null(artist.type)},
                           {"country", or_null(artist.country)}}}});
    }
    return names;
}

ordered_json credit_line(const ArtistCredit& credit) {
    return credit.empty() ? ordered_json(nullptr) : ordered_json(credit_text(credit));
}

ordered_json recording_json(const std::optional<Recording>& recording) {
    if (!recording) return nullptr;
    return {{"mbid", recording->mbid.to_string()},
            {"title", recording->title},
            {"length_ms", or_null(recording->length_ms)},
            {"video", or_null(recording->video)},
            {"disambiguation", or_null(recording->disambiguation)},
            {"first_release_date", or_null(recording->first_release_date)},
            {"isrcs", recording->isrcs},
            {"artist_credit", credit_json(recording->artist_credit)}};
}

ordered_json track_json(const Track& track) {
    return {{"position", track.position},
            {"number", track.number},
            {"kind", to_string(track.kind)},
            {"title", track.title},
            {"mbid", or_null(track.mbid)},
            {"length_ms", or_null(track.length_ms)},
            {"artist", credit_line(track.artist_credit)},
            {"artist_credit", credit_json(track.artist_credit)},
            {"recording", recording_json(track.recording)}};
}

ordered_json medium_json(const Medium& medium) {
    ordered_json json{{"position", medium.position},
                      {"mbid", or_null(medium.mbid)},
                      {"format", or_null(medium.format)},
                      {"title", or_null(medium.title)},
                      {"track_count", or_null(medium.track_count)},
                      {"tracks", nullptr}};
    if (!medium.tracks) return json;
    json["tracks"] = ordered_json::array();
    for (const Track& track : *medium.tracks)
        json["tracks"].push_back(track_json(track));
    return json;
}

ordered_json event_json(const ReleaseEvent& event) {
    ordered_json area = nullptr;
    if (event.area_mbid || event.area_name) {
        area = {{"mbid", or_null(event.area_mbid)}, {"name", or_null(event.area_name)}};
    }
    return {{"date", or_null(event.date)}, {"country", or_null(event.country)}, {"area", area}};
}

ordered_json label_info_json(const LabelInfo& info) {
    ordered_json label = nullptr;
    if (info.label) {
        label = {{"mbid", info.label->mbid.to_string()},
                 {"name", info.label->name},
                 {"sort_name", or_null(info.label->sort_name)},
                 {"disambiguation", or_null(info.label->disambiguation)},
                 {"type", or_null(info.label->type)},
                 {"label_code", or_null(info.label->label_code)}};
    }
    return {{"catalog_number", or_null(info.catalog_number)}, {"label", label}};
}

template <typename Items, typename ToJson>
ordered_json list_json(const Items& items, ToJson to_json) {
    ordered_json list = ordered_json::array();
    for (const auto& item : items)
        list.push_back(to_json(item));
    return list;
}

ordered_json counts_json(const std::vector<store::Count>& counts) {
    return list_json(counts, [](const store::Count& count) -> ordered_json {
        return {{"name", or_null(count.name)}, {"releases", count.count}};
    });
}

}  // namespace

ordered_json album_json(const store::AlbumRecord& record) {
    const Album& album = record.album;
    return {{"album_id", record.id},
            {"mbid", or_null(album.mbid)},
            {"title", or_null(album.title)},
            {"artist", credit_line(album.artist_credit)},
            {"artist_credit", credit_json(album.artist_credit)},
            {"first_release_date", or_null(album.first_release_date)},
            {"primary_type", or_null(album.primary_type)},
            {"secondary_types", album.secondary_types},
            {"disambiguation", or_null(album.disambiguation)},
            {"release_count", record.releases},
            {"created_at", format_time(record.created_at_ms)},
            {"imported_at", time_or_null(record.imported_at_ms)},
            {"job_state", or_null(record.job_state)}};
}

ordered_json release_json(const store::ReleaseRecord& record) {
    const Release& release = record.release;
    const bool no_barcode = release.barcode && release.barcode->empty();
    return {{"release_id", record.id},
            {"mbid", release.mbid.to_string()},
            {"album_id", record.album_id},
            {"title", release.title},
            {"artist", credit_line(release.artist_credit)},
            {"artist_credit", credit_json(release.artist_credit)},
            {"format", to_string(record.format)},
            {"status", or_null(release.status)},
            {"packaging", or_null(release.packaging)},
            {"quality", or_null(release.quality)},
            {"disambiguation", or_null(release.disambiguation)},
            {"language", or_null(release.language)},
            {"script", or_null(release.script)},
            {"barcode", no_barcode ? ordered_json(nullptr) : or_null(release.barcode)},
            {"no_barcode", no_barcode},
            {"asin", or_null(release.asin)},
            {"date", or_null(release.date)},
            {"country", or_null(release.country)},
            {"release_events", list_json(release.events, event_json)},
            {"label_info", list_json(release.label_info, label_info_json)},
            {"media", list_json(release.media, medium_json)},
            {"removed_at", time_or_null(record.removed_at_ms)}};
}

ordered_json stats_json(const store::CatalogueStats& stats) {
    return {{"albums", stats.albums},
            {"albums_imported", stats.albums_imported},
            {"releases", stats.releases},
            {"releases_removed", stats.releases_removed},
            {"media", stats.media},
            {"tracks", stats.tracks},
            {"recordings", stats.recordings},
            {"artists", stats.artists},
            {"labels", stats.labels},
            {"by_format", counts_json(stats.by_format)},
            {"by_status", counts_json(stats.by_status)},
            {"by_country", counts_json(stats.by_country)},
            {"by_decade", counts_json(stats.by_decade)}};
}

ordered_json track_of_release_json(const TrackOfRelease& of) {
    ordered_json json{{"album_id", of.release.album_id},
                      {"album_mbid", or_null(of.album.album.mbid)},
                      {"release_id", of.release.id},
                      {"release_mbid", of.release.release.mbid.to_string()},
                      {"release_title", of.release.release.title},
                      {"medium_position", of.medium.position},
                      {"medium_format", or_null(of.medium.format)},
                      {"medium_title", or_null(of.medium.title)}};
    json.update(track_json(of.track));
    return json;
}

}  // namespace pressings::cli

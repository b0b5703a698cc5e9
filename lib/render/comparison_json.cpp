#include <nlohmann/json.hpp>

#include "cli/json_values.hpp"
#include "render/comparison.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

using nlohmann::ordered_json;

ordered_json text_or_null(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json edition_json(const store::ReleaseRecord& record, const ComparedEdition& compared) {
    const Release& release = record.release;
    return {{"release_id", record.id},
            {"mbid", release.mbid.to_string()},
            {"title", release.title},
            {"disambiguation", cli::or_null(release.disambiguation)},
            {"date", cli::or_null(release.date)},
            {"country", cli::or_null(release.country)},
            {"media", text_or_null(media_text(release))},
            {"removed_at", cli::time_or_null(record.removed_at_ms)},
            {"tracks_known", compared.is_known},
            {"tracks", compared.tracks},
            {"missing", compared.is_known ? ordered_json(compared.missing) : ordered_json(nullptr)},
            {"only_here", compared.only_here}};
}

std::string_view presence_name(ComparedCell::Presence presence) {
    switch (presence) {
        case ComparedCell::Presence::present:
            return "present";
        case ComparedCell::Presence::missing:
            return "missing";
        case ComparedCell::Presence::unknown:
            break;
    }
    return "unknown";
}

ordered_json cell_json(const ComparedCell& cell, const Release& release) {
    const bool is_here = cell.presence == ComparedCell::Presence::present;
    return {
        {"release_mbid", release.mbid.to_string()},
        {"presence", presence_name(cell.presence)},
        {"times", cell.times},
        {"medium_position", is_here ? ordered_json(cell.medium_position) : ordered_json(nullptr)},
        {"number", text_or_null(cell.number)},
        {"length_ms", cli::or_null(cell.length_ms)},
        {"length_difference_ms", cli::or_null(cell.difference_ms)}};
}

ordered_json track_json(const ComparedTrack& track, const ComparedAlbum& compared) {
    ordered_json cells = ordered_json::array();
    for (std::size_t i = 0; i < track.cells.size(); ++i)
        cells.push_back(cell_json(track.cells[i], compared.editions[i].release));
    return {{"recording_mbid", cli::or_null(track.recording)},
            {"title", track.title},
            {"kind", to_string(track.kind)},
            {"length_ms", cli::or_null(track.length_ms)},
            {"editions", std::move(cells)}};
}

}  // namespace

ordered_json comparison_json(const ComparedAlbum& compared) {
    ordered_json editions = ordered_json::array();
    for (std::size_t i = 0; i < compared.editions.size(); ++i)
        editions.push_back(edition_json(compared.editions[i], compared.comparison.editions[i]));
    ordered_json tracks = ordered_json::array();
    for (const ComparedTrack& track : compared.comparison.tracks)
        tracks.push_back(track_json(track, compared));
    const Album& album = compared.album.album;
    return {{"album_id", compared.album.id},
            {"album_mbid", cli::or_null(album.mbid)},
            {"album_title", cli::or_null(album.title)},
            {"artist", text_or_null(credit_text(album.artist_credit))},
            {"on_all", compared.comparison.common()},
            {"editions", std::move(editions)},
            {"tracks", std::move(tracks)}};
}

}  // namespace pressings::render

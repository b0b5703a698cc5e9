#include "render/catalogue_json.hpp"

#include "cli/json_values.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

using nlohmann::ordered_json;

ordered_json recording_json(const std::optional<Recording>& recording) {
    if (!recording) return nullptr;
    return {{"mbid", recording->mbid.to_string()},
            {"title", recording->title},
            {"length_ms", cli::or_null(recording->length_ms)},
            {"video", cli::or_null(recording->video)},
            {"disambiguation", cli::or_null(recording->disambiguation)},
            {"first_release_date", cli::or_null(recording->first_release_date)},
            {"isrcs", recording->isrcs},
            {"artist_credit", credit_json(recording->artist_credit)}};
}

ordered_json track_json(const Track& track) {
    return {{"position", track.position},
            {"number", track.number},
            {"kind", to_string(track.kind)},
            {"title", track.title},
            {"mbid", cli::or_null(track.mbid)},
            {"length_ms", cli::or_null(track.length_ms)},
            {"artist", credit_line(track.artist_credit)},
            {"artist_credit", credit_json(track.artist_credit)},
            {"recording", recording_json(track.recording)}};
}

/// null for a list that was not told.
template <typename Items, typename ToJson>
ordered_json list_or_null(const std::optional<Items>& items, ToJson to_json) {
    return items ? cli::list_json(*items, to_json) : ordered_json(nullptr);
}

ordered_json alias_json(const Alias& alias) {
    return {{"name", alias.name},
            {"sort_name", cli::or_null(alias.sort_name)},
            {"locale", cli::or_null(alias.locale)},
            {"type", cli::or_null(alias.type)},
            {"primary", cli::or_null(alias.primary)},
            {"begin", cli::or_null(alias.begin)},
            {"end", cli::or_null(alias.end)},
            {"ended", cli::or_null(alias.ended)}};
}

ordered_json genre_json(const Genre& genre) {
    return {{"name", genre.name},
            {"mbid", cli::or_null(genre.mbid)},
            {"count", cli::or_null(genre.count)}};
}

/// Told where the URLs are.
ordered_json originals_json(const Release& release) {
    if (!release.urls) return nullptr;
    return cli::list_json(release.originals, [](const Mbid& original) -> ordered_json {
        return {{"mbid", original.to_string()}};
    });
}

ordered_json url_json(const ReleaseUrl& url) {
    return {{"type", url.type},
            {"url", url.url},
            {"begin", cli::or_null(url.begin)},
            {"end", cli::or_null(url.end)},
            {"ended", cli::or_null(url.ended)}};
}

ordered_json disc_json(const Disc& disc) {
    return {{"disc_id", disc.id},
            {"sectors", cli::or_null(disc.sectors)},
            {"offset_count", cli::or_null(disc.offset_count)},
            {"offsets", disc.offsets}};
}

ordered_json cover_art_json(const std::optional<CoverArt>& cover) {
    if (!cover) return nullptr;
    return {{"artwork", cli::or_null(cover->artwork)},
            {"front", cli::or_null(cover->front)},
            {"back", cli::or_null(cover->back)},
            {"count", cli::or_null(cover->count)},
            {"darkened", cli::or_null(cover->darkened)}};
}

ordered_json medium_json(const Medium& medium) {
    return {{"position", medium.position},
            {"mbid", cli::or_null(medium.mbid)},
            {"format", cli::or_null(medium.format)},
            {"title", cli::or_null(medium.title)},
            {"track_count", cli::or_null(medium.track_count)},
            {"tracks", list_or_null(medium.tracks, track_json)},
            {"discs", list_or_null(medium.discs, disc_json)}};
}

ordered_json event_json(const ReleaseEvent& event) {
    ordered_json area = nullptr;
    if (event.area_mbid || event.area_name) {
        area = {{"mbid", cli::or_null(event.area_mbid)}, {"name", cli::or_null(event.area_name)}};
    }
    return {{"date", cli::or_null(event.date)},
            {"country", cli::or_null(event.country)},
            {"area", area}};
}

ordered_json label_info_json(const LabelInfo& info) {
    ordered_json label = nullptr;
    if (info.label) {
        label = {{"mbid", info.label->mbid.to_string()},
                 {"name", info.label->name},
                 {"sort_name", cli::or_null(info.label->sort_name)},
                 {"disambiguation", cli::or_null(info.label->disambiguation)},
                 {"type", cli::or_null(info.label->type)},
                 {"label_code", cli::or_null(info.label->label_code)}};
    }
    return {{"catalog_number", cli::or_null(info.catalog_number)}, {"label", label}};
}

/// null where a user told nothing that MusicBrainz says otherwise.
ordered_json told_json(const Album& told) {
    if (told == Album{}) return nullptr;
    return {{"title", cli::or_null(told.title)},
            {"artist", credit_line(told.artist_credit)},
            {"first_release_date", cli::or_null(told.first_release_date)},
            {"primary_type", cli::or_null(told.primary_type)},
            {"secondary_types", told.secondary_types},
            {"disambiguation", cli::or_null(told.disambiguation)}};
}

}  // namespace

ordered_json credit_json(const ArtistCredit& credit) {
    ordered_json names = ordered_json::array();
    for (const CreditedArtist& credited : credit) {
        const Artist& artist = credited.artist;
        names.push_back({{"name", credited.name},
                         {"join_phrase", credited.join_phrase},
                         {"artist",
                          {{"mbid", cli::or_null(artist.mbid)},
                           {"name", artist.name},
                           {"sort_name", cli::or_null(artist.sort_name)},
                           {"disambiguation", cli::or_null(artist.disambiguation)},
                           {"type", cli::or_null(artist.type)},
                           {"country", cli::or_null(artist.country)}}}});
    }
    return names;
}

ordered_json credit_line(const ArtistCredit& credit) {
    return credit.empty() ? ordered_json(nullptr) : ordered_json(credit_text(credit));
}

ordered_json album_json(const store::AlbumRecord& record) {
    const Album& album = record.album;
    return {{"album_id", record.id},
            {"mbid", cli::or_null(album.mbid)},
            {"title", cli::or_null(album.title)},
            {"artist", credit_line(album.artist_credit)},
            {"artist_credit", credit_json(album.artist_credit)},
            {"first_release_date", cli::or_null(album.first_release_date)},
            {"primary_type", cli::or_null(album.primary_type)},
            {"secondary_types", album.secondary_types},
            {"disambiguation", cli::or_null(album.disambiguation)},
            {"aliases", list_or_null(album.aliases, alias_json)},
            {"genres", list_or_null(album.genres, genre_json)},
            {"release_count", record.releases},
            {"created_at", format_time(record.created_at_ms)},
            {"imported_at", cli::time_or_null(record.imported_at_ms)},
            {"job_state", cli::or_null(record.job_state)},
            {"removed_at", cli::time_or_null(record.removed_at_ms)},
            {"told", told_json(record.told)}};
}

ordered_json hit_json(const store::SearchHit& hit) {
    ordered_json json = album_json(hit.album);
    json["matches"] = cli::list_json(hit.matches, [](const SearchName& match) -> ordered_json {
        return {{"field", to_string(match.field)}, {"text", match.text}};
    });
    return json;
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
            {"status", cli::or_null(release.status)},
            {"packaging", cli::or_null(release.packaging)},
            {"quality", cli::or_null(release.quality)},
            {"disambiguation", cli::or_null(release.disambiguation)},
            {"language", cli::or_null(release.language)},
            {"script", cli::or_null(release.script)},
            {"barcode", no_barcode ? ordered_json(nullptr) : cli::or_null(release.barcode)},
            {"no_barcode", no_barcode},
            {"asin", cli::or_null(release.asin)},
            {"date", cli::or_null(release.date)},
            {"country", cli::or_null(release.country)},
            {"release_events", cli::list_json(release.events, event_json)},
            {"label_info", cli::list_json(release.label_info, label_info_json)},
            {"media", cli::list_json(release.media, medium_json)},
            {"cover_art", cover_art_json(release.cover_art)},
            {"urls", list_or_null(release.urls, url_json)},
            {"original_releases", originals_json(release)},
            {"aliases", list_or_null(release.aliases, alias_json)},
            {"genres", list_or_null(release.genres, genre_json)},
            {"removed_at", cli::time_or_null(record.removed_at_ms)}};
}

ordered_json change_json(const store::ChangeRecord& record) {
    ordered_json fields =
        cli::list_json(record.fields, [](const FieldChange& change) -> ordered_json {
            return {{"field", change.field},
                    {"old", cli::or_null(change.before)},
                    {"new", cli::or_null(change.after)}};
        });
    return {{"change_id", record.id},
            {"at", format_time(record.at_ms)},
            {"change", to_string(record.change)},
            {"album_id", record.album_id},
            {"album_mbid", cli::or_null(record.album_mbid)},
            {"album_title", cli::or_null(record.album_title)},
            {"from_album_id", cli::or_null(record.from_album_id)},
            {"release_mbid", cli::or_null(record.release_mbid)},
            {"release_title", cli::or_null(record.release_title)},
            {"fields", std::move(fields)}};
}

ordered_json oddity_json(const store::OddityRecord& record) {
    const Oddity& oddity = record.oddity;
    return {{"album_id", record.album_id},
            {"album_mbid", cli::or_null(record.album_mbid)},
            {"album_title", cli::or_null(record.album_title)},
            {"release_mbid", cli::or_null(oddity.release)},
            {"release_title", cli::or_null(record.release_title)},
            {"field", oddity.field},
            {"value", cli::or_null(oddity.value)},
            {"problem", oddity.problem},
            {"reader", oddity.reader},
            {"at", format_time(record.at_ms)}};
}

ordered_json oddities_json(const std::vector<store::OddityRecord>& oddities) {
    return cli::list_json(oddities, oddity_json);
}

}  // namespace pressings::render

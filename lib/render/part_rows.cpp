#include "render/part_rows.hpp"

#include <optional>

#include "render/release_text.hpp"

namespace pressings::render {

namespace {

constexpr CellType k_integer = CellType::integer;
constexpr CellType k_text = CellType::text;

const RowTable k_album_artists{"album_artists",
                               {{"album_id", k_integer},
                                {"position", k_integer},
                                {"name", k_text},
                                {"join_phrase", k_text},
                                {"artist_mbid", k_text},
                                {"artist_name", k_text},
                                {"artist_sort_name", k_text},
                                {"artist_type", k_text},
                                {"artist_country", k_text}},
                               {"album_id", "position"}};

RowTable release_artists() {
    RowTable table = k_album_artists;
    table.name = "release_artists";
    table.columns.front().name = "release_id";
    table.key.front() = "release_id";
    return table;
}

const RowTable k_release_artists = release_artists();

/// A list of a release, in its order.
RowTable list_of_release(std::string_view name, std::vector<CellColumn> own) {
    std::vector<CellColumn> columns{{"release_id", k_integer}, {"position", k_integer}};
    columns.insert(columns.end(), own.begin(), own.end());
    return {name, std::move(columns), {"release_id", "position"}};
}

const RowTable k_events = list_of_release(
    "release_events",
    {{"date", k_text}, {"country", k_text}, {"area_mbid", k_text}, {"area", k_text}});

const RowTable k_labels = list_of_release("release_labels", {{"label_mbid", k_text},
                                                             {"label", k_text},
                                                             {"catalog_number", k_text},
                                                             {"label_code", k_integer}});

const RowTable k_media = list_of_release(
    "media", {{"mbid", k_text}, {"format", k_text}, {"title", k_text}, {"track_count", k_integer}});

const RowTable k_urls = list_of_release(
    "release_urls", {{"type", k_text}, {"url", k_text}, {"begin", k_text}, {"end", k_text}});

const RowTable k_originals = list_of_release("release_originals", {{"original_mbid", k_text}});

template <typename Value>
std::string text(const std::optional<Value>& value) {
    if constexpr (requires { value->to_string(); }) {
        return value ? value->to_string() : "";
    } else if constexpr (requires { std::to_string(*value); }) {
        return value ? std::to_string(*value) : "";
    } else {
        return value.value_or("");
    }
}

/// A row of a list: what it is of, its place from 1, and its own cells.
void write_list_row(const RowTable& table, std::int64_t of, std::size_t position,
                    const std::vector<std::string>& own, RowSink& sink) {
    std::vector<std::string> cells{std::to_string(of), std::to_string(position)};
    cells.insert(cells.end(), own.begin(), own.end());
    sink.row(table, cells);
}

template <typename Items, typename Cells>
void write_list(const RowTable& table, std::int64_t of, const Items& items, const Cells& cells,
                RowSink& sink) {
    std::size_t position = 0;
    for (const auto& item : items)
        write_list_row(table, of, ++position, cells(item), sink);
}

std::vector<std::string> artist_cells(const CreditedArtist& credited) {
    const Artist& artist = credited.artist;
    return {credited.name,          credited.join_phrase, text(artist.mbid),   artist.name,
            text(artist.sort_name), text(artist.type),    text(artist.country)};
}

std::vector<std::string> event_cells(const ReleaseEvent& event) {
    return {text(event.date), text(event.country), text(event.area_mbid), text(event.area_name)};
}

std::vector<std::string> label_cells(const LabelInfo& info) {
    const auto& label = info.label;
    return {label ? label->mbid.to_string() : "", label ? label->name : "",
            text(info.catalog_number), label ? text(label->label_code) : ""};
}

std::vector<std::string> url_cells(const ReleaseUrl& url) {
    return {url.type, url.url, text(url.begin), text(url.end)};
}

std::vector<std::string> original_cells(const Mbid& original) {
    return {original.to_string()};
}

std::vector<std::string> medium_cells(const Medium& medium) {
    return {text(medium.mbid), text(medium.format), text(medium.title), text(medium.track_count)};
}

}  // namespace

std::span<const RowTable* const> row_tables() {
    static const RowTable* const tables[] = {
        &album_table(), &k_album_artists, &release_table(), &k_release_artists, &k_events,
        &k_labels,      &k_urls,          &k_originals,     &k_media,           &track_table()};
    return tables;
}

const RowTable* referred_to(const RowTable& table, std::string_view column) {
    for (const RowTable* other : {&album_table(), &release_table()}) {
        if (other != &table && other->key.front() == column) return other;
    }
    return nullptr;
}

void write_rows(const store::AlbumRecord& album, RowSink& sink) {
    sink.row(album_table(), album_cells(album));
    write_list(k_album_artists, album.id, album.album.artist_credit, artist_cells, sink);
}

void write_rows(const ReleaseOfAlbum& of, RowSink& sink) {
    const Release& release = of.release.release;
    const std::int64_t id = of.release.id;
    sink.row(release_table(), release_cells(of));
    write_list(k_release_artists, id, release.artist_credit, artist_cells, sink);
    write_list(k_events, id, release.events, event_cells, sink);
    write_list(k_labels, id, release.label_info, label_cells, sink);
    if (release.urls) write_list(k_urls, id, *release.urls, url_cells, sink);
    write_list(k_originals, id, release.originals, original_cells, sink);
    for (const Medium& medium : release.media)
        write_list_row(k_media, id, static_cast<std::size_t>(medium.position), medium_cells(medium),
                       sink);
}

void write_rows(const store::TrackRecord& track, RowSink& sink) {
    sink.row(track_table(), track_cells(track));
}

}  // namespace pressings::render

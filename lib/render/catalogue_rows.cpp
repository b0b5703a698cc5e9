#include "render/catalogue_rows.hpp"

#include <iterator>

#include <fmt/format.h>

#include "base/time.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

/// A column, and its cell of a row.
template <typename Row>
struct Cell {
    std::string_view name;
    std::string (*cell)(const Row&);
    CellType type = CellType::text;
};

constexpr CellType k_integer = CellType::integer;
constexpr CellType k_boolean = CellType::boolean;
constexpr CellType k_time = CellType::time;

std::string text(const std::optional<std::string>& value) {
    return value.value_or("");
}

std::string text(const std::optional<Mbid>& mbid) {
    return mbid ? mbid->to_string() : "";
}

template <typename Number>
std::string number(const std::optional<Number>& value) {
    return value ? std::to_string(*value) : "";
}

std::string time(const std::optional<Millis>& time_ms) {
    return time_ms ? format_time(*time_ms) : "";
}

/// The parts of a list in one cell.
template <typename Items, typename ToText>
std::string joined(const Items& items, const ToText& to_text) {
    std::vector<std::string> parts;
    for (const auto& item : items)
        parts.push_back(to_text(item));
    return fmt::format("{}", fmt::join(parts, "; "));
}

std::string artist_mbids(const ArtistCredit& credit) {
    return joined(credit, [](const CreditedArtist& one) { return text(one.artist.mbid); });
}

/// "GB 1973-03-23; US 1973-03-01".
std::string events_text(const Release& release) {
    return joined(release.events, [](const ReleaseEvent& event) {
        const std::string place = event.country ? *event.country : text(event.area_name);
        const std::string date = date_text(event.date);
        return place + (place.empty() || date.empty() ? "" : " ") + date;
    });
}

std::string track_count(const Release& release) {
    int count = 0;
    for (const Medium& medium : release.media) {
        if (!medium.track_count) return "";
        count += *medium.track_count;
    }
    return std::to_string(count);
}

constexpr Cell<store::AlbumRecord> k_album_cells[] = {
    {"album_id", [](const auto& a) { return std::to_string(a.id); }, k_integer},
    {"mbid", [](const auto& a) { return text(a.album.mbid); }},
    {"artist", [](const auto& a) { return credit_text(a.album.artist_credit); }},
    {"artist_sort_name", [](const auto& a) { return sort_name(a.album.artist_credit); }},
    {"artist_mbids", [](const auto& a) { return artist_mbids(a.album.artist_credit); }},
    {"title", [](const auto& a) { return text(a.album.title); }},
    {"disambiguation", [](const auto& a) { return text(a.album.disambiguation); }},
    {"first_release_date", [](const auto& a) { return date_text(a.album.first_release_date); }},
    {"primary_type", [](const auto& a) { return text(a.album.primary_type); }},
    {"secondary_types",
     [](const auto& a) {
         return joined(a.album.secondary_types, [](const std::string& type) { return type; });
     }},
    {"release_count", [](const auto& a) { return std::to_string(a.releases); }, k_integer},
    {"created_at", [](const auto& a) { return format_time(a.created_at_ms); }, k_time},
    {"imported_at", [](const auto& a) { return time(a.imported_at_ms); }, k_time},
    {"job_state", [](const auto& a) { return text(a.job_state); }},
};

const Release& release_of(const ReleaseOfAlbum& of) {
    return of.release.release;
}

constexpr Cell<ReleaseOfAlbum> k_release_cells[] = {
    {"release_id", [](const auto& r) { return std::to_string(r.release.id); }, k_integer},
    {"mbid", [](const auto& r) { return release_of(r).mbid.to_string(); }},
    {"album_id", [](const auto& r) { return std::to_string(r.album.id); }, k_integer},
    {"album_mbid", [](const auto& r) { return text(r.album.album.mbid); }},
    {"artist", [](const auto& r) { return credit_text(release_of(r).artist_credit); }},
    {"artist_sort_name", [](const auto& r) { return sort_name(release_of(r).artist_credit); }},
    {"artist_mbids", [](const auto& r) { return artist_mbids(release_of(r).artist_credit); }},
    {"title", [](const auto& r) { return release_of(r).title; }},
    {"disambiguation", [](const auto& r) { return text(release_of(r).disambiguation); }},
    {"album_title", [](const auto& r) { return text(r.album.album.title); }},
    {"first_release_date",
     [](const auto& r) { return date_text(r.album.album.first_release_date); }},
    {"primary_type", [](const auto& r) { return text(r.album.album.primary_type); }},
    {"format", [](const auto& r) { return std::string{to_string(r.release.format)}; }},
    {"media", [](const auto& r) { return media_text(release_of(r)); }},
    {"medium_count", [](const auto& r) { return std::to_string(release_of(r).media.size()); },
     k_integer},
    {"track_count", [](const auto& r) { return track_count(release_of(r)); }, k_integer},
    {"date", [](const auto& r) { return date_text(release_of(r).date); }},
    {"country", [](const auto& r) { return text(release_of(r).country); }},
    {"release_events", [](const auto& r) { return events_text(release_of(r)); }},
    {"labels",
     [](const auto& r) {
         return joined(release_of(r).label_info, [](const LabelInfo& info) {
             return info.label ? info.label->name : std::string{};
         });
     }},
    {"catalog_numbers",
     [](const auto& r) {
         return joined(release_of(r).label_info,
                       [](const LabelInfo& info) { return text(info.catalog_number); });
     }},
    {"label_mbids",
     [](const auto& r) {
         return joined(release_of(r).label_info, [](const LabelInfo& info) {
             return info.label ? info.label->mbid.to_string() : std::string{};
         });
     }},
    {"barcode", [](const auto& r) { return text(release_of(r).barcode); }},
    {"no_barcode",
     [](const auto& r) {
         return std::string{release_of(r).barcode == std::string{} ? "true" : "false"};
     },
     k_boolean},
    {"asin", [](const auto& r) { return text(release_of(r).asin); }},
    {"status", [](const auto& r) { return text(release_of(r).status); }},
    {"packaging", [](const auto& r) { return text(release_of(r).packaging); }},
    {"language", [](const auto& r) { return text(release_of(r).language); }},
    {"script", [](const auto& r) { return text(release_of(r).script); }},
    {"quality", [](const auto& r) { return text(release_of(r).quality); }},
    {"removed_at", [](const auto& r) { return time(r.release.removed_at_ms); }, k_time},
};

constexpr Cell<store::TrackRecord> k_track_cells[] = {
    {"album_id", [](const auto& t) { return std::to_string(t.album_id); }, k_integer},
    {"album_mbid", [](const auto& t) { return text(t.album_mbid); }},
    {"release_id", [](const auto& t) { return std::to_string(t.release_id); }, k_integer},
    {"release_mbid", [](const auto& t) { return t.release_mbid.to_string(); }},
    {"release_artist", [](const auto& t) { return credit_text(*t.release_credit.credit); }},
    {"release_title", [](const auto& t) { return t.release_title; }},
    {"medium_position", [](const auto& t) { return std::to_string(t.medium_position); }, k_integer},
    {"medium_format", [](const auto& t) { return text(t.medium_format); }},
    {"medium_title", [](const auto& t) { return text(t.medium_title); }},
    {"position", [](const auto& t) { return std::to_string(t.track.position); }, k_integer},
    {"number", [](const auto& t) { return t.track.number; }},
    {"kind", [](const auto& t) { return std::string{to_string(t.track.kind)}; }},
    {"title", [](const auto& t) { return t.track.title; }},
    {"artist", [](const auto& t) { return credit_text(*t.credit.credit); }},
    {"artist_mbids", [](const auto& t) { return artist_mbids(*t.credit.credit); }},
    {"mbid", [](const auto& t) { return text(t.track.mbid); }},
    {"length_ms", [](const auto& t) { return number(t.track.length_ms); }, k_integer},
    {"length", [](const auto& t) { return length_text(t.track.length_ms); }},
    {"recording_mbid",
     [](const auto& t) { return t.track.recording ? t.track.recording->mbid.to_string() : ""; }},
    {"recording_title",
     [](const auto& t) { return t.track.recording ? t.track.recording->title : ""; }},
    {"isrcs",
     [](const auto& t) {
         if (!t.track.recording) return std::string{};
         return joined(t.track.recording->isrcs, [](const std::string& isrc) { return isrc; });
     }},
};

template <typename Cells>
std::vector<CellColumn> columns_of(const Cells& cells) {
    std::vector<CellColumn> columns;
    for (const auto& cell : cells)
        columns.push_back({cell.name, cell.type});
    return columns;
}

template <typename Cells, typename Row>
std::vector<std::string> cells_of(const Cells& cells, const Row& row) {
    std::vector<std::string> texts;
    texts.reserve(std::size(cells));
    for (const auto& cell : cells)
        texts.push_back(cell.cell(row));
    return texts;
}

}  // namespace

const RowTable& album_table() {
    static const RowTable table{"albums", columns_of(k_album_cells), {"album_id"}};
    return table;
}

std::vector<std::string> album_cells(const store::AlbumRecord& album) {
    return cells_of(k_album_cells, album);
}

const RowTable& release_table() {
    static const RowTable table{"releases", columns_of(k_release_cells), {"release_id"}};
    return table;
}

std::vector<std::string> release_cells(const ReleaseOfAlbum& of) {
    return cells_of(k_release_cells, of);
}

const RowTable& track_table() {
    static const RowTable table{
        "tracks", columns_of(k_track_cells), {"release_id", "medium_position", "position"}};
    return table;
}

std::vector<std::string> track_cells(const store::TrackRecord& track) {
    return cells_of(k_track_cells, track);
}

}  // namespace pressings::render

#include "render/columns.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "render/catalogue_json.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

using nlohmann::ordered_json;
using store::AlbumRecord;
using store::ReleaseRecord;
using Align = cli::Table::Align;

std::string time_text(const std::optional<Millis>& time_ms) {
    return time_ms ? format_time(*time_ms) : "";
}

std::string type_text(const AlbumRecord& record) {
    std::string type = record.album.primary_type.value_or("");
    for (const std::string& secondary : record.album.secondary_types)
        type += " + " + secondary;
    return type;
}

std::string title_text(const ReleaseRecord& record) {
    const auto& disambiguation = record.release.disambiguation;
    return record.release.title + (disambiguation ? " (" + *disambiguation + ")" : "");
}

const AlbumColumn k_albums[] = {
    {"album",
     "album_id",
     {"ALBUM", Align::right},
     [](const AlbumRecord& r) { return std::to_string(r.id); }},
    {"artist",
     "artist",
     {"ARTIST", Align::left, true},
     [](const AlbumRecord& r) { return credit_text(r.album.artist_credit); }},
    {"title",
     "title",
     {"TITLE", Align::left, true},
     [](const AlbumRecord& r) { return r.album.title.value_or(""); }},
    {"first",
     "first_release_date",
     {"FIRST"},
     [](const AlbumRecord& r) { return date_text(r.album.first_release_date); }},
    {"type", "primary_type", {"TYPE", Align::left, false, 3}, type_text},
    {"releases",
     "release_count",
     {"RELEASES", Align::right, false, 4},
     [](const AlbumRecord& r) { return std::to_string(r.releases); }},
    {"job",
     "job_state",
     {"JOB", Align::left, false, 2},
     [](const AlbumRecord& r) { return r.job_state.value_or(""); }},
    {"disambiguation",
     "disambiguation",
     {"DISAMBIGUATION", Align::left, true},
     [](const AlbumRecord& r) { return r.album.disambiguation.value_or(""); },
     false},
    {"created",
     "created_at",
     {"CREATED"},
     [](const AlbumRecord& r) { return format_time(r.created_at_ms); },
     false},
    {"imported",
     "imported_at",
     {"IMPORTED"},
     [](const AlbumRecord& r) { return time_text(r.imported_at_ms); },
     false},
    {"removed",
     "removed_at",
     {"REMOVED"},
     [](const AlbumRecord& r) { return time_text(r.removed_at_ms); },
     false},
    {"mbid",
     "mbid",
     {"MBID", Align::left, false, 1},
     [](const AlbumRecord& r) { return r.album.mbid ? r.album.mbid->to_string() : ""; }},
};

const ReleaseColumn k_releases[] = {
    {"release",
     "release_id",
     {"RELEASE", Align::right},
     [](const ReleaseRecord& r) { return std::to_string(r.id); },
     false},
    {"album",
     "album_id",
     {"ALBUM", Align::right, false, 3},
     [](const ReleaseRecord& r) { return std::to_string(r.album_id); }},
    {"date", "date", {"DATE"}, [](const ReleaseRecord& r) { return date_text(r.release.date); }},
    {"cc",
     "country",
     {"CC"},
     [](const ReleaseRecord& r) { return r.release.country.value_or(""); }},
    {"format",
     "format",
     {"FORMAT", Align::left, false, 5},
     [](const ReleaseRecord& r) { return std::string{to_string(r.format)}; }},
    {"media",
     "media",
     {"MEDIA", Align::left, true},
     [](const ReleaseRecord& r) { return media_text(r.release); }},
    {"artist",
     "artist",
     {"ARTIST", Align::left, true},
     [](const ReleaseRecord& r) { return credit_text(r.release.artist_credit); },
     false},
    {"title", "title", {"TITLE", Align::left, true}, title_text},
    {"label",
     "label_info",
     {"LABEL", Align::left, true},
     [](const ReleaseRecord& r) { return labels_text(r.release); }},
    {"barcode",
     "barcode",
     {"BARCODE", Align::left, false, 4},
     [](const ReleaseRecord& r) { return r.release.barcode.value_or(""); }},
    {"status",
     "status",
     {"STATUS", Align::left, false, 2},
     [](const ReleaseRecord& r) {
         return r.removed_at_ms ? "removed" : r.release.status.value_or("");
     }},
    {"packaging",
     "packaging",
     {"PACKAGING"},
     [](const ReleaseRecord& r) { return r.release.packaging.value_or(""); },
     false},
    {"language",
     "language",
     {"LANGUAGE"},
     [](const ReleaseRecord& r) { return r.release.language.value_or(""); },
     false},
    {"script",
     "script",
     {"SCRIPT"},
     [](const ReleaseRecord& r) { return r.release.script.value_or(""); },
     false},
    {"asin",
     "asin",
     {"ASIN"},
     [](const ReleaseRecord& r) { return r.release.asin.value_or(""); },
     false},
    {"removed",
     "removed_at",
     {"REMOVED"},
     [](const ReleaseRecord& r) { return time_text(r.removed_at_ms); },
     false},
    {"mbid",
     "mbid",
     {"MBID", Align::left, false, 1},
     [](const ReleaseRecord& r) { return r.release.mbid.to_string(); }},
};

std::vector<std::string> keys_of(const ordered_json& json) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : json.items())
        keys.push_back(key);
    return keys;
}

template <typename Record>
const Column<Record>* find_column(std::span<const Column<Record>> columns,
                                  const std::string& name) {
    for (const Column<Record>& column : columns) {
        if (column.name == name || column.key == name) return &column;
    }
    return nullptr;
}

[[noreturn]] void refuse(const std::string& name, const std::vector<std::string_view>& known) {
    const auto near = closest(name, known);
    throw UsageError(fmt::format("--columns: {} is none of {}{}", quote(name),
                                 fmt::join(known, ", "),
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near)));
}

}  // namespace

std::span<const AlbumColumn> album_columns() {
    return k_albums;
}

std::span<const ReleaseColumn> release_columns() {
    return k_releases;
}

std::vector<std::string> album_keys() {
    return keys_of(album_json({}));
}

std::vector<std::string> release_keys() {
    return keys_of(release_json({}));
}

template <typename Record>
std::vector<Column<Record>> choose_columns(std::span<const Column<Record>> columns,
                                           const std::vector<std::string>& names) {
    std::vector<Column<Record>> chosen;
    for (const std::string& name : names) {
        const Column<Record>* const column = find_column(columns, name);
        if (column == nullptr) {
            std::vector<std::string_view> known;
            for (const Column<Record>& each : columns)
                known.push_back(each.name);
            refuse(name, known);
        }
        chosen.push_back(*column);
        chosen.back().heading.leaves = 0;  // it was asked for
    }
    if (!names.empty()) return chosen;
    std::copy_if(columns.begin(), columns.end(), std::back_inserter(chosen),
                 [](const Column<Record>& column) { return column.is_usual; });
    return chosen;
}

template std::vector<AlbumColumn> choose_columns(std::span<const AlbumColumn>,
                                                 const std::vector<std::string>&);
template std::vector<ReleaseColumn> choose_columns(std::span<const ReleaseColumn>,
                                                   const std::vector<std::string>&);

template <typename Record>
std::vector<std::string> choose_keys(std::span<const Column<Record>> columns,
                                     const std::vector<std::string>& keys,
                                     const std::vector<std::string>& names) {
    std::vector<std::string> chosen;
    for (const std::string& name : names) {
        const Column<Record>* const column = find_column(columns, name);
        const std::string key = column != nullptr ? std::string{column->key} : name;
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
            refuse(name, {keys.begin(), keys.end()});
        }
        if (std::find(chosen.begin(), chosen.end(), key) == chosen.end()) chosen.push_back(key);
    }
    return chosen;
}

template std::vector<std::string> choose_keys(std::span<const AlbumColumn>,
                                              const std::vector<std::string>&,
                                              const std::vector<std::string>&);
template std::vector<std::string> choose_keys(std::span<const ReleaseColumn>,
                                              const std::vector<std::string>&,
                                              const std::vector<std::string>&);

ordered_json with_keys(ordered_json json, const std::vector<std::string>& keys) {
    if (keys.empty()) return json;
    ordered_json chosen = ordered_json::object();
    for (const std::string& key : keys)
        chosen[key] = std::move(json[key]);
    return chosen;
}

}  // namespace pressings::render

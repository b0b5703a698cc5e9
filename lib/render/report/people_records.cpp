#include <map>

#include "base/text.hpp"
#include "render/release_text.hpp"
#include "render/report/editions.hpp"
#include "render/report/records.hpp"

namespace pressings::render::report {

namespace {

using cli::JsonWriter;
using store::AlbumRecord;
using store::ReleaseRecord;

void put_counts(JsonWriter& json, const FormatCounts& counts) {
    json.begin_array();
    for (const std::int64_t count : counts)
        json.value(count);
    json.end_array();
}

std::string_view import_state(const AlbumRecord& album) {
    if (album.imported_at_ms) return "";
    const std::string state = album.job_state.value_or("");
    if (state == "pending" || state == "running") return "waits";
    return state == "failed" ? "failed" : "not asked";
}

/// An edition of a label, with all the numbers that the label gave it.
struct LabelEdition {
    const ReleaseRecord* record = nullptr;
    std::string numbers;
};

struct LabelShare {
    const Label* label = nullptr;
    std::vector<LabelEdition> editions;
};

void add(LabelShare& share, const ReleaseRecord& record, const LabelInfo& info) {
    share.label = &*info.label;
    if (share.editions.empty() || share.editions.back().record != &record) {
        share.editions.push_back({&record, ""});
    }
    std::string& numbers = share.editions.back().numbers;
    if (info.catalog_number) numbers += (numbers.empty() ? "" : "; ") + *info.catalog_number;
}

std::map<Mbid, LabelShare> shares_of(const std::vector<ReleaseRecord>& releases) {
    std::map<Mbid, LabelShare> shares;
    for (const ReleaseRecord& record : releases) {
        if (record.removed_at_ms) continue;
        for (const LabelInfo& info : record.release.label_info) {
            if (info.label) add(shares[info.label->mbid], record, info);
        }
    }
    return shares;
}

void put_edition(JsonWriter& json, const LabelEdition& edition) {
    const Release& release = edition.record->release;
    json.begin_array();
    json.value(edition.record->id);
    json.value(date_text(release.date));
    put_shown(json, edition.numbers);
    put_shown(json, media_text(release));
    const ReleaseEvent first = release.events.empty() ? ReleaseEvent{} : release.events.front();
    put_shown(json, place_name(release.country, first.area_name));
    json.end_array();
}

std::string label_record(const LabelShare& share, const AlbumRecord& album) {
    std::string text;
    JsonWriter json{text};
    json.begin_array();
    json.value(share.label->mbid);
    put_shown(json, share.label->name);
    put_maybe(json, share.label->disambiguation);
    json.value(album.id);
    put_shown(json, credit_text(album.album.artist_credit));
    put_maybe(json, album.album.title);
    json.begin_array();
    for (const LabelEdition& edition : share.editions)
        put_edition(json, edition);
    json.end_array();
    json.end_array();
    return text;
}

}  // namespace

std::string list_record(const AlbumRecord& album, const FormatCounts& counts) {
    std::string text;
    JsonWriter json{text};
    json.begin_array();
    json.value(album.id);
    put_shown(json, credit_text(album.album.artist_credit));
    put_maybe(json, album.album.title);
    json.value(date_text(album.album.first_release_date));
    put_shown(json, type_text(album.album));
    put_counts(json, counts);
    json.value(import_state(album));
    json.end_array();
    return text;
}

std::string artist_record(const Artist& artist, const AlbumRecord& album,
                          const FormatCounts& counts) {
    std::string text;
    JsonWriter json{text};
    json.begin_array();
    json.value(artist.mbid);
    put_shown(json, artist.name);
    put_maybe(json, artist.disambiguation);
    json.value(album.id);
    put_maybe(json, album.album.title);
    json.value(date_text(album.album.first_release_date));
    put_shown(json, type_text(album.album));
    put_counts(json, counts);
    put_shown(json, credit_text(album.album.artist_credit));
    json.end_array();
    return text;
}

void add_label_records(const AlbumRecord& album, const std::vector<ReleaseRecord>& releases,
                       std::int64_t parts, Shards& shards) {
    for (const auto& [mbid, share] : shares_of(releases))
        shards.add("labels", part_of(mbid, parts), label_record(share, album));
}

}  // namespace pressings::render::report

#include "render/catalogue_text.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

}  // namespace

namespace {

std::vector<cli::Table::Column> album_columns() {
    return {{"ALBUM", cli::Table::Align::right},
            {"ARTIST", cli::Table::Align::left, true},
            {"TITLE", cli::Table::Align::left, true},
            {"FIRST"},
            {"TYPE"},
            {"RELEASES", cli::Table::Align::right},
            {"JOB"},
            {"MBID"}};
}

std::vector<std::string> album_cells(const store::AlbumRecord& record) {
    const Album& album = record.album;
    std::string type = album.primary_type.value_or("");
    for (const std::string& secondary : album.secondary_types)
        type += " + " + secondary;
    return {std::to_string(record.id),
            credit_text(album.artist_credit),
            album.title.value_or(""),
            date_text(album.first_release_date),
            type,
            std::to_string(record.releases),
            record.job_state.value_or(""),
            album.mbid ? album.mbid->to_string() : ""};
}

/// "label: Impulse!; catno: A-77"; what the line has already is not said again.
std::string matches_text(const store::SearchHit& hit) {
    std::vector<std::string> places;
    const Album& album = hit.album.album;
    for (const SearchName& match : hit.matches) {
        if (match.text == album.title || match.text == credit_text(album.artist_credit)) continue;
        places.push_back(fmt::format("{}: {}", to_string(match.field), match.text));
    }
    return fmt::format("{}", fmt::join(places, "; "));
}

}  // namespace

cli::Table album_table() {
    return cli::Table{album_columns()};
}

void add_album(cli::Table& table, const store::AlbumRecord& record) {
    table.add_row(album_cells(record));
}

cli::Table hit_table() {
    auto columns = album_columns();
    columns.insert(columns.begin() + 3, {"FOUND IN", cli::Table::Align::left, true});
    return cli::Table{std::move(columns)};
}

void add_hit(cli::Table& table, const store::SearchHit& hit) {
    auto cells = album_cells(hit.album);
    cells.insert(cells.begin() + 3, matches_text(hit));
    table.add_row(std::move(cells));
}

cli::Table release_table() {
    return cli::Table{{{"ALBUM", cli::Table::Align::right},
                       {"DATE"},
                       {"CC"},
                       {"FORMAT"},
                       {"MEDIA", cli::Table::Align::left, true},
                       {"TITLE", cli::Table::Align::left, true},
                       {"LABEL", cli::Table::Align::left, true},
                       {"BARCODE"},
                       {"STATUS"},
                       {"MBID"}}};
}

void add_release(cli::Table& table, const store::ReleaseRecord& record) {
    const Release& release = record.release;
    std::string title = release.title;
    if (release.disambiguation) title += " (" + *release.disambiguation + ")";
    table.add_row({std::to_string(record.album_id), date_text(release.date),
                   release.country.value_or(""), std::string{to_string(record.format)},
                   media_text(release), title, labels_text(release), release.barcode.value_or(""),
                   record.removed_at_ms ? "removed" : release.status.value_or(""),
                   release.mbid.to_string()});
}

void print_change(const store::ChangeRecord& change, cli::Output& output) {
    const auto id = change.release_mbid ? change.release_mbid : change.album_mbid;
    const auto& title = change.release_mbid ? change.release_title : change.album_title;
    output.line(fmt::format("{}  {:<8}  {} {} of album {}{}", format_time(change.at_ms),
                            to_string(change.change), change.release_mbid ? "release" : "all",
                            id ? id->to_string() : "", change.album_id,
                            title ? ": " + escape_controls(*title) : ""));
    for (const FieldChange& field : change.fields) {
        const auto shown = [](const std::optional<std::string>& value) {
            return value ? escape_controls(shorten(*value, 200)) : std::string{"(nothing)"};
        };
        output.line(fmt::format("    {}: {} -> {}", escape_controls(field.field),
                                shown(field.before), shown(field.after)));
    }
}

void print_oddity(const store::OddityRecord& record, cli::Output& output) {
    const Oddity& oddity = record.oddity;
    output.line(fmt::format("  {}", described(oddity)));
    output.line(fmt::format("    of album {}{}; value: {}; noticed {}, by reader {}",
                            record.album_id,
                            record.album_title ? ": " + escape_controls(*record.album_title) : "",
                            escape_controls(oddity.value.value_or("(none)")),
                            format_time(record.at_ms), oddity.reader));
    if (record.release_title) {
        output.line(fmt::format("    the catalogue has it as it was: {}",
                                escape_controls(*record.release_title)));
    }
}

}  // namespace pressings::render

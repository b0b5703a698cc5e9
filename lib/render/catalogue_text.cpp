#include "render/catalogue_text.hpp"

#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/wrap.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

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

/// Of what goes on in another line.
constexpr std::size_t k_indent = 4;

/// Where the column of the matches is: behind artist and title.
constexpr std::ptrdiff_t k_matches_at = 3;

std::vector<cli::Table::Column> headings_of(const std::vector<AlbumColumn>& columns) {
    std::vector<cli::Table::Column> headings;
    for (const AlbumColumn& column : columns)
        headings.push_back(column.heading);
    headings.insert(headings.begin() + k_matches_at, {"FOUND IN", cli::Table::Align::left, true});
    return headings;
}

}  // namespace

HitTable::HitTable()
    : m_columns(choose_columns(album_columns(), {})), m_table(headings_of(m_columns)) {}

void HitTable::add(const store::SearchHit& hit) {
    std::vector<std::string> cells;
    for (const AlbumColumn& column : m_columns)
        cells.push_back(column.cell(hit.album));
    cells.insert(cells.begin() + k_matches_at, matches_text(hit));
    m_table.add_row(std::move(cells));
}

void print_change(const store::ChangeRecord& change, const cli::Screen& screen,
                  cli::Output& output) {
    const auto id = change.release_mbid ? change.release_mbid : change.album_mbid;
    const auto& title = change.release_mbid ? change.release_title : change.album_title;
    cli::write_wrapped(
        output, screen,
        fmt::format("{}  {:<8}  {} {} of album {}{}", format_time(change.at_ms),
                    to_string(change.change), change.release_mbid ? "release" : "all",
                    id ? id->to_string() : "", change.album_id,
                    title ? ": " + escape_controls(*title) : ""),
        k_indent);
    for (const FieldChange& field : change.fields) {
        const auto shown = [](const std::optional<std::string>& value) {
            return value ? escape_controls(shorten(*value, 200)) : std::string{"(nothing)"};
        };
        cli::write_wrapped(output, screen,
                           fmt::format("    {}: {} -> {}", escape_controls(field.field),
                                       shown(field.before), shown(field.after)),
                           k_indent + 2);
    }
}

void print_oddity(const store::OddityRecord& record, const cli::Screen& screen,
                  cli::Output& output) {
    const Oddity& oddity = record.oddity;
    const auto write = [&](const std::string& text) {
        cli::write_wrapped(output, screen, text, k_indent);
    };
    write(fmt::format("  {}", described(oddity)));
    write(fmt::format("    of album {}{}; value: {}; noticed {}, by reader {}", record.album_id,
                      record.album_title ? ": " + escape_controls(*record.album_title) : "",
                      escape_controls(oddity.value.value_or("(none)")), format_time(record.at_ms),
                      oddity.reader));
    if (record.release_title) {
        write(fmt::format("    the catalogue has it as it was: {}",
                          escape_controls(*record.release_title)));
    }
}

}  // namespace pressings::render

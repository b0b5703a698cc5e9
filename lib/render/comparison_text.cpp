#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/table.hpp"
#include "cli/wrap.hpp"
#include "render/comparison.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

using Align = cli::Table::Align;

constexpr std::size_t k_gap = 2;
constexpr std::size_t k_length_width = 6;
constexpr std::size_t k_least_title = 24;

/// "A" to "Z", "AA", "AB", ...
std::string letters(std::size_t number) {
    std::string text(1, static_cast<char>('A' + number % 26));
    return number < 26 ? text : letters(number / 26 - 1) + text;
}

/// Editions that share a column: their places.
using Column = std::vector<std::size_t>;

std::vector<Column> one_each(std::size_t editions) {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < editions; ++i)
        columns.push_back({i});
    return columns;
}

std::string cell_text(const ComparedCell& cell) {
    switch (cell.presence) {
        case ComparedCell::Presence::missing:
            return "-";
        case ComparedCell::Presence::unknown:
            return "?";
        case ComparedCell::Presence::present:
            break;
    }
    const std::string mark = cell.times == 1 ? "x" : fmt::format("{}x", cell.times);
    if (!cell.difference_ms) return mark;
    const std::int64_t difference = *cell.difference_ms;
    return fmt::format("{} {}{}", mark, difference < 0 ? '-' : '+',
                       length_text(difference < 0 ? -difference : difference));
}

/// Editions with the same text in each row share a column.
std::vector<Column> alike(const Comparison& comparison) {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < comparison.editions.size(); ++i) {
        const auto same = [&](const Column& column) {
            return std::all_of(comparison.tracks.begin(), comparison.tracks.end(),
                               [&](const ComparedTrack& track) {
                                   return cell_text(track.cells[i]) ==
                                          cell_text(track.cells[column.front()]);
                               });
        };
        const auto found = std::find_if(columns.begin(), columns.end(), same);
        if (found == columns.end()) {
            columns.push_back({i});
        } else {
            found->push_back(i);
        }
    }
    return columns;
}

/// The columns of the matrix, each with its letters, and how wide each is.
class Layout {
  public:
    Layout(const Comparison& comparison, std::size_t screen) : m_comparison(comparison) {
        std::size_t title = 0;
        for (const ComparedTrack& track : comparison.tracks)
            title = std::max(title, display_width(escape_controls(track.title)));
        m_room = screen;
        m_left = std::min(title, k_least_title) + k_gap + k_length_width;
        m_columns = one_each(comparison.editions.size());
        if (!fits()) m_columns = alike(comparison);
    }

    const std::vector<Column>& columns() const { return m_columns; }

    /// Where each table begins and the next one does: one table if all fits.
    std::vector<std::pair<std::size_t, std::size_t>> blocks() const {
        std::vector<std::pair<std::size_t, std::size_t>> all;
        std::size_t first = 0;
        std::size_t width = m_left;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const std::size_t more = k_gap + width_of(i);
            if (m_room > 0 && i > first && width + more > m_room) {
                all.emplace_back(first, i);
                first = i;
                width = m_left;
            }
            width += more;
        }
        all.emplace_back(first, m_columns.size());
        return all;
    }

  private:
    bool fits() const { return blocks().size() == 1; }

    std::size_t width_of(std::size_t column) const {
        std::size_t width = letters(column).size();
        for (const ComparedTrack& track : m_comparison.tracks)
            width = std::max(width, cell_text(track.cells[m_columns[column].front()]).size());
        return width;
    }

    const Comparison& m_comparison;
    std::size_t m_room = 0;
    std::size_t m_left = 0;
    std::vector<Column> m_columns;
};

std::string track_counts(const ComparedEdition& edition) {
    if (!edition.is_known) return fmt::format("{}?", edition.tracks);
    return std::to_string(edition.tracks);
}

/// "2 only here, 1 missing".
std::string apart_text(const ComparedEdition& edition) {
    std::vector<std::string> parts;
    if (edition.only_here > 0) parts.push_back(fmt::format("{} only here", edition.only_here));
    if (edition.missing > 0) parts.push_back(fmt::format("{} missing", edition.missing));
    if (!edition.is_known) parts.emplace_back("tracks not all known");
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<std::string> legend_row(const ComparedAlbum& compared, std::size_t place) {
    const Release& release = compared.editions[place].release;
    const ComparedEdition& edition = compared.comparison.editions[place];
    return {date_text(release.date), release.country.value_or(""), media_text(release),
            label_names(release),    track_counts(edition),        apart_text(edition)};
}

cli::Table legend(const ComparedAlbum& compared, const std::vector<Column>& columns) {
    cli::Table table{{{""},
                      {"DATE"},
                      {"CC"},
                      {"MEDIA", Align::left, true},
                      {"LABEL", Align::left, true},
                      {"TRACKS", Align::right},
                      {"", Align::left, true},
                      {"MBID", Align::left, false, 1}}};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].size() > 1)
            table.add_line(fmt::format("{} = {} editions", letters(i), columns[i].size()));
        for (const std::size_t place : columns[i]) {
            auto row = legend_row(compared, place);
            row.insert(row.begin(), letters(i));
            row.push_back(compared.editions[place].release.mbid.to_string());
            table.add_row(std::move(row));
        }
    }
    return table;
}

void print_block(const ComparedAlbum& compared, const Layout& layout,
                 std::pair<std::size_t, std::size_t> block, const cli::Screen& screen,
                 cli::Output& output) {
    std::vector<cli::Table::Column> columns{{"TRACK", Align::left, true}, {"LENGTH", Align::right}};
    for (std::size_t i = block.first; i < block.second; ++i)
        columns.push_back({letters(i)});
    cli::Table table{std::move(columns)};
    for (const ComparedTrack& track : compared.comparison.tracks) {
        std::vector<std::string> row{track.title, length_text(track.length_ms)};
        for (std::size_t i = block.first; i < block.second; ++i)
            row.push_back(cell_text(track.cells[layout.columns()[i].front()]));
        table.add_row(std::move(row));
    }
    output.line("");
    table.print(output, screen);
}

std::string heading(const ComparedAlbum& compared) {
    const Album& album = compared.album.album;
    const std::string artist = credit_text(album.artist_credit);
    const std::size_t editions = compared.editions.size();
    return fmt::format(
        "{}{}: {} edition{}, {} of {} recordings on all", artist.empty() ? "" : artist + " - ",
        album.title.value_or("(title not known yet)"), editions, editions == 1 ? "" : "s",
        compared.comparison.common(), compared.comparison.tracks.size());
}

}  // namespace

void print_comparison(const ComparedAlbum& compared, const cli::Screen& screen,
                      cli::Output& output) {
    cli::write_wrapped(output, screen, escape_controls(heading(compared)));
    if (compared.editions.empty()) return;
    const Layout layout{compared.comparison, screen.columns};
    output.line("");
    legend(compared, layout.columns()).print(output, screen);
    if (compared.comparison.tracks.empty()) return;
    for (const auto& block : layout.blocks())
        print_block(compared, layout, block, screen, output);
    output.line("");
    cli::write_wrapped(
        output, screen,
        "x: on it, 2x: twice; -: missing; ?: not known; x +0:05: longer than LENGTH");
}

}  // namespace pressings::render

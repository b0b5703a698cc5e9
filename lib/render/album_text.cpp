#include "render/album_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/table.hpp"
#include "domain/edition_marks.hpp"
#include "render/album_header.hpp"
#include "render/catalogue_text.hpp"
#include "render/release_text.hpp"
#include "render/track_text.hpp"

namespace pressings::render {

namespace {

using store::ReleaseRecord;
using Group = std::vector<const ReleaseRecord*>;

/// From so many columns on a terminal has room for the MBID, if other columns give way a little.
constexpr std::size_t k_room_for_mbid = 140;

/// Editions of a plain format each, in order of date; the format that came first comes first.
std::vector<Group> by_format(const std::vector<ReleaseRecord>& releases) {
    std::map<PlainFormat, Group> formats;
    for (const ReleaseRecord& release : releases) {
        if (!release.removed_at_ms) formats[release.format].push_back(&release);
    }
    std::vector<Group> groups;
    for (auto& [format, group] : formats) {
        std::sort(group.begin(), group.end(), is_earlier);
        groups.push_back(std::move(group));
    }
    std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
        return date_key(a.front()->release) < date_key(b.front()->release);
    });
    return groups;
}

Group removed_of(const std::vector<ReleaseRecord>& releases) {
    Group removed;
    for (const ReleaseRecord& release : releases) {
        if (release.removed_at_ms) removed.push_back(&release);
    }
    std::sort(removed.begin(), removed.end(), is_earlier);
    return removed;
}

std::string joined(const std::vector<std::string>& parts, const char* sign) {
    return fmt::format("{}", fmt::join(parts, sign));
}

/// "GB", or "GB +2" if it came out in two more countries.
std::string country_text(const Release& release) {
    if (!release.country) return "";
    std::set<std::string> countries{*release.country};
    for (const ReleaseEvent& event : release.events) {
        if (event.country) countries.insert(*event.country);
    }
    return countries.size() == 1 ? *release.country
                                 : fmt::format("{} +{}", *release.country, countries.size() - 1);
}

/// Nothing where it is Official, as most are.
std::string status_text(const ReleaseRecord& record) {
    if (record.removed_at_ms) return "removed " + format_time(*record.removed_at_ms).substr(0, 10);
    const std::string status = record.release.status.value_or("?");
    return status == "Official" ? "" : status;
}

enum class MbidColumn { leave_out, show };

/// What its marks say of an edition: "2×CD, 24 tracks, Digipak".
std::string marks_text(const Release& release, const EditionMarks& marks, MbidColumn mbid) {
    constexpr std::size_t k_short_mbid = 8;
    std::vector<std::string> parts;
    if (marks.title) parts.push_back(release.title);
    if (marks.media) parts.push_back(media_text(release));
    if (marks.tracks) parts.push_back(fmt::format("{} tracks", track_count(release).value_or(0)));
    if (marks.disambiguation) parts.push_back(release.disambiguation.value_or(""));
    if (marks.packaging) parts.push_back(release.packaging.value_or(""));
    if (marks.mbid && mbid == MbidColumn::leave_out) {
        parts.push_back(release.mbid.to_string().substr(0, k_short_mbid));
    }
    return joined(parts, ", ");
}

/// What those without a mark have in common, and the album has not said: ": 2×CD, 24 tracks".
std::string usual_text(const std::vector<const Release*>& editions,
                       const std::vector<EditionMarks>& marks, const std::string& album_title) {
    std::string title;
    std::string media;
    std::optional<int> tracks;
    for (std::size_t i = 0; i < editions.size(); ++i) {
        if (title.empty() && !marks[i].title) title = editions[i]->title;
        if (media.empty() && !marks[i].media) media = media_text(*editions[i]);
        if (!tracks && !marks[i].tracks) tracks = track_count(*editions[i]);
    }
    std::vector<std::string> parts;
    if (!title.empty() && title != album_title) parts.push_back(title);
    if (!media.empty()) parts.push_back(media);
    if (tracks) parts.push_back(fmt::format("{} tracks", *tracks));
    const auto& disambiguation = editions.front()->disambiguation;
    if (disambiguation && !marks.front().disambiguation) parts.push_back(*disambiguation);
    return parts.empty() ? "" : ": " + joined(parts, ", ");
}

struct Column {
    const char* title;
    bool gives_way = true;
    int leaves = 0;
};

constexpr std::array<Column, 8> k_columns{{{"DATE", false},
                                           {"CC", false},
                                           {"LABEL"},
                                           {"CAT. NO.", true, 3},
                                           {"BARCODE", true, 2},
                                           {"STATUS"},
                                           {"EDITION"},
                                           {"MBID", false}}};

using Cells = std::array<std::string, k_columns.size()>;

/// The table, line by line; columns in which nothing stands are left out at the end.
class EditionTable {
  public:
    EditionTable(const WholeAlbum& album, TrackLists tracks, MbidColumn mbid)
        : m_tracks(tracks), m_mbid(mbid), m_title(album.album.album.title.value_or("")) {
        for (const Group& group : by_format(album.releases))
            add(std::string{format_name(group.front()->format)}, group);
        if (const Group removed = removed_of(album.releases); !removed.empty()) {
            add("no longer editions of this album", removed);
        }
    }

    cli::Table table() const {
        const auto filled = filled_columns();
        std::vector<cli::Table::Column> columns;
        for (const std::size_t column : filled) {
            columns.push_back({k_columns[column].title, cli::Table::Align::left,
                               k_columns[column].gives_way, k_columns[column].leaves});
        }
        cli::Table table{std::move(columns)};
        for (const Line& line : m_lines) {
            if (!line.cells) {
                table.add_line(line.text, line.weight);
                continue;
            }
            std::vector<std::string> row;
            for (const std::size_t column : filled)
                row.push_back((*line.cells)[column]);
            table.add_row(std::move(row));
        }
        return table;
    }

  private:
    struct Line {
        std::optional<Cells> cells;  ///< nothing: `text`, across all columns
        std::string text;
        cli::Table::Weight weight = cli::Table::Weight::plain;
    };

    std::vector<std::size_t> filled_columns() const {
        std::vector<std::size_t> filled;
        for (std::size_t column = 0; column < k_columns.size(); ++column) {
            const bool is_filled = std::any_of(
                m_lines.begin(), m_lines.end(),
                [&](const Line& line) { return line.cells && !(*line.cells)[column].empty(); });
            if (is_filled || column == 0) filled.push_back(column);
        }
        return filled;
    }

    void add(const std::string& title, const Group& group) {
        std::vector<const Release*> releases;
        for (const ReleaseRecord* record : group)
            releases.push_back(&record->release);
        const auto marks = edition_marks(releases);
        m_lines.push_back(
            {std::nullopt,
             fmt::format("{} ({}){}", title, group.size(), usual_text(releases, marks, m_title)),
             cli::Table::Weight::bold});
        for (std::size_t i = 0; i < group.size(); ++i)
            add(*group[i], marks[i]);
    }

    void add(const ReleaseRecord& record, const EditionMarks& marks) {
        const Release& release = record.release;
        const std::string mbid = release.mbid.to_string();
        m_lines.push_back(
            {Cells{date_text(release.date), country_text(release), label_names(release),
                   catalogue_numbers(release), release.barcode.value_or(""), status_text(record),
                   marks_text(release, marks, m_mbid), m_mbid == MbidColumn::show ? mbid : ""},
             {}});
        if (m_tracks == TrackLists::leave_out) return;
        if (m_mbid == MbidColumn::leave_out) m_lines.push_back({std::nullopt, "    " + mbid});
        for (const std::string& line : release_lines(release))
            m_lines.push_back({std::nullopt, line});
    }

    TrackLists m_tracks;
    MbidColumn m_mbid;
    std::string m_title;
    std::vector<Line> m_lines;
};

/// The MBID is the first to give way on a narrow terminal.
void print_editions(const WholeAlbum& album, TrackLists tracks, const cli::Screen& screen,
                    cli::Output& output) {
    const cli::Table whole = EditionTable{album, tracks, MbidColumn::show}.table();
    const bool has_room = screen.columns >= k_room_for_mbid || whole.fits(screen);
    output.line("");
    (has_room ? whole : EditionTable{album, tracks, MbidColumn::leave_out}.table())
        .print(output, screen);
}

}  // namespace

void print_album(const WholeAlbum& album, TrackLists tracks, const cli::Screen& screen,
                 cli::Output& output) {
    print_header(album, screen, output);
    if (!album.releases.empty()) print_editions(album, tracks, screen, output);
    if (album.oddities.empty()) return;
    output.line("\nkept back at the last import:");
    for (const store::OddityRecord& oddity : album.oddities)
        print_oddity(oddity, screen, output);
}

}  // namespace pressings::render

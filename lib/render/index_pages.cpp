#include <fmt/format.h>

#include "base/text.hpp"
#include "render/album_pages.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

constexpr std::int64_t k_albums_on_a_page = 300;
constexpr std::size_t k_columns_of_a_name = 24;

constexpr std::string_view k_table_head =
    "<div class=\"wide\">\n<table>\n<caption>By artist, then by date</caption>\n<thead><tr>"
    "<th scope=\"col\">Artist</th><th scope=\"col\">Title</th><th scope=\"col\">First</th>"
    "<th scope=\"col\">Type</th><th scope=\"col\" class=\"n\">Vinyl</th>"
    "<th scope=\"col\" class=\"n\">CD</th><th scope=\"col\" class=\"n\">Digital</th>"
    "<th scope=\"col\" class=\"n\">Cassette</th><th scope=\"col\" class=\"n\">Other</th>"
    "</tr></thead>\n<tbody>\n";
constexpr std::string_view k_table_end = "</tbody>\n</table>\n</div>\n";

std::string cell(const std::string& outside) {
    return "<td><bdi>" + escape_html(outside) + "</bdi></td>";
}

std::string row_html(const store::AlbumRecord& record, const FormatCounts& counts) {
    const Album& album = record.album;
    std::string type = album.primary_type.value_or("");
    for (const std::string& secondary : album.secondary_types)
        type += (type.empty() ? "" : " + ") + secondary;
    std::string row = "<tr>" + cell(credit_text(album.artist_credit));
    row += fmt::format("<td><a href=\"{}\"><bdi>{}</bdi></a></td>", cli::album_name(record.id),
                       escape_html(album.title.value_or("(title not known)")));
    row += fmt::format("<td class=\"date\">{}</td>", date_text(album.first_release_date));
    row += cell(type);
    for (const std::int64_t count : counts) {
        row += fmt::format("<td class=\"n\">{}</td>", count > 0 ? std::to_string(count) : "");
    }
    return row + "</tr>\n";
}

std::string way(std::int64_t page, const std::string& words) {
    return fmt::format("<li><a href=\"{}\"><bdi>{}</bdi></a></li>\n", cli::index_name(page),
                       escape_html(words));
}

std::int64_t page_count(const store::CatalogueStats& stats) {
    return (stats.albums + k_albums_on_a_page - 1) / k_albums_on_a_page;
}

/// A table of counts with bars as long as the counts are high.
void add_counts(HtmlPage& page, std::string_view title, std::string_view column,
                const std::vector<store::Count>& counts) {
    std::int64_t highest = 1;
    for (const store::Count& count : counts)
        highest = std::max(highest, count.count);
    page.markup(
        fmt::format("<h2>{}</h2>\n<table>\n<thead><tr><th scope=\"col\">{}</th>"
                    "<th scope=\"col\" class=\"n\">Releases</th><td></td></tr></thead>\n"
                    "<tbody>\n",
                    title, column));
    for (const store::Count& count : counts) {
        page.markup("<tr><th scope=\"row\">").text(count.name.value_or("(not known)"));
        page.markup(
            fmt::format("</th><td class=\"n\">{}</td><td style=\"width:50%\">"
                        "<span class=\"bar\" style=\"width:{}%\"></span></td></tr>\n",
                        count.count, count.count * 100 / highest));
    }
    page.markup("</tbody>\n</table>\n");
}

}  // namespace

IndexPages::IndexPages(cli::ReportFolder& folder, const store::CatalogueStats& stats,
                       std::string footer)
    : m_folder(folder), m_stats(stats), m_footer(std::move(footer)) {}

void IndexPages::add(const store::AlbumRecord& album, const FormatCounts& counts) {
    if (m_row_count == k_albums_on_a_page) end_page();
    const ArtistCredit& credit = album.album.artist_credit;
    m_last_artist = credit.empty() ? "(no artist)" : sort_name({credit.front()});
    if (m_row_count == 0) m_first_artist = m_last_artist;
    m_rows += row_html(album, counts);
    ++m_row_count;
}

void IndexPages::end_page() {
    m_ranges.push_back(fmt::format("{} – {}", fit_width(m_first_artist, k_columns_of_a_name),
                                   fit_width(m_last_artist, k_columns_of_a_name)));
    const auto page = static_cast<std::int64_t>(m_ranges.size());
    if (page == 1) {
        m_first_rows = std::move(m_rows);
    } else {
        m_folder.add(cli::index_name(page), page_html(page, m_rows));
    }
    m_rows.clear();
    m_row_count = 0;
}

void IndexPages::finish() {
    if (m_row_count > 0 || m_ranges.empty()) end_page();
    m_folder.add(cli::index_name(1), page_html(1, m_first_rows));
}

std::string IndexPages::page_html(std::int64_t page, const std::string& rows) const {
    const std::string number = page == 1 ? "" : fmt::format(", page {}", page);
    HtmlPage html{"Albums" + number, ""};
    html.markup("<h1>Albums" + number + "</h1>\n");
    if (page == 1) {
        html.markup(
            fmt::format("<p>{} albums, {} releases.</p>\n", m_stats.albums, m_stats.releases));
        html.markup(ways_to_all());
    } else {
        html.markup(ways_beside(page));
    }
    if (rows.empty()) {
        html.markup("<p>There are no albums yet.</p>\n");
    } else {
        html.markup(k_table_head).markup(rows).markup(k_table_end).markup(ways_beside(page));
    }
    return html.finish(page == 1 ? m_footer : std::string{});
}

std::string IndexPages::ways_to_all() const {
    if (m_ranges.size() < 2) return "";
    std::string ways = "<nav aria-label=\"Pages\"><ul class=\"pages\">\n";
    for (std::size_t i = 1; i < m_ranges.size(); ++i)
        ways += way(static_cast<std::int64_t>(i) + 1, m_ranges[i]);
    return ways + "</ul></nav>\n";
}

std::string IndexPages::ways_beside(std::int64_t page) const {
    if (page_count(m_stats) < 2) return "";
    std::string ways = "<nav aria-label=\"Neighbours\"><ul class=\"pages\">\n";
    if (page > 1) ways += way(page - 1, "Previous page");
    if (page < page_count(m_stats)) ways += way(page + 1, "Next page");
    return ways + "</ul></nav>\n";
}

std::string statistics_page(const store::CatalogueStats& stats, const std::string& footer) {
    HtmlPage page{"Statistics", ""};
    page.markup("<h1>Statistics</h1>\n<dl>\n");
    const std::pair<const char*, std::int64_t> numbers[] = {
        {"Albums", stats.albums},     {"of them imported", stats.albums_imported},
        {"Releases", stats.releases}, {"removed besides", stats.releases_removed},
        {"Media", stats.media},       {"Tracks", stats.tracks},
        {"Artists", stats.artists},   {"Labels", stats.labels}};
    for (const auto& [name, number] : numbers)
        page.fact(name, std::to_string(number));
    if (stats.recordings) page.fact("Recordings", std::to_string(*stats.recordings));
    page.markup("</dl>\n");
    add_counts(page, "By format", "Format", stats.by_format);
    add_counts(page, "By status", "Status", stats.by_status);
    add_counts(page, "By country, the twenty with most", "Country", stats.by_country);
    add_counts(page, "By label, the twenty with most", "Label", stats.by_label);
    add_counts(page, "By decade", "Decade", stats.by_decade);
    return page.finish(footer);
}

}  // namespace pressings::render

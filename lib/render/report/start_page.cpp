#include "render/report/start_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "render/html.hpp"
#include "render/report/charts.hpp"
#include "render/report/editions.hpp"

namespace pressings::render::report {

namespace {

using store::CatalogueStats;
using store::Count;

constexpr Millis k_week_ms = Millis{7} * 86'400'000;

std::string panel(std::string_view id, std::string_view title, std::string_view classes,
                  const std::string& html) {
    return fmt::format(
        "<section class=\"panel {2}\" aria-labelledby=\"{0}\"><h2 id=\"{0}\">{1}</h2>{3}"
        "</section>\n",
        id, title, classes, html);
}

std::string card(std::string_view name, const std::string& value, const std::string& note,
                 const std::string& picture = "", std::string_view address = "") {
    constexpr std::size_t k_short = 8;
    const std::string_view tag = address.empty() ? "div" : "a";
    return fmt::format(
        "<{0} class=\"card\"{1}><span class=\"name\">{2}</span><strong{6}>{3}</strong>"
        "<span class=\"soft\">{4}</span>{5}</{0}>\n",
        tag, address.empty() ? "" : fmt::format(" href=\"{}\"", address), name, value, note,
        picture, value.size() > k_short ? " class=\"long\"" : "");
}

std::string growth_note(const Growth& growth, Millis now_ms) {
    const std::int64_t recent = growth.since(now_ms - k_week_ms);
    return recent > 0 ? fmt::format("+{} in 7 days", figure(recent)) : "none new in 7 days";
}

std::string per_album(std::int64_t count, std::int64_t albums, std::string_view what) {
    if (albums == 0) return "";
    return fmt::format("{} {}", rate(static_cast<double>(count) / static_cast<double>(albums)),
                       what);
}

/// What became of the albums that are not imported.
std::string not_imported_note(const CatalogueStats& stats) {
    if (stats.albums_imported == stats.albums) return "all albums";
    std::string note;
    const std::pair<const char*, std::int64_t> parts[] = {
        {"wait", stats.albums_waiting},
        {"failed", stats.albums_failed},
        {"not asked for", stats.albums_never_asked}};
    for (const auto& [words, count] : parts) {
        if (count > 0) note += (note.empty() ? "" : ", ") + figure(count) + " " + words;
    }
    return note;
}

std::string cards(const Frame& frame, const CatalogueStats& stats, const Tally& tally) {
    const Millis now_ms = frame.written_at_ms;
    return "<section class=\"cards\" aria-label=\"Figures\">\n" +
           card("Albums", figure(stats.albums), growth_note(tally.albums(), now_ms),
                sparkline(tally.albums().points(), now_ms), "albums.html") +
           card("Releases", figure(stats.releases), growth_note(tally.releases(), now_ms),
                sparkline(tally.releases().points(), now_ms)) +
           card("Tracks", figure(stats.tracks),
                per_album(stats.tracks, stats.releases, "a release")) +
           card("Artists", figure(stats.artists),
                stats.recordings ? figure(*stats.recordings) + " recordings"
                                 : "of albums and tracks") +
           card("Labels", figure(stats.labels),
                per_album(stats.releases, stats.labels, "releases each")) +
           card("Imported", share(stats.albums_imported, stats.albums), not_imported_note(stats),
                bar(stats.albums_imported, stats.albums)) +
           "</section>\n";
}

/// A row of a list of bars; `name` is markup.
std::string bar_row(const std::string& name, const std::string& value, std::int64_t part,
                    std::int64_t whole) {
    return fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"barcell\">{}</td><td class=\"n\">{}</td></tr>",
        name, bar(part, whole), value);
}

std::string bar_table(std::string_view caption, const std::string& rows) {
    return fmt::format("<table class=\"bars\" aria-label=\"{}\"><tbody>{}</tbody></table>", caption,
                       rows);
}

std::string completeness(const CatalogueStats& stats) {
    const auto row = [](const char* name, std::int64_t part, std::int64_t whole) {
        return bar_row(name, share(part, whole), part, whole);
    };
    return bar_table(
        "How complete albums and releases are",
        row("Albums imported", stats.albums_imported, stats.albums) +
            row("With a date", stats.with_date, stats.releases) +
            row("With a country", stats.with_country, stats.releases) +
            row("With a label", stats.with_label, stats.releases) +
            row("Barcode known", stats.with_barcode + stats.without_barcode, stats.releases) +
            row("With all tracks", stats.with_tracks, stats.releases));
}

/// The ten with most; `name_of` gives markup.
template <typename NameOf>
std::string counts(std::string_view caption, const std::vector<Count>& all, const NameOf& name_of) {
    constexpr std::size_t k_shown = 10;
    std::int64_t highest = 1;
    for (const Count& count : all)
        highest = std::max(highest, count.count);
    std::string rows;
    for (std::size_t i = 0; i < std::min(all.size(), k_shown); ++i) {
        const std::string name =
            all[i].name ? name_of(*all[i].name) : "<span class=\"soft\">not known</span>";
        rows += bar_row(name, figure(all[i].count), all[i].count, highest);
    }
    return rows.empty() ? "<p class=\"soft\">No releases yet.</p>" : bar_table(caption, rows);
}

std::string label_link(const Tally& tally, const std::string& name) {
    const auto mbid = tally.label(name);
    if (!mbid) return shown(name);
    return fmt::format("<a href=\"label.html#{}\">{}</a>", mbid->to_string(), shown(name));
}

std::string breakdowns(const CatalogueStats& stats, const Tally& tally) {
    return panel("countries", "Countries", "",
                 counts("Releases by country", stats.by_country,
                        [&](const std::string& code) { return shown(tally.country(code)); })) +
           panel("labels", "Labels", "",
                 counts("Releases by label", stats.by_label,
                        [&](const std::string& name) { return label_link(tally, name); })) +
           panel("statuses", "Status", "",
                 counts("Releases by status", stats.by_status,
                        [](const std::string& name) { return shown(name); }));
}

std::string growth(const Frame& frame, const Tally& tally) {
    const Millis now_ms = frame.written_at_ms;
    return "<div class=\"pair\">" + line_chart(tally.albums().points(), now_ms, "albums") +
           line_chart(tally.releases().points(), now_ms, "releases") + "</div>";
}

std::string empty_page(const Frame& frame, const Overview& overview) {
    const std::string& database = overview.database;
    const auto command = [&](std::string_view text) {
        return "<code class=\"command\">" + escape_html(std::string{text} + database) + "</code>";
    };
    return page(
        frame, "start", "Pressings",
        "<div class=\"empty\"><svg viewBox=\"0 0 32 32\" aria-hidden=\"true\"><circle cx=\"16\" "
        "cy=\"16\" r=\"15\"/><circle class=\"groove\" cx=\"16\" cy=\"16\" r=\"11.5\"/>"
        "<circle class=\"groove\" cx=\"16\" cy=\"16\" r=\"8.5\"/><circle class=\"paper\" "
        "cx=\"16\" cy=\"16\" r=\"5.5\"/></svg><h1>There are no albums yet</h1>"
        "<p>Put one in by its MusicBrainz address, or many from a file:</p>" +
            command("album-import "
                    "https://musicbrainz.org/release-group/6e335887-60ba-38f0-95af-fae7774336bf") +
            command("album-import --from albums.csv") +
            "<p>Then have their releases fetched, and write this report again:</p>" +
            command("release-worker run --contact you@example.org") +
            command("release-catalog report --output FOLDER") + "</div>");
}

}  // namespace

std::string start_page(const Frame& frame, const Overview& overview, const Tally& tally) {
    const CatalogueStats& stats = overview.stats;
    if (stats.albums == 0 && overview.queue.open() == 0) return empty_page(frame, overview);
    return page(frame, "start", "Pressings",
                "<div class=\"heading\"><h1>Overview</h1><p class=\"soft\">As of " +
                    moment(frame.written_at_ms) + " UTC</p></div>\n" + cards(frame, stats, tally) +
                    "<div class=\"columns\">\n<div class=\"broad\">" + queue_panel(overview) +
                    panel("decades", "Releases by decade and format", "grows",
                          decade_chart(tally.decades())) +
                    "</div>\n<div class=\"slim\">" +
                    panel("complete", "Completeness", "", completeness(stats)) +
                    panel("growth", "Growth", "grows", growth(frame, tally)) + "</div>\n</div>\n" +
                    failed_panel(overview) + "<div class=\"thirds\">\n" + breakdowns(stats, tally) +
                    "</div>\n<div class=\"halves\">\n" + recent_panels(overview, tally) + "</div>");
}

}  // namespace pressings::render::report

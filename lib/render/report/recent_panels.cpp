#include <fmt/format.h>

#include "base/text.hpp"
#include "render/html.hpp"
#include "render/report/charts.hpp"
#include "render/report/editions.hpp"
#include "render/report/start_page.hpp"

namespace pressings::render::report {

namespace {

constexpr std::size_t k_value_bytes = 60;

std::string chips(const FormatCounts& counts) {
    std::string html;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) continue;
        const auto format = static_cast<PlainFormat>(i);
        html += fmt::format("<span class=\"chip\"><span class=\"dot {}\"></span>{} {}</span>",
                            to_string(format), counts[i], format_title(format));
    }
    return html.empty() ? "<span class=\"soft\">no releases</span>" : html;
}

std::string import_entry(const RecentImport& import) {
    return fmt::format(
        "<li><div><a href=\"album.html#{}\">{}</a> <span class=\"soft\">{}</span></div>"
        "<div class=\"aside\">{}</div><div class=\"soft when\">{}</div></li>",
        import.album_id, shown(import.title), shown(import.artist), chips(import.counts),
        moment(import.at_ms));
}

/// "barcode: (none) → 724358", of the first field, and how many more there are.
std::string fields_text(const std::vector<FieldChange>& fields) {
    if (fields.empty()) return "";
    const auto value = [](const std::optional<std::string>& text) {
        return text ? shorten(*text, k_value_bytes) : "(none)";
    };
    const FieldChange& first = fields.front();
    std::string html =
        shown(first.field) + ": " + shown(value(first.before)) + " → " + shown(value(first.after));
    if (fields.size() > 1) html += fmt::format(", and {} more", fields.size() - 1);
    return html;
}

std::string change_entry(const store::ChangeRecord& change) {
    return fmt::format(
        "<li><div><a href=\"album.html#{}\">{}</a> <span class=\"soft\">{}</span></div>"
        "<div class=\"aside\"><span class=\"tag {}\">{}</span> <span class=\"soft\">{}</span></div>"
        "<div class=\"soft when\">{}</div></li>",
        change.album_id, shown(change.album_title.value_or("(title not known)")),
        shown(change.release_mbid ? change.release_title.value_or("") : "the album itself"),
        to_string(change.change), to_string(change.change), fields_text(change.fields),
        moment(change.at_ms));
}

std::string panel(std::string_view id, std::string_view title, const std::string& html,
                  std::string_view classes = "") {
    return fmt::format(
        "<section class=\"panel {3}\" aria-labelledby=\"{0}\"><h2 id=\"{0}\">{1}</h2>{2}"
        "</section>\n",
        id, title, html, classes);
}

}  // namespace

std::string recent_panels(const Overview& overview, const Tally& tally) {
    std::string imports;
    for (const RecentImport& import : tally.imports())
        imports += import_entry(import);
    std::string changes;
    for (const store::ChangeRecord& change : overview.changes)
        changes += change_entry(change);
    if (imports.empty()) return "";
    if (changes.empty()) {
        return panel("imports", "Imported last",
                     "<ul class=\"events two\">" + imports +
                         "</ul><p class=\"soft\">MusicBrainz has changed nothing of what was "
                         "imported.</p>",
                     "both");
    }
    return panel("imports", "Imported last", "<ul class=\"events\">" + imports + "</ul>") +
           panel("changes", "Changed last", "<ul class=\"events\">" + changes + "</ul>");
}

}  // namespace pressings::render::report

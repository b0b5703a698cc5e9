#include "render/report/page.hpp"

#include <fmt/format.h>

#include "base/time.hpp"
#include "render/html.hpp"

namespace pressings::render::report {

namespace {

// Scripts and styles of the folder alone, no other address: a page asks nobody. Chromium and
// Firefox count the files beside a page that is opened from a disk as 'self', too.
constexpr std::string_view k_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'";

constexpr std::string_view k_logo =
    "<svg class=\"logo\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><circle cx=\"16\" cy=\"16\" "
    "r=\"15\"/><circle class=\"groove\" cx=\"16\" cy=\"16\" r=\"11.5\"/><circle class=\"groove\" "
    "cx=\"16\" cy=\"16\" r=\"8.5\"/><circle class=\"paper\" cx=\"16\" cy=\"16\" r=\"5.5\"/>"
    "<circle cx=\"16\" cy=\"16\" r=\"1.4\"/></svg>";

std::string menu_entry(std::string_view name, std::string_view current, std::string_view address,
                       std::string_view words) {
    return fmt::format("<a href=\"{}\"{}>{}</a>", address,
                       name == current ? " aria-current=\"page\"" : "", words);
}

std::string head(const Frame& frame, std::string_view title) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{0}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{1}</title>\n"
        "<link rel=\"icon\" href=\"icon.svg\">\n"
        "<link rel=\"stylesheet\" href=\"report.css?v={2}\">\n"
        "<script src=\"report.js?v={2}\" defer></script>\n</head>\n",
        k_policy, escape_html(title), frame.written_at_ms);
}

std::string body_tag(const Frame& frame, std::string_view name) {
    const ShardCounts& shards = frame.shards;
    return fmt::format(
        "<body data-page=\"{}\" data-version=\"{}\" data-albums=\"{}\" data-tracks=\"{}\" "
        "data-artists=\"{}\" data-labels=\"{}\" data-lists=\"{}\">\n",
        name, frame.written_at_ms, shards.albums, shards.tracks, shards.artists, shards.labels,
        shards.lists);
}

std::string top_bar(std::string_view name) {
    return fmt::format(
        "<a class=\"skip\" href=\"#main\">To the content</a>\n<header class=\"top\">"
        "<a class=\"home\" href=\"index.html\">{}<span>Pressings</span></a>"
        "<nav aria-label=\"Report\">{}{}</nav>"
        "<form class=\"find\" role=\"search\" hidden><label><span class=\"unseen\">Search albums"
        "</span><input type=\"search\" id=\"find\" placeholder=\"Search albums\" "
        "autocomplete=\"off\" spellcheck=\"false\" aria-keyshortcuts=\"/\"></label>"
        "<kbd aria-hidden=\"true\">/</kbd></form></header>\n",
        k_logo, menu_entry("start", name, "index.html", "Overview"),
        menu_entry("albums", name, "albums.html", "Albums"));
}

}  // namespace

std::string page(const Frame& frame, std::string_view name, std::string_view title,
                 std::string_view main) {
    return head(frame, title) + body_tag(frame, name) + top_bar(name) +
           fmt::format(
               "<main id=\"main\" tabindex=\"-1\">\n{}\n</main>\n<footer>Written by "
               "release-catalog {} at {} UTC. The data is MusicBrainz’s, CC0.</footer>\n"
               "</body>\n</html>\n",
               main, escape_html(frame.version), moment(frame.written_at_ms));
}

std::string shell(const Frame& frame, std::string_view name, std::string_view title) {
    return page(frame, name, title,
                fmt::format("<h1>{}</h1>\n<noscript><p class=\"panel note\">This page is made by a "
                            "script, which this browser does not run. The <a "
                            "href=\"index.html\">overview</a> needs none.</p></noscript>\n"
                            "<div id=\"content\" aria-busy=\"true\"></div>",
                            title));
}

std::string shown(std::string_view outside) {
    return "<bdi>" + escape_html(outside) + "</bdi>";
}

std::string moment(Millis at_ms) {
    std::string text = format_time(at_ms);
    const std::string exact = text;
    text[10] = ' ';
    return fmt::format("<time datetime=\"{}\">{}</time>", exact, text.substr(0, 16));
}

}  // namespace pressings::render::report

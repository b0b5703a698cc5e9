#include "render/html.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace pressings::render {

namespace {

// No script, no picture, no address but the links: a page shows what is in it and asks nobody.
constexpr std::string_view k_head =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n";

constexpr std::string_view k_style =
    "<style>\n"
    ":root{--ink:#1b1b1f;--paper:#fdfdfb;--soft:#55555f;--line:#d4d4cf;--link:#0b57a4;"
    "--bar:#9db8d6}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#e8e8e3;--paper:#17171a;--soft:#aaaab2;"
    "--line:#3a3a40;--link:#8ab8ec;--bar:#3c5a7c}}\n"
    "body{margin:0 auto;padding:0 1rem 2rem;max-width:64rem;color:var(--ink);"
    "background:var(--paper);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\n"
    "a{color:var(--link)}\n"
    "header nav,.pages{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1rem 0;padding:0;"
    "list-style:none}\n"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}\n"
    "caption{text-align:left;color:var(--soft)}\n"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;"
    "border-bottom:1px solid var(--line)}\n"
    ".n{text-align:right}\n"
    ".n,.date{white-space:nowrap}\n"
    ".wide{overflow-x:auto}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}\n"
    "dt,footer,.soft{color:var(--soft)}\n"
    "dd{margin:0}\n"
    "section{border-top:1px solid var(--line);margin-top:1.5rem}\n"
    "h2,h3{margin:.8rem 0 .3rem}\n"
    "summary{cursor:pointer}\n"
    ".bar{display:block;height:.7rem;min-width:1px;margin-top:.4rem;background:var(--bar)}\n"
    "@media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}\n"
    "</style>\n";

const char* reference_for(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return nullptr;
    }
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string html;
    html.reserve(text.size());
    for (const char c : escape_controls(text)) {
        const char* reference = reference_for(c);
        if (reference != nullptr) {
            html += reference;
        } else {
            html += c;
        }
    }
    return html;
}

std::string musicbrainz_url(Entity entity, const Mbid& mbid) {
    const char* kind = entity == Entity::release ? "release" : "release-group";
    return fmt::format("https://musicbrainz.org/{}/{}", kind, mbid.to_string());
}

HtmlPage::HtmlPage(std::string_view title, std::string_view root) {
    m_html += k_head;
    m_html += fmt::format("<title>{}</title>\n", escape_html(title));
    m_html += k_style;
    m_html += fmt::format(
        "</head>\n<body>\n<header><nav aria-label=\"Report\"><a href=\"{0}index.html\">Albums</a> "
        "<a href=\"{0}statistics.html\">Statistics</a></nav></header>\n<main>\n",
        root);
}

HtmlPage& HtmlPage::markup(std::string_view tags) {
    m_html += tags;
    return *this;
}

HtmlPage& HtmlPage::text(std::string_view outside) {
    m_html += "<bdi>" + escape_html(outside) + "</bdi>";
    return *this;
}

void HtmlPage::fact(std::string_view name, std::string_view outside) {
    if (outside.empty()) return;
    fact_markup(name, "<bdi>" + escape_html(outside) + "</bdi>");
}

void HtmlPage::fact_markup(std::string_view name, std::string_view tags) {
    m_html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, tags);
}

std::string HtmlPage::finish(std::string_view footer) {
    m_html += "</main>\n";
    if (!footer.empty()) m_html += fmt::format("<footer>{}</footer>\n", escape_html(footer));
    m_html += "</body>\n</html>\n";
    return std::move(m_html);
}

}  // namespace pressings::render

#include "render/html.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace pressings::render {

namespace {

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

}  // namespace pressings::render

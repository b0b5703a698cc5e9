#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "render/html.hpp"
#include "render/release_text.hpp"
#include "render/upcoming.hpp"

/// Atom: https://www.rfc-editor.org/rfc/rfc4287
namespace pressings::render {

namespace {

/// An element with text from outside; what XML 1.0 cannot hold has become visible.
std::string element(const char* name, const std::string& text) {
    return fmt::format("<{}>{}</{}>\n", name, escape_html(text), name);
}

std::string title(const Release& release) {
    const std::string artist = credit_text(release.artist_credit);
    return fmt::format("{}: {}{}{}", date_text(release.date), artist.empty() ? "" : artist + " - ",
                       release.title,
                       release.disambiguation ? " (" + *release.disambiguation + ")" : "");
}

std::string content(const UpcomingRelease& upcoming) {
    const Release& release = upcoming.record.release;
    std::vector<std::string> parts;
    for (const std::string& part :
         {media_text(release), release.country.value_or(""), labels_text(release),
          release.status.value_or(""),
          std::string{upcoming.ahead == Ahead::maybe ? "out already, or still to come" : ""}}) {
        if (!part.empty()) parts.push_back(part);
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string entry(const UpcomingRelease& upcoming) {
    const Release& release = upcoming.record.release;
    const std::string link = escape_html(musicbrainz_url(Entity::release, release.mbid));
    return "<entry>\n" + element("id", "urn:uuid:" + release.mbid.to_string()) +
           element("title", title(release)) +
           element("updated", format_time(upcoming.updated_at_ms)) +
           fmt::format("<link rel=\"alternate\" href=\"{}\"/>\n", link) +
           element("content", content(upcoming)) + "</entry>\n";
}

}  // namespace

void write_feed(const std::vector<UpcomingRelease>& upcoming, const std::string& name,
                Millis now_ms, cli::Output& output) {
    Millis updated_ms = upcoming.empty() ? now_ms : upcoming.front().updated_at_ms;
    for (const UpcomingRelease& one : upcoming)
        updated_ms = std::max(updated_ms, one.updated_at_ms);
    output.write(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    output.write(element(
        "id", "tag:pressings,2026:upcoming" + (name.empty() ? "" : "/" + percent_encoded(name))));
    output.write(element("title", name.empty() ? "Releases to come" : "Releases to come: " + name));
    output.write(element("updated", format_time(updated_ms)));
    output.write(
        "<author><name>Pressings</name></author>\n"
        "<generator>release-catalog</generator>\n"
        "<rights>The data is MusicBrainz's, CC0.</rights>\n");
    for (const UpcomingRelease& one : upcoming)
        output.write(entry(one));
    output.write("</feed>\n");
}

}  // namespace pressings::render

#include "render/album_pages.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

constexpr PlainFormat k_formats[] = {PlainFormat::vinyl, PlainFormat::cd, PlainFormat::digital,
                                     PlainFormat::cassette, PlainFormat::other};

std::string artist_text(const ArtistCredit& credit) {
    return credit.empty() ? "(artist not known)" : credit_text(credit);
}

std::string title_text(const Album& album) {
    return album.title.value_or("(title not known)");
}

std::string type_text(const Album& album) {
    std::string type = album.primary_type.value_or("");
    for (const std::string& secondary : album.secondary_types)
        type += (type.empty() ? "" : " + ") + secondary;
    return type;
}

std::string link(Entity entity, const Mbid& mbid) {
    return fmt::format("<a href=\"{}\" rel=\"noreferrer\">{}</a>", musicbrainz_url(entity, mbid),
                       mbid.to_string());
}

/// "2 × vinyl, cd".
std::string formats_text(const FormatCounts& counts) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto name = to_string(k_formats[i]);
        if (counts[i] > 0) parts.push_back(fmt::format("{} {}", counts[i], name));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string places_text(const Release& release) {
    std::vector<std::string> parts;
    for (const ReleaseEvent& event : release.events) {
        const std::string country = event.country.value_or("");
        const std::string place = event.area_name.value_or(country);
        const std::string code =
            !country.empty() && place != country ? fmt::format(" ({})", country) : "";
        const std::string date = date_text(event.date);
        parts.push_back(date + (date.empty() || place.empty() ? "" : ", ") + place + code);
    }
    if (parts.empty()) return date_text(release.date) + " " + release.country.value_or("");
    return fmt::format("{}", fmt::join(parts, "; "));
}

/// What a release is told from the others by: "12" Vinyl · 1973-03-23 · GB".
std::string heading_text(const Release& release) {
    std::string heading = release.media.empty() ? "(media not known)" : media_text(release);
    for (const std::string& part : {date_text(release.date), release.country.value_or("")}) {
        if (!part.empty()) heading += " · " + part;
    }
    return heading;
}

std::string barcode_text(const Release& release) {
    if (!release.barcode) return "";
    return release.barcode->empty() ? "(none on it)" : *release.barcode;
}

std::string medium_heading(const Medium& medium) {
    std::string heading = fmt::format("{} {}", medium.format.value_or("Medium"), medium.position);
    if (medium.title) heading += ": " + *medium.title;
    return heading;
}

void add_track(HtmlPage& page, const Track& track, const std::string& artist_of_release) {
    const std::string artist = credit_text(track.artist_credit);
    page.markup("<tr><td class=\"n\">").text(track.number).markup("</td><td>").text(track.title);
    if (track.kind != TrackKind::track) {
        page.markup(track.kind == TrackKind::pregap ? " (in the pregap)" : " (data)");
    }
    if (!artist.empty() && artist != artist_of_release) {
        page.markup("<br><span class=\"soft\">").text(artist).markup("</span>");
    }
    page.markup(fmt::format("</td><td class=\"n\">{}</td></tr>\n", length_text(track.length_ms)));
}

void add_tracks(HtmlPage& page, const Release& release) {
    std::size_t count = 0;
    for (const Medium& medium : release.media)
        count += medium.tracks ? medium.tracks->size() : 0;
    if (count == 0) return;
    const std::string artist = credit_text(release.artist_credit);
    page.markup(fmt::format("<details><summary>Tracks ({})</summary>\n", count));
    for (const Medium& medium : release.media) {
        if (!medium.tracks || medium.tracks->empty()) continue;
        page.markup("<table><caption>").text(medium_heading(medium));
        page.markup(
            "</caption>\n<thead><tr><th scope=\"col\" class=\"n\">No.</th>"
            "<th scope=\"col\">Title</th><th scope=\"col\" class=\"n\">Length</th></tr></thead>\n"
            "<tbody>\n");
        for (const Track& track : *medium.tracks)
            add_track(page, track, artist);
        page.markup("</tbody></table>\n");
    }
    page.markup("</details>\n");
}

void add_facts(HtmlPage& page, const store::ReleaseRecord& record) {
    const Release& release = record.release;
    page.markup("<dl>\n");
    page.fact("Title", release.title);
    page.fact("Comment", release.disambiguation.value_or(""));
    page.fact("Artist", credit_text(release.artist_credit));
    page.fact("Format", to_string(record.format));
    page.fact("Released", trim(places_text(release)));
    page.fact("Label", labels_text(release));
    page.fact("Barcode", barcode_text(release));
    page.fact("Status", release.status.value_or(""));
    page.fact("Packaging", release.packaging.value_or(""));
    page.fact("Language", release.language.value_or(""));
    page.fact("Script", release.script.value_or(""));
    page.fact("ASIN", release.asin.value_or(""));
    if (record.removed_at_ms) page.fact("Left the album", format_time(*record.removed_at_ms));
    page.fact_markup("MusicBrainz", link(Entity::release, release.mbid));
    page.markup("</dl>\n");
}

}  // namespace

AlbumPage::AlbumPage(const store::AlbumRecord& record)
    : m_page(
          fmt::format("{} – {}", artist_text(record.album.artist_credit), title_text(record.album)),
          cli::k_root_of_album) {
    const Album& album = record.album;
    m_page.markup("<h1>").text(title_text(album)).markup("</h1>\n<dl>\n");
    m_page.fact("Artist", artist_text(album.artist_credit));
    m_page.fact("Comment", album.disambiguation.value_or(""));
    m_page.fact("First released", date_text(album.first_release_date));
    m_page.fact("Type", type_text(album));
    if (album.mbid) m_page.fact_markup("MusicBrainz", link(Entity::release_group, *album.mbid));
    m_page.fact("Imported",
                record.imported_at_ms ? format_time(*record.imported_at_ms) : "(not imported yet)");
    m_page.markup("</dl>\n");
}

void AlbumPage::add(const store::ReleaseRecord& record) {
    for (std::size_t i = 0; i < m_counts.size(); ++i)
        m_counts[i] += record.format == k_formats[i] ? 1 : 0;
    m_page.markup(fmt::format("<section id=\"release-{}\">\n<h2>", record.id))
        .text(heading_text(record.release))
        .markup("</h2>\n");
    add_facts(m_page, record);
    add_tracks(m_page, record.release);
    m_page.markup("</section>\n");
}

std::string AlbumPage::finish() {
    const std::string counts = formats_text(m_counts);
    m_page.markup("<p>").markup(counts.empty() ? "No releases." : "Releases: " + counts + ".");
    m_page.markup("</p>\n");
    return m_page.finish();
}

}  // namespace pressings::render

#include "render/track_text.hpp"

#include <fmt/format.h>

#include "render/release_text.hpp"

namespace pressings::render {

namespace {

using Lines = std::vector<std::string>;

/// "cover art: front, back, 6 images"; nothing where there is none or it is not known.
std::string cover_text(const Release& release) {
    if (!release.cover_art || !release.cover_art->artwork.value_or(false)) return "";
    const CoverArt& cover = *release.cover_art;
    Lines parts;
    if (cover.front.value_or(false)) parts.emplace_back("front");
    if (cover.back.value_or(false)) parts.emplace_back("back");
    if (cover.count) {
        parts.push_back(fmt::format("{} image{}", *cover.count, *cover.count == 1 ? "" : "s"));
    }
    return fmt::format("cover art: {}", fmt::join(parts, ", "));
}

void add_details(const Release& release, Lines& lines) {
    if (const std::string cover = cover_text(release); !cover.empty()) {
        lines.push_back("    " + cover);
    }
    for (const Mbid& original : release.originals)
        lines.push_back("    transliterates or translates " + original.to_string());
    for (const ReleaseUrl& url : release.urls.value_or(std::vector<ReleaseUrl>{})) {
        lines.push_back(fmt::format("    {}{}: {}", url.type,
                                    url.ended.value_or(false) ? " (ended)" : "", url.url));
    }
}

std::string disc_ids_text(const Medium& medium) {
    Lines ids;
    for (const Disc& disc : medium.discs.value_or(std::vector<Disc>{}))
        ids.push_back(disc.id);
    return fmt::format("{}", fmt::join(ids, " "));
}

std::string track_line(const Track& track, const Release& release) {
    std::string line = fmt::format("      {:>4}  {}", track.number, track.title);
    if (track.kind != TrackKind::track) {
        line += track.kind == TrackKind::pregap ? " [pregap]" : " [data]";
    }
    const std::string artist = credit_text(track.artist_credit);
    if (!artist.empty() && artist != credit_text(release.artist_credit)) line += " / " + artist;
    const std::string length = length_text(track.length_ms);
    return length.empty() ? line : line + " (" + length + ")";
}

void add_medium(const Medium& medium, const Release& release, Lines& lines) {
    lines.push_back(fmt::format("    medium {}: {}{}", medium.position,
                                medium.format.value_or("format not known"),
                                medium.title ? " | " + *medium.title : ""));
    if (const std::string ids = disc_ids_text(medium); !ids.empty()) {
        lines.push_back("      disc id " + ids);
    }
    if (!medium.tracks) {
        lines.emplace_back("      tracks not known");
        return;
    }
    for (const Track& track : *medium.tracks)
        lines.push_back(track_line(track, release));
}

}  // namespace

std::vector<std::string> release_lines(const Release& release) {
    Lines lines;
    add_details(release, lines);
    for (const Medium& medium : release.media)
        add_medium(medium, release, lines);
    return lines;
}

}  // namespace pressings::render

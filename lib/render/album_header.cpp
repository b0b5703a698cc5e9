#include "render/album_header.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/wrap.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

std::string name_line(const Album& album) {
    const std::string artist = credit_text(album.artist_credit);
    return escape_controls(
        fmt::format("{}{}{}", artist.empty() ? "" : artist + " - ",
                    album.title.value_or("(title not known yet)"),
                    album.disambiguation ? " (" + *album.disambiguation + ")" : ""));
}

std::string kind_line(const Album& album) {
    std::string text = album.primary_type.value_or("");
    for (const std::string& type : album.secondary_types)
        text += (text.empty() ? "" : " + ") + type;
    if (album.first_release_date) {
        text += (text.empty() ? "" : ", ") + std::string{"first released "} +
                album.first_release_date->to_string();
    }
    return escape_controls(text);
}

/// "3 editions (1 vinyl, 2 CD)".
std::string count_text(const WholeAlbum& album) {
    std::array<int, 5> counts{};
    int all = 0;
    for (const store::ReleaseRecord& release : album.releases) {
        if (release.removed_at_ms) continue;
        ++counts[static_cast<std::size_t>(release.format)];
        ++all;
    }
    std::string parts;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) continue;
        parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", counts[i],
                             format_name(static_cast<PlainFormat>(i)));
    }
    return fmt::format("{} edition{}{}", all, all == 1 ? "" : "s",
                       parts.empty() ? "" : " (" + parts + ")");
}

/// How far the import is, with what to type if it is not done.
std::string state_text(const store::AlbumRecord& record) {
    const std::string imported = record.imported_at_ms
                                     ? "imported " + format_time(*record.imported_at_ms)
                                     : "not imported yet";
    const std::string state = record.job_state.value_or("");
    if (state == "failed") {
        return fmt::format("{}; its last job failed: see release-worker jobs --album {}", imported,
                           record.id);
    }
    if (state == "pending" || state == "running") {
        return fmt::format(
            "{}; {}", imported,
            state == "running" ? "an import is under way" : "a job waits for release-worker run");
    }
    return imported;
}

}  // namespace

std::string_view format_name(PlainFormat format) {
    return format == PlainFormat::cd ? "CD" : to_string(format);
}

void print_header(const WholeAlbum& album, const cli::Screen& screen, cli::Output& output) {
    const store::AlbumRecord& record = album.album;
    cli::write_wrapped(output, screen, name_line(record.album));
    if (const std::string kind = kind_line(record.album); !kind.empty()) {
        cli::write_wrapped(output, screen, kind);
    }
    cli::write_wrapped(
        output, screen,
        fmt::format("{}, album {} of the catalogue",
                    record.album.mbid ? record.album.mbid->to_string() : "no MBID yet", record.id));
    cli::write_wrapped(output, screen,
                       fmt::format("{}; {}", count_text(album), state_text(record)));
    if (record.removed_at_ms) {
        cli::write_wrapped(
            output, screen,
            "no longer in MusicBrainz, noticed " + format_time(*record.removed_at_ms));
    }
}

}  // namespace pressings::render

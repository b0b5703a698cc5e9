#include "watch_options.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/validators.hpp"
#include "options.hpp"

namespace pressings {

namespace {

/// The types of release groups, as of 2026: https://musicbrainz.org/doc/Release_Group/Type
constexpr std::array<std::string_view, 17> k_types{
    "album",       "single",         "ep",         "broadcast", "other",
    "compilation", "soundtrack",     "spokenword", "interview", "audiobook",
    "audio drama", "live",           "remix",      "dj-mix",    "mixtape/street",
    "demo",        "field recording"};

void check_type(const std::string& option, const std::string& type) {
    if (std::find(k_types.begin(), k_types.end(), type) != k_types.end()) return;
    const auto near = closest(type, k_types);
    throw UsageError(fmt::format(
        "{} {}: MusicBrainz has no such type{}; it has {}", option, escape_controls(type),
        near.empty() ? "" : fmt::format(" (did you mean {}?)", near), fmt::join(k_types, ", ")));
}

std::vector<std::string> types_of(const std::string& option, const std::string& list) {
    std::vector<std::string> types;
    std::size_t start = 0;
    while (start < list.size()) {
        const auto comma = std::min(list.find(',', start), list.size());
        const auto type = trim(std::string_view{list}.substr(start, comma - start));
        if (!type.empty()) types.push_back(ascii_lower(type));
        start = comma + 1;
    }
    for (const std::string& type : types)
        check_type(option, type);
    return types;
}

void require(bool condition, const char* message) {
    if (!condition) throw UsageError(message);
}

}  // namespace

void declare_watches(CLI::App& app, WatchRequest& request, TypedWatch& typed) {
    app.add_flag("--watch", request.order,
                 "ALBUM is an artist, a label or a series: its release groups come in by "
                 "themselves, new ones too");
    app.add_option("--every", typed.every, "With --watch: how often to look [default: 7d]")
        ->type_name("DURATION")
        ->check(cli::duration_from("1h"));
    app.add_flag("--unwatch", request.end, "ALBUM is not watched any more; its albums stay");
    app.add_flag("--watches", request.list, "Show what is watched");
    app.add_option("--type", typed.types,
                   "With --discography or --watch: only these (album,ep,live,...)")
        ->type_name("TYPES");
    app.add_option("--exclude-type", typed.excluded_types, "Likewise: none of these")
        ->type_name("TYPES");
}

void understand_watches(ImportRequest& request, const TypedWatch& typed) {
    request.types.wanted = types_of("--type", typed.types);
    request.types.excluded = types_of("--exclude-type", typed.excluded_types);
    if (!typed.every.empty()) {
        request.watch.every_ms = cli::duration_option("--every", typed.every);
    }
}

void check_watches(const ImportRequest& request, const TypedWatch& typed) {
    const WatchRequest& watch = request.watch;
    const bool lists = request.discography || watch.order;
    require(request.types.wanted.empty() || lists, "--type goes with --discography or --watch");
    require(request.types.excluded.empty() || lists,
            "--exclude-type goes with --discography or --watch");
    require(typed.every.empty() || watch.order, "--every goes with --watch");
    if (!watch.any()) return;
    const bool other = request.artist || request.title || !request.files.empty() ||
                       request.refresh || request.refresh_all || request.new_editions ||
                       request.older_than_ms || request.album_id || request.discography ||
                       request.no_releases || request.rejects;
    require(watch.order + watch.end + watch.list == 1 && !other,
            "--watch, --unwatch and --watches stand alone: none goes with another of them, with a "
            "batch, or with what is done about albums");
    require(!watch.list || request.albums.empty(), "--watches shows all; name none");
    require(watch.list || !request.albums.empty(),
            "--watch and --unwatch need artists, labels or series, as MBIDs or URLs");
}

}  // namespace pressings

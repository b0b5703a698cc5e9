#include "options.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings {

namespace {

constexpr const char* k_description = "Read what is in the catalogue.";

constexpr const char* k_examples =
    "Examples:\n"
    "  release-catalog albums --artist radiohead\n"
    "  release-catalog album f5093c06-23e3-404f-aeaa-40f72885ee3a --json\n"
    "  release-catalog releases --format vinyl --country GB\n"
    "  release-catalog releases --label '[no label]' --json | jq -r .mbid\n"
    "  release-catalog changes --since 7d\n"
    "  release-catalog stats\n";

void declare_limit(CLI::App& command, CatalogOptions& options) {
    command.add_option("--limit", options.limit, "At most this many [default: all]")
        ->type_name("N")
        ->check(cli::integer_between(0, 1'000'000'000));
}

void declare_albums(CLI::App& app, CatalogOptions& options) {
    CLI::App& albums = *app.add_subcommand("albums", "List albums");
    albums.add_option("--artist", options.artist, "Whose artist credit has this in it");
    albums.add_option("--title", options.title, "Whose title has this in it");
    albums.add_option("--type", options.type, "Of this primary type (album, ep, single, ...)");
    albums.add_option("--year", options.year, "First released in this year")
        ->type_name("YYYY")
        ->check(cli::integer_between(1, 9999));
    declare_limit(albums, options);
    app.add_subcommand("album", "Show one album with all its releases, media and tracks")
        ->add_option("ALBUM", options.album, "Its id in the catalogue, or its MBID")
        ->required();
}

void declare_releases(CLI::App& app, CatalogOptions& options) {
    CLI::App& releases = *app.add_subcommand("releases", "List releases");
    releases.add_option("--album", options.album, "Of this album")->type_name("ID|MBID");
    releases.add_option("--format", options.format, "Of this plain format")
        ->type_name("vinyl|cd|digital|cassette|other")
        ->check(CLI::IsMember({"vinyl", "cd", "digital", "cassette", "other"}));
    releases.add_option("--country", options.country, "Released in this country (ISO 3166)")
        ->type_name("CC");
    releases.add_option("--status", options.status, "With this status (official, bootleg, ...)")
        ->type_name("S");
    releases.add_option("--label", options.label, "On this label, by whole name or MBID")
        ->type_name("L");
    releases.add_flag("--removed", options.removed, "Also those that have left their album");
    releases.add_flag("--tracks", options.tracks, "With --json: with their track lists");
    declare_limit(releases, options);
}

CLI::Option* declare_changes(CLI::App& app, CatalogOptions& options, std::string& since) {
    CLI::App& changes =
        *app.add_subcommand("changes", "Show what MusicBrainz changed after the first import");
    changes.add_option("--album", options.album, "Of this album")->type_name("ID|MBID");
    declare_limit(changes, options);
    return changes.add_option("--since", since, "Noticed since then: a date, a time, or 30d ago")
        ->type_name("TIME|DURATION");
}

/// A point in time, or how long ago.
Millis read_since(const std::string& text) {
    if (const auto time = parse_time(text)) return *time;
    if (const auto ago = parse_duration(text)) return system_clock().now_ms() - *ago;
    throw UsageError(
        fmt::format("--since {}: neither a time (2026-11-23, 2026-11-23T15:04:05Z) "
                    "nor a duration (30d, 12h)",
                    escape_controls(text)));
}

}  // namespace

std::optional<CatalogOptions> parse_catalog_options(int argc, char** argv) {
    CatalogOptions options;
    CLI::App app{k_description, "release-catalog"};
    cli::add_common_options(app, options.common);
    declare_albums(app, options);
    declare_releases(app, options);
    app.add_subcommand("stats", "Count what is there");
    CLI::App& search =
        *app.add_subcommand("search", "Find albums by words of title, artist or a release");
    search.add_option("WORDS", options.words, "All of them must occur")->required();
    declare_limit(search, options);
    std::string since;
    const CLI::Option* is_since = declare_changes(app, options, since);
    app.require_subcommand(1);
    app.footer(k_examples);
    if (!cli::parse_command_line(app, options.common, argc, argv)) return std::nullopt;
    if (is_since->count() > 0) options.since_ms = read_since(since);
    options.command = app.get_subcommands().front()->get_name();
    return options;
}

}  // namespace pressings

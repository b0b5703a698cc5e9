#include "options.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command_line.hpp"
#include "declare.hpp"
#include "filter_options.hpp"
#include "render/columns.hpp"

namespace pressings {

namespace {

constexpr const char* k_description = "Read what is in the catalogue.";

constexpr const char* k_examples =
    "Examples:\n"
    "  release-catalog albums --artist radiohead\n"
    "  release-catalog album f5093c06-23e3-404f-aeaa-40f72885ee3a\n"
    "  release-catalog compare f5093c06-23e3-404f-aeaa-40f72885ee3a\n"
    "  release-catalog pick --prefer country=GB,XE,format=cd --exclude status=bootleg\n"
    "  release-catalog releases --format vinyl --country GB\n"
    "  release-catalog albums --year 1970..1979 --exclude type=live --sort date\n"
    "  release-catalog releases --barcode 724382975229 --columns album,title,cc,label\n"
    "  release-catalog releases --label '[no label]' --json | jq -r .mbid\n"
    "  release-catalog search blue train\n"
    "  release-catalog search label:impulse artist:coltrane\n"
    "  release-catalog changes --since 7d\n"
    "  release-catalog oddities\n"
    "  release-catalog upcoming --within 90d\n"
    "  release-catalog stats\n"
    "  release-catalog export --what releases --output releases.csv\n"
    "  release-catalog report --output /srv/www/records\n"
    "  release-catalog copy --to postgresql://db.example/records\n";

/// What makes a table of a list: its order, its part, its columns.
void declare_list(CLI::App& command, CatalogOptions& options,
                  std::vector<std::string_view> orders) {
    FilterOptions& filter = options.filter;
    command.add_option("--sort", filter.sort, "In this order; what is not known comes last")
        ->type_name(fmt::format("{}", fmt::join(orders, "|")))
        ->check(cli::one_of(std::move(orders)));
    command.add_flag("--reverse", filter.reverse, "The other way round");
    declare_usual_limit(command, options);
    command.add_option("--offset", filter.offset, "Pass over so many [default: 0]")
        ->type_name("N")
        ->check(cli::integer_between(0, 1'000'000'000));
    command.add_option("--columns", options.columns, "These columns, or with --json these keys")
        ->type_name("NAME,...")
        ->delimiter(',')
        ->allow_extra_args(false);
}

void declare_albums(CLI::App& app, CatalogOptions& options) {
    CLI::App& albums = *app.add_subcommand("albums", "List albums");
    declare_album_filters(albums, options.filter);
    declare_release_filters(albums, options.filter, k_format_names);
    declare_since(albums, options.filter, "Put in or imported since");
    declare_list(albums, options, {"id", "artist", "title", "date", "imported", "releases"});
}

void declare_releases(CLI::App& app, CatalogOptions& options) {
    CLI::App& releases = *app.add_subcommand("releases", "List releases");
    declare_one_album(releases, options.filter);
    declare_album_filters(releases, options.filter);
    declare_release_filters(releases, options.filter, k_format_names);
    declare_removed(releases, options.filter);
    declare_since(releases, options.filter, "Written or found removed since");
    releases.add_flag("--tracks", options.tracks, "With --json: with their track lists");
    declare_list(releases, options, {"id", "date", "title", "country", "format", "label"});
}

void declare_changes(CLI::App& app, CatalogOptions& options) {
    CLI::App& changes =
        *app.add_subcommand("changes", "Show what MusicBrainz changed after the first import");
    declare_one_album(changes, options.filter);
    declare_since(changes, options.filter, "Noticed since");
    declare_usual_limit(changes, options);
}

void declare_oddities(CLI::App& app, CatalogOptions& options) {
    CLI::App& oddities = *app.add_subcommand(
        "oddities", "List releases that were kept back, for they could not be read");
    declare_one_album(oddities, options.filter);
    declare_usual_limit(oddities, options);
}

void declare_stats(CLI::App& app, CatalogOptions& options) {
    app.add_subcommand("stats", "Count what is there")
        ->add_flag("--recordings", options.recordings,
                   "Count recordings however many tracks there are to be read");
}

void declare_search(CLI::App& app, CatalogOptions& options) {
    CLI::App& search =
        *app.add_subcommand("search", "Find albums by words, numbers or MBIDs; the best first");
    search
        .add_option("WORDS", options.words,
                    "All must occur, in title, artist, releases, labels, catalogue numbers, "
                    "barcodes or tracks. \"SOME WORDS\" stand so; WORD* goes on; FIELD:WORD is "
                    "in one: artist, title, release, label, catno, barcode, track")
        ->required();
    search
        .add_option("--limit", options.search_limit, "At most this many, 0 for all [default: 100]")
        ->type_name("N")
        ->check(cli::integer_between(0, 1'000'000'000))
        ->configurable();
}

void declare_upcoming(CLI::App& app, CatalogOptions& options) {
    CLI::App& command = *app.add_subcommand(
        "upcoming",
        "List releases dated ahead of today. A year or a month is ahead if all of it is; of one "
        "that has begun a release may be out, and stands at the end");
    declare_upcoming_options(command, options.upcoming);
    declare_album_filters(command, options.filter);
    declare_release_filters(command, options.filter, k_format_names);
    declare_usual_limit(command, options);
}

void declare_report(CLI::App& app, CatalogOptions& options) {
    CLI::App& command = *app.add_subcommand("report", "Write web pages to look at offline");
    command.add_option("--output", options.report_folder, "New, empty, or an earlier report")
        ->type_name("FOLDER")
        ->required();
    declare_removed(command, options.filter);
}

/// UsageError if a column is not there.
template <typename Columns>
void require_columns(const CatalogOptions& options, const Columns& columns,
                     const std::vector<std::string>& keys) {
    if (options.common.json) {
        render::choose_keys(columns, keys, options.columns);
    } else {
        render::choose_columns(columns, options.columns);
    }
}

}  // namespace

std::optional<CatalogOptions> parse_catalog_options(int argc, char** argv) {
    CatalogOptions options;
    CLI::App app{k_description, "release-catalog"};
    cli::add_common_options(app, options.common);
    declare_albums(app, options);
    declare_album(app, options);
    declare_pick(app, options);
    declare_compare(app, options);
    declare_upcoming(app, options);
    declare_releases(app, options);
    declare_stats(app, options);
    declare_search(app, options);
    declare_changes(app, options);
    declare_oddities(app, options);
    declare_export(app, options);
    declare_report(app, options);
    declare_copy(app, options);
    app.require_subcommand(1);
    app.footer(k_examples);
    if (!cli::parse_command_line(app, options.common, argc, argv)) return std::nullopt;
    options.command = app.get_subcommands().front()->get_name();
    if (options.command == "export") settle_export(options);
    if (options.command == "albums") {
        require_columns(options, render::album_columns(), render::album_keys());
    }
    if (options.command == "releases") {
        require_columns(options, render::release_columns(), render::release_keys());
    }
    return options;
}

}  // namespace pressings

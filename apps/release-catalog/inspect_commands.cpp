#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/catalogue_json.hpp"
#include "cli/catalogue_reference.hpp"
#include "cli/catalogue_text.hpp"
#include "cli/json_values.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "filters.hpp"
#include "whole_album.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

int print(const cli::Table& table, const CatalogOptions& options, cli::Output& output) {
    table.print(output, cli::terminal_columns(),
                cli::wants_color(cli::color_choice(options.common)));
    return cli::k_done;
}

}  // namespace

int albums_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const auto filter = album_filter(options.filter, catalogue);
    cli::Table table = cli::album_table();
    catalogue.albums(filter, [&](const store::AlbumRecord& album) {
        if (options.common.json) {
            output.json_line(cli::album_json(album));
        } else {
            cli::add_album(table, album);
        }
    });
    return options.common.json ? cli::k_done : print(table, options, output);
}

int album_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    catalogue.in_one_view([&] {
        store::ReleaseFilter filter;
        filter.album_id = cli::find_album(catalogue, options.album);
        filter.with_removed = true;
        const auto album = *catalogue.album(*filter.album_id);
        if (options.common.json) {
            output.json_line(album_with_releases(catalogue, album, filter));
            return;
        }
        filter.with_tracks = true;
        cli::print_album(album, output);
        catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
            cli::print_release(release, output);
        });
        const auto oddities = oddities_of(catalogue, album.id);
        if (oddities.empty()) return;
        output.line("\n  kept back at the last import:");
        for (const store::OddityRecord& oddity : oddities)
            cli::print_oddity(oddity, output);
    });
    return cli::k_done;
}

int releases_command(CatalogueReader& catalogue, const CatalogOptions& options,
                     cli::Output& output) {
    auto filter = release_filter(options.filter, catalogue);
    filter.with_tracks = options.tracks;
    cli::Table table = cli::release_table();
    catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
        if (options.common.json) {
            output.json_line(cli::release_json(release));
        } else {
            cli::add_release(table, release);
        }
    });
    return options.common.json ? cli::k_done : print(table, options, output);
}

int stats_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const auto stats = catalogue.stats();
    if (options.common.json) {
        output.json_line(cli::stats_json(stats));
    } else {
        cli::print_stats(stats, output);
    }
    return cli::k_done;
}

int search_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const std::string words = fmt::format("{}", fmt::join(options.words, " "));
    cli::Table table = cli::album_table();
    catalogue.search(words, options.filter.limit, [&](const store::AlbumRecord& album) {
        if (options.common.json) {
            output.json_line(cli::album_json(album));
        } else {
            cli::add_album(table, album);
        }
    });
    return options.common.json ? cli::k_done : print(table, options, output);
}

}  // namespace pressings

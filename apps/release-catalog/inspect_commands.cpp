#include "cli/catalogue_reference.hpp"
#include "cli/json_values.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "filters.hpp"
#include "render/catalogue_json.hpp"
#include "render/catalogue_text.hpp"
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
    cli::Table table = render::album_table();
    catalogue.albums(filter, [&](const store::AlbumRecord& album) {
        if (options.common.json) {
            output.json_line(render::album_json(album));
        } else {
            render::add_album(table, album);
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
        render::print_album(album, output);
        catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
            render::print_release(release, output);
        });
        const auto oddities = oddities_of(catalogue, album.id);
        if (oddities.empty()) return;
        output.line("\n  kept back at the last import:");
        for (const store::OddityRecord& oddity : oddities)
            render::print_oddity(oddity, output);
    });
    return cli::k_done;
}

int releases_command(CatalogueReader& catalogue, const CatalogOptions& options,
                     cli::Output& output) {
    auto filter = release_filter(options.filter, catalogue);
    filter.with_tracks = options.tracks;
    cli::Table table = render::release_table();
    catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
        if (options.common.json) {
            output.json_line(render::release_json(release));
        } else {
            render::add_release(table, release);
        }
    });
    return options.common.json ? cli::k_done : print(table, options, output);
}

int stats_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const auto stats = catalogue.stats();
    if (options.common.json) {
        output.json_line(render::stats_json(stats));
    } else {
        render::print_stats(stats, output);
    }
    return cli::k_done;
}

}  // namespace pressings

#include "cli/json_values.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "filters.hpp"
#include "render/catalogue_json.hpp"
#include "render/catalogue_text.hpp"

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

}  // namespace pressings

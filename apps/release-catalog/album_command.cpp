#include <CLI/App.hpp>

#include "cli/catalogue_reference.hpp"
#include "cli/json_values.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "declare.hpp"
#include "render/album_text.hpp"
#include "whole_album.hpp"

namespace pressings {

using store::CatalogueReader;

void declare_album(CLI::App& app, CatalogOptions& options) {
    CLI::App& album = *app.add_subcommand("album", "Show one album with all its editions");
    album.add_option("ALBUM", options.album, "Its id in the catalogue, or its MBID")->required();
    album.add_flag("--tracks", options.tracks,
                   "With links, discs and tracks below each edition (--json has them anyway)");
}

int album_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    catalogue.in_one_view([&] {
        store::ReleaseFilter filter;
        filter.album_id = cli::find_album(catalogue, options.album);
        filter.with_removed = true;
        render::WholeAlbum whole{*catalogue.album(*filter.album_id), {}, {}};
        if (options.common.json) {
            output.json_line(album_with_releases(catalogue, whole.album, filter));
            return;
        }
        filter.with_tracks = options.tracks;
        catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
            whole.releases.push_back(release);
        });
        whole.oddities = oddities_of(catalogue, whole.album.id);
        render::print_album(
            whole, options.tracks ? render::TrackLists::show : render::TrackLists::leave_out,
            cli::screen_of(options.common), output);
    });
    return cli::k_done;
}

}  // namespace pressings

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/stop_signals.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/output_kinds.hpp"
#include "cli/report_folder.hpp"
#include "cli/run_main.hpp"
#include "cli/version.hpp"
#include "commands.hpp"
#include "render/album_pages.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

struct Written {
    std::int64_t albums = 0;
    std::int64_t releases = 0;
};

render::FormatCounts write_album(CatalogueReader& catalogue, const store::AlbumRecord& album,
                                 bool with_removed, cli::ReportFolder& folder) {
    store::ReleaseFilter filter;
    filter.album_id = album.id;
    filter.with_removed = with_removed;
    filter.with_tracks = true;
    render::AlbumPage page{album};
    catalogue.releases(filter, [&](const store::ReleaseRecord& release) { page.add(release); });
    folder.add(cli::album_name(album.id), page.finish());
    return page.counts();
}

/// All pages, of one view of the catalogue, an album at a time.
Written write_pages(CatalogueReader& catalogue, bool with_removed, cli::ReportFolder& folder) {
    const StopSignals stop;
    const std::string footer =
        fmt::format("Written by release-catalog {} at {}. The data is MusicBrainz's, CC0.",
                    cli::k_version, format_time(system_clock().now_ms()));
    Written written;
    catalogue.in_one_view([&] {
        const auto stats = catalogue.stats(store::Recordings::if_few);
        folder.add(cli::k_statistics_name, render::statistics_page(stats, footer));
        render::IndexPages index{folder, stats, footer};
        store::AlbumFilter all;
        all.order = store::AlbumOrder::by_artist;
        catalogue.albums(all, [&](const store::AlbumRecord& album) {
            stop.check();
            const auto counts = write_album(catalogue, album, with_removed, folder);
            index.add(album, counts);
            ++written.albums;
            for (const std::int64_t count : counts)
                written.releases += count;
        });
        index.finish();
    });
    stop.check();
    folder.publish();
    return written;
}

}  // namespace

int report_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    cli::refuse_database(options.common, "--output", options.report_folder);
    cli::ReportFolder folder{options.report_folder};
    const Written written = write_pages(catalogue, options.filter.removed, folder);
    if (options.common.json) {
        output.json_line({{"report", options.report_folder},
                          {"albums", written.albums},
                          {"releases", written.releases},
                          {"pages", folder.pages()}});
    } else {
        output.line(fmt::format("{} albums and {} releases on {} pages in {}", written.albums,
                                written.releases, folder.pages(),
                                escape_controls(options.report_folder)));
    }
    return cli::k_done;
}

}  // namespace pressings

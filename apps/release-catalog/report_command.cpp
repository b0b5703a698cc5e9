#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/stop_signals.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/audience.hpp"
#include "cli/output_kinds.hpp"
#include "cli/report_folder.hpp"
#include "cli/run_main.hpp"
#include "cli/version.hpp"
#include "commands.hpp"
#include "render/report/report.hpp"

namespace pressings {

using render::report::Overview;
using render::report::Report;
using store::CatalogueReader;

namespace {

std::vector<store::ReleaseRecord> releases_of(CatalogueReader& catalogue, std::int64_t album_id,
                                              bool with_removed) {
    store::ReleaseFilter filter;
    filter.album_id = album_id;
    filter.with_removed = with_removed;
    filter.with_tracks = true;
    std::vector<store::ReleaseRecord> releases;
    catalogue.releases(filter, [&](const auto& release) { releases.push_back(release); });
    return releases;
}

std::vector<store::ChangeRecord> last_changes(CatalogueReader& catalogue) {
    constexpr std::int64_t k_shown = 10;
    store::ChangeFilter filter;
    filter.limit = k_shown;
    filter.order_direction = store::Direction::descending;
    std::vector<store::ChangeRecord> changes;
    catalogue.changes(filter, [&](const auto& change) { changes.push_back(change); });
    return changes;
}

/// All of it, of one view of the catalogue, an album at a time.
Report write_report(store::Store& store, const CatalogOptions& options, cli::ReportFolder& folder) {
    const StopSignals stop;
    CatalogueReader& catalogue = store.catalogue();
    std::optional<Report> report;
    catalogue.in_one_view([&] {
        const Overview overview{catalogue.stats(store::Recordings::if_few), store.jobs().status(),
                                last_changes(catalogue), cli::typed_database(options.common)};
        render::report::Frame frame;
        frame.written_at_ms = system_clock().now_ms();
        frame.version = cli::k_version;
        report.emplace(folder, frame, overview.stats);
        store::AlbumFilter all;
        all.order = store::AlbumOrder::by_artist;
        catalogue.albums(all, [&](const store::AlbumRecord& album) {
            stop.check();
            report->add(album, releases_of(catalogue, album.id, options.filter.removed));
        });
        report->finish(overview);
    });
    stop.check();
    folder.publish();
    return *std::move(report);
}

}  // namespace

int report_command(store::Store& store, const CatalogOptions& options, cli::Output& output) {
    cli::refuse_database(options.common, "--output", options.report_folder);
    cli::ReportFolder folder{options.report_folder};
    const Report report = write_report(store, options, folder);
    constexpr double k_megabyte = 1e6;
    cli::tell(output, options.common,
              {{"report", options.report_folder},
               {"albums", report.albums()},
               {"releases", report.releases()},
               {"pages", Report::k_pages},
               {"files", folder.files()},
               {"bytes", folder.bytes()}},
              fmt::format("{} albums and {} releases in {} files, {:.1f} MB: open {}",
                          report.albums(), report.releases(), folder.files(),
                          static_cast<double>(folder.bytes()) / k_megabyte,
                          escape_controls(options.report_folder + "/index.html")));
    return cli::k_done;
}

}  // namespace pressings

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/catalogue_reference.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "declare.hpp"
#include "render/comparison.hpp"

namespace pressings {

using store::CatalogueReader;
using store::ReleaseRecord;

namespace {

bool is_named(const ReleaseRecord& record, const std::string& name) {
    const auto mbid = Mbid::parse(name);
    return mbid ? record.release.mbid == *mbid : std::to_string(record.id) == name;
}

/// Those that are named, in that order; nothing named: all that have not left the album.
std::vector<ReleaseRecord> chosen(std::vector<ReleaseRecord> all,
                                  const std::vector<std::string>& names) {
    if (names.empty()) {
        std::erase_if(all, [](const ReleaseRecord& one) { return one.removed_at_ms.has_value(); });
        return all;
    }
    std::vector<ReleaseRecord> some;
    for (const std::string& name : names) {
        const auto found = std::find_if(
            all.begin(), all.end(), [&](const ReleaseRecord& one) { return is_named(one, name); });
        if (found == all.end()) {
            throw UsageError(
                fmt::format("{}: the album has no such release; name its MBID, as album shows it",
                            quote(name)));
        }
        some.push_back(*found);
    }
    return some;
}

}  // namespace

void declare_compare(CLI::App& app, CatalogOptions& options) {
    CLI::App& compare =
        *app.add_subcommand("compare", "Show which tracks are on which edition of an album");
    compare.add_option("ALBUM", options.album, "Its id in the catalogue, or its MBID")->required();
    compare.add_option("RELEASE", options.compared,
                       "MBIDs of those of its releases to compare [default: all]");
}

int compare_command(CatalogueReader& catalogue, const CatalogOptions& options,
                    cli::Output& output) {
    catalogue.in_one_view([&] {
        store::ReleaseFilter filter;
        filter.album_id = cli::find_album(catalogue, options.album);
        filter.with_removed = true;
        filter.with_tracks = true;
        const auto album = *catalogue.album(*filter.album_id);
        std::vector<ReleaseRecord> all;
        catalogue.releases(filter, [&](const ReleaseRecord& release) { all.push_back(release); });
        const auto editions = chosen(std::move(all), options.compared);
        std::vector<Release> releases;
        for (const ReleaseRecord& edition : editions)
            releases.push_back(edition.release);
        const Comparison comparison = compare_editions(releases);
        const render::ComparedAlbum compared{album, editions, comparison};
        if (options.common.json) {
            output.json_line(render::comparison_json(compared));
            return;
        }
        render::print_comparison(compared, cli::screen_of(options.common), output);
    });
    return cli::k_done;
}

}  // namespace pressings

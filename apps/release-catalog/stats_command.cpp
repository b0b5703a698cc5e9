#include <nlohmann/json.hpp>

#include "cli/run_main.hpp"
#include "cli/table.hpp"
#include "commands.hpp"
#include "render/stats.hpp"

namespace pressings {

int stats_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                  cli::Output& output) {
    const auto stats =
        catalogue.stats(options.recordings ? store::Recordings::always : store::Recordings::if_few);
    if (options.common.json) {
        output.json_line(render::stats_json(stats));
    } else {
        render::print_stats(stats, cli::terminal_columns(), output);
    }
    return cli::k_done;
}

}  // namespace pressings

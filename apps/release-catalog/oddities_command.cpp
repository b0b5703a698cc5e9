#include <nlohmann/json.hpp>

#include "cli/run_main.hpp"
#include "commands.hpp"
#include "filters.hpp"
#include "render/catalogue_json.hpp"
#include "render/catalogue_text.hpp"

namespace pressings {

int oddities_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                     cli::Output& output) {
    const store::Filter asked = filter_of(options.filter, catalogue);
    const cli::Screen screen = cli::screen_of(options.common);
    catalogue.oddities({asked.album_id, asked.limit}, [&](const store::OddityRecord& oddity) {
        if (options.common.json) {
            output.json_line(render::oddity_json(oddity));
        } else {
            render::print_oddity(oddity, screen, output);
        }
    });
    return cli::k_done;
}

}  // namespace pressings

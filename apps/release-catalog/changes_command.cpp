#include <nlohmann/json.hpp>

#include "cli/run_main.hpp"
#include "commands.hpp"
#include "filters.hpp"
#include "render/catalogue_json.hpp"
#include "render/catalogue_text.hpp"

namespace pressings {

int changes_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                    cli::Output& output) {
    const store::Filter asked = filter_of(options.filter, catalogue);
    const cli::Screen screen = cli::screen_of(options.common);
    const store::ChangeFilter filter{asked.album_id, asked.since_ms.value_or(0), asked.limit};
    catalogue.changes(filter, [&](const store::ChangeRecord& change) {
        if (options.common.json) {
            output.json_line(render::change_json(change));
        } else {
            render::print_change(change, screen, output);
        }
    });
    return cli::k_done;
}

}  // namespace pressings

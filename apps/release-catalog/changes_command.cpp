#include <nlohmann/json.hpp>

#include "cli/catalogue_json.hpp"
#include "cli/catalogue_reference.hpp"
#include "cli/catalogue_text.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"

namespace pressings {

int changes_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                    cli::Output& output) {
    store::ChangeFilter filter;
    if (!options.album.empty()) filter.album_id = cli::find_album(catalogue, options.album);
    filter.since_ms = options.since_ms;
    filter.limit = options.limit;
    catalogue.changes(filter, [&](const store::ChangeRecord& change) {
        if (options.common.json) {
            output.json_line(cli::change_json(change));
        } else {
            cli::print_change(change, output);
        }
    });
    return cli::k_done;
}

}  // namespace pressings

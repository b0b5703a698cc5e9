#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/stop_signals.hpp"
#include "base/text.hpp"
#include "cli/audience.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "store/restore.hpp"

namespace pressings {

namespace {

void report(const store::Restored& restored, const WorkerOptions& options, cli::Output& output) {
    const std::string& file = options.jobs.backup_file;
    const bool dry_run = options.jobs.dry_run;
    const std::string set_aside = restored.set_aside ? "\nthe catalogue that was there is now " +
                                                           escape_controls(*restored.set_aside)
                                                     : std::string{};
    cli::tell(output, options.common,
              {{"restored", file},
               {"albums", restored.albums},
               {"releases", restored.releases},
               {"set_aside", cli::or_null(restored.set_aside)},
               {"dry_run", dry_run}},
              fmt::format("{}restored {}: albums {}, releases {}{}", dry_run ? "dry run: " : "",
                          escape_controls(file), restored.albums, restored.releases, set_aside));
}

}  // namespace

int restore_command(const WorkerOptions& options, cli::Output& output) {
    const std::string location = cli::database_location(options.common);
    const std::string& file = options.jobs.backup_file;
    if (store::is_part_of(location, file)) {
        throw UsageError(
            fmt::format("restore: {} belongs to the database that it would replace; "
                        "name a copy",
                        escape_controls(file)));
    }
    const auto mode = options.jobs.mode();
    const StopSignals stop;
    const auto restored = store::restore(location, file, mode, cli::store_options(options.common),
                                         stop, system_clock());
    if (restored.damage) {
        cli::log(cli::LogLevel::warning,
                 fmt::format("the catalogue that was there is damaged ({}); "
                             "it is kept as it was",
                             *restored.damage));
    }
    report(restored, options, output);
    return cli::k_done;
}

}  // namespace pressings

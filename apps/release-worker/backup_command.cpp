#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/stop_signals.hpp"
#include "base/text.hpp"
#include "cli/audience.hpp"
#include "cli/output_kinds.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"

namespace pressings {

namespace {

/// A link that leads nowhere is there as well.
void refuse_existing(const std::string& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) return;
    throw UsageError(
        fmt::format("backup: {} is there already; name another file", escape_controls(file)));
}

}  // namespace

int backup_command(const WorkerOptions& options, cli::Output& output) {
    const std::string& file = options.jobs.backup_file;
    cli::refuse_database(options.common, "backup", file);
    refuse_existing(file);
    const auto store = cli::open_store(options.common);
    const StopSignals stop;
    if (!options.jobs.dry_run) store->maintenance().backup(file, stop);
    cli::tell(output, options.common, {{"backup", file}, {"dry_run", options.jobs.dry_run}},
              fmt::format("{}copied to {}", options.jobs.dry_run ? "dry run: " : "",
                          escape_controls(file)));
    return cli::k_done;
}

}  // namespace pressings

#include <string_view>
#include <utility>

#include "cli/run_main.hpp"
#include "commands.hpp"

namespace pressings {

namespace {

using Command = int (*)(const WorkerOptions&, cli::Output&);

constexpr std::pair<std::string_view, Command> k_commands[] = {
    {"run", run_command},         {"probe", probe_command},
    {"status", status_command},   {"jobs", jobs_command},
    {"show", show_command},       {"retry", steer_command},
    {"cancel", steer_command},    {"run-now", steer_command},
    {"pause", pause_command},     {"resume", pause_command},
    {"refresh", refresh_command}, {"prune", prune_command},
    {"check", check_command},     {"explain-retry", explain_retry_command},
    {"backup", backup_command},   {"restore", restore_command},
};

int run(int argc, char** argv, cli::Output& output) {
    const auto options = parse_worker_options(argc, argv);
    if (!options) return cli::k_done;
    for (const auto& [name, command] : k_commands) {
        if (name == options->command) return command(*options, output);
    }
    return cli::k_usage;
}

}  // namespace

}  // namespace pressings

int main(int argc, char** argv) {
    using namespace pressings;
    return cli::run_main(
        "release-worker", [&](cli::Output& output) { return run(argc, argv, output); },
        cli::k_part_failed);
}

#pragma once

#include <CLI/App.hpp>

#include "cli/common_options.hpp"

namespace pressings::cli {

/// Reads configuration file, environment and command line, the later beating the earlier, and sets
/// up the log. UsageError if any of it is wrong. Help and version are printed, and false returned.
bool parse_command_line(CLI::App& app, CommonOptions& options, int argc, char** argv);

}  // namespace pressings::cli

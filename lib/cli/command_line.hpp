#pragma once

#include <CLI/App.hpp>

#include "cli/common_options.hpp"

namespace pressings::cli {

/// Reads configuration files, environment and command line, the later beating the earlier, and sets
/// up the log. UsageError if any of it is wrong, or if nothing at all was asked for. False if help,
/// the version, the settings in force or completions were asked for, and printed.
bool parse_command_line(CLI::App& app, CommonOptions& options, int argc, char** argv);

}  // namespace pressings::cli

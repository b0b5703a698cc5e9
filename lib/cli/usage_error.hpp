#pragma once

#include <CLI/App.hpp>

#include "cli/settings.hpp"

namespace pressings::cli {

/// What is wrong with the command line or the environment, as a UsageError: with what may have been
/// meant, and the help that has it.
[[noreturn]] void throw_usage_error(CLI::App& app, const Words& words,
                                    const CLI::ParseError& error);

}  // namespace pressings::cli

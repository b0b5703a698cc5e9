#pragma once

#include <cstddef>
#include <string>

#include <CLI/App.hpp>

namespace pressings::cli {

/// The help of a tool, or of one of its commands with the options of every tool behind its own;
/// no line is longer than `columns`, where words allow it.
std::string help_text(const CLI::App& app, std::size_t columns);

/// "release-worker run": what a person types for it.
std::string typed_name(const CLI::App& app);

/// What COLUMNS says, else the width of the terminal at `descriptor`, else 80; from 40 to 100.
std::size_t help_width(int descriptor);

}  // namespace pressings::cli

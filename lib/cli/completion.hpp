#pragma once

#include <string>

#include <CLI/App.hpp>

#include "cli/common_options.hpp"
#include "cli/settings.hpp"

namespace pressings::cli {

/// What may stand in place of the last of `words`, for the completions of shells: a line for each
/// candidate that begins as the word does, with a tab and what it is; ":files" or ":folders" where
/// the shell knows better. Made of the declarations that --help shows, and of the ids, queues and
/// albums of the catalogue that the words name; nothing where there is none.
std::string completions(CLI::App& app, const CommonOptions& options, const Words& words);

}  // namespace pressings::cli

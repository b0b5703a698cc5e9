#pragma once

#include <filesystem>
#include <string>

namespace pressings::cli {

/// The value of an environment variable; empty if it is not set.
std::string environment(const char* name);

/// The folder that `variable` gives (the XDG base directory specification), or its default below
/// HOME. UsageError if neither is set.
std::filesystem::path xdg_folder(const char* variable, const char* below_home);

}  // namespace pressings::cli

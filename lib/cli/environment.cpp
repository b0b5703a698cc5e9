#include "cli/environment.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "base/error.hpp"

namespace pressings::cli {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::filesystem::path xdg_folder(const char* variable, const char* below_home) {
    const std::string told = environment(variable);
    if (!told.empty()) return told;
    const std::string home = environment("HOME");
    if (home.empty()) {
        throw UsageError(fmt::format(
            "neither {} nor HOME is set; name the file itself (--db, --config)", variable));
    }
    return std::filesystem::path{home} / below_home;
}

}  // namespace pressings::cli

// The configuration file.
#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/config_file.hpp"
#include "fuzz/target.hpp"

namespace pressings::fuzz {

namespace {

/// A basic string of TOML (https://toml.io/en/v1.0.0#string).
std::string quoted(const std::string& text) {
    std::string written = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x20 && byte != 0x7F && c != '"' && c != '\\';
        written += plain ? std::string(1, c) : fmt::format("\\u{:04X}", byte);
    }
    return written + '"';
}

std::string write(const std::vector<cli::Setting>& settings) {
    std::string written;
    for (const cli::Setting& setting : settings) {
        written += quoted(setting.name) + " = [";
        for (const std::string& value : setting.values)
            written += quoted(value) + ",";
        written += "]\n";
    }
    return written;
}

std::string write(const cli::ConfigFile& config) {
    return write(config.common) + "[release-worker]\n" + write(config.of_tool);
}

cli::ConfigFile read(std::string_view input) {
    const InputFile file{input};
    return cli::read_config(file.path(), "release-worker");
}

}  // namespace

void take(std::string_view input) {
    try {
        const cli::ConfigFile config = read(input);
        const bool has_same_name =
            std::any_of(config.common.begin(), config.common.end(),
                        [](const auto& setting) { return setting.name == "release-worker"; });
        if (has_same_name) return;  // no table can have that name too
        const std::string written = write(config);
        require(write(read(written)) == written, "written and read, it is equal");
    } catch (const UsageError& error) {
        require_safe_message(error.what());
    }
}

}  // namespace pressings::fuzz

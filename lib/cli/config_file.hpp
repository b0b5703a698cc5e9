#pragma once

#include <string>
#include <vector>

namespace pressings::cli {

/// "contact = …" in a file.
struct Setting {
    std::string name;                 ///< of the option, without "--"
    std::vector<std::string> values;  ///< as they would be typed
    int line = 0;
};

/// The settings of one tool. Keys at the top of the file are for every tool, a table named for a
/// tool ("[release-worker]") for that one alone, and beats them.
struct ConfigFile {
    std::string path;
    std::vector<Setting> common;
    std::vector<Setting> of_tool;
};

/// Reads a TOML file of 1 MiB at most, the keys in their order. UsageError names file and line if
/// it cannot be read, if a table is named for no tool, if a key is there twice, or a value is no
/// string, number, boolean or list of them.
ConfigFile read_config(const std::string& path, const std::string& tool);

}  // namespace pressings::cli

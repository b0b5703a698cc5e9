#pragma once

#include <map>
#include <string>
#include <vector>

namespace pressings::cli {

/// The settings of one tool: option name -> values. Keys at the top of the file are for every
/// tool, a table named for a tool ("[release-worker]") for that one alone, and beats them.
struct ConfigFile {
    std::string path;
    std::map<std::string, std::vector<std::string>> common;
    std::map<std::string, std::vector<std::string>> of_tool;
};

/// Reads a TOML file of 1 MiB at most. UsageError names file and line if it cannot be read, or a
/// value is no string, number, boolean or list of them.
ConfigFile read_config(const std::string& path, const std::string& tool);

}  // namespace pressings::cli

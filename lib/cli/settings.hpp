#pragma once

#include <map>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "cli/config_file.hpp"

namespace pressings::cli {

/// Words of a command line, without the tool's name.
using Words = std::vector<std::string>;

/// The options of one run of a tool, as the command line and the environment left them, with the
/// settings of configuration files put in where they left something open.
class Settings {
  public:
    /// Both must outlive it.
    Settings(CLI::App& app, const Words& words) : m_app(app), m_words(words) {}

    /// Takes what no earlier file, the environment or the command line has set. Relative paths are
    /// of the file's folder, and "~/" is the home folder. UsageError names file, line and key where
    /// a key or a value is wrong.
    void apply(const ConfigFile& config);

    /// A line for each setting of the tool: its value and where that is from, as TOML that can be
    /// put into a file. Passwords in URLs are left out.
    std::string text() const;
    /// The same as one JSON document.
    std::string json() const;

  private:
    struct InForce;
    std::vector<InForce> in_force() const;
    bool is_settled(const CLI::Option& option) const;
    void apply(const ConfigFile& config, const Setting& setting);

    CLI::App& m_app;
    const Words& m_words;
    std::map<const CLI::Option*, std::string> m_files;  ///< "FILE:LINE", of those from files
};

/// The command in use, else the tool itself.
CLI::App& innermost(CLI::App& app);

/// Whether a value follows the name of an option: not so of a flag.
bool takes_value(const CLI::Option& option);

/// Whether what an option was given is from its environment variable.
bool is_from_environment(const CLI::Option& option, const Words& words);

}  // namespace pressings::cli

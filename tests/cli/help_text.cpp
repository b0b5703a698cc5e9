#include "cli/help_text.hpp"

#include <sstream>

namespace pressings::test {

namespace {

std::string help_of(const ToolBench& bench, const std::string& tool, const std::string& command) {
    std::vector<std::string> arguments{"--help"};
    if (!command.empty()) arguments.insert(arguments.begin(), command);
    return bench.run(tool, arguments).out;
}

/// "  -q,--quiet   Log only…": the names with two dashes.
std::set<std::string> options_in(const std::string& help) {
    std::set<std::string> options;
    std::istringstream lines{help};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("  -")) continue;
        std::istringstream names{line.substr(0, line.find(' ', 2))};
        for (std::string name; std::getline(names, name, ',');) {
            const auto dashes = name.find("--");
            if (dashes != std::string::npos) options.insert(name.substr(dashes));
        }
    }
    return options;
}

/// The words in front of the lines behind "Subcommands:".
std::vector<std::string> commands_in(const std::string& help) {
    std::vector<std::string> commands;
    std::istringstream lines{help.substr(std::min(help.find("Subcommands:"), help.size()))};
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line) && !line.empty()) {
        if (line.starts_with("  ") && line[2] != ' ') {
            commands.push_back(line.substr(2, line.find(' ', 2) - 2));
        }
    }
    return commands;
}

}  // namespace

std::vector<HelpPage> help_pages(const ToolBench& bench) {
    std::vector<HelpPage> pages;
    for (const std::string& tool : k_tools) {
        const std::string help = help_of(bench, tool, "");
        pages.push_back({tool, "", options_in(help)});
        for (const std::string& command : commands_in(help)) {
            pages.push_back({tool, command, options_in(help_of(bench, tool, command))});
        }
    }
    return pages;
}

}  // namespace pressings::test

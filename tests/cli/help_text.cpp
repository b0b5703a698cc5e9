#include "cli/help_text.hpp"

#include <sstream>

namespace pressings::test {

namespace {

std::string help_of(const ToolBench& bench, const std::string& tool, const std::string& command) {
    std::vector<std::string> arguments{"--help"};
    if (!command.empty()) arguments.insert(arguments.begin(), command);
    return bench.run(tool, arguments).out;
}

/// "  -q, --quiet   Log only…": the names with two dashes.
std::set<std::string> options_in(const std::string& help) {
    std::set<std::string> options;
    std::istringstream lines{help};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("  -")) continue;
        std::istringstream words{line};
        for (std::string word; words >> word && word.starts_with("-");) {
            if (word.ends_with(",")) word.pop_back();
            if (word.starts_with("--")) options.insert(word);
        }
    }
    return options;
}

/// The words in front of the lines behind "Commands:".
std::vector<std::string> commands_in(const std::string& help) {
    std::vector<std::string> commands;
    std::istringstream lines{help.substr(std::min(help.find("\nCommands:"), help.size()))};
    std::string line;
    std::getline(lines, line);
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
        const auto of_tool = options_in(help);
        pages.push_back({tool, "", help, of_tool});
        for (const std::string& command : commands_in(help)) {
            HelpPage page{tool, command, help_of(bench, tool, command), {}};
            page.options = options_in(page.text);
            std::erase_if(page.options, [&](const std::string& option) {
                return option != "--help" && of_tool.contains(option);
            });
            pages.push_back(page);
        }
    }
    return pages;
}

}  // namespace pressings::test

#include "cli/examples.hpp"

#include <fstream>
#include <functional>
#include <regex>
#include <sstream>

#include "cli/help_text.hpp"

namespace pressings::test {

namespace {

std::string without(std::string text, const std::string& part, const std::string& instead) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at))
        text.replace(at, part.size(), instead);
    return text;
}

/// A line of a block, or nothing where the block is not.
using LineOf = std::function<std::string(const std::string&)>;

/// Blocks of lines that belong together; `inside` gives a line of a block, or "" outside of one.
std::vector<std::string> blocks_of(std::istream& text, const LineOf& inside) {
    std::vector<std::string> blocks(1);
    for (std::string line; std::getline(text, line);) {
        const std::string content = inside(line);
        if (!content.empty()) {
            blocks.back() += content + "\n";
        } else if (!line.empty() && !blocks.back().empty()) {
            blocks.emplace_back();
        }
    }
    return blocks;
}

ExamplePage readme() {
    std::ifstream file{PRESSINGS_SOURCE_DIR "/README.md"};
    return {"README.md", blocks_of(file, [](const std::string& line) {
                return line.starts_with("    ") ? line.substr(4) : "";
            })};
}

/// What stands between .EX and .EE, as it is shown.
ExamplePage man_page(const std::string& path) {
    std::ifstream file{std::string{PRESSINGS_SOURCE_DIR} + "/apps/" + path};
    bool is_example = false;
    const auto inside = [&](const std::string& line) -> std::string {
        if (line == ".EX" || line == ".EE") {
            is_example = line == ".EX";
            return "";
        }
        if (!is_example) return "";
        return without(without(without(line, "\\-", "-"), "\\(aq", "'"), "\\e", "\\");
    };
    return {path.substr(path.find('/') + 1), blocks_of(file, inside)};
}

ExamplePage help(const HelpPage& page) {
    const auto start = page.text.find("\nExamples:\n");
    std::istringstream lines{start == std::string::npos ? "" : page.text.substr(start + 11)};
    return {page.tool + " " + page.command + " --help",
            blocks_of(lines, [](const std::string& line) {
                return line.starts_with("  ") ? line.substr(2) : "";
            })};
}

bool goes_on(const std::string& line) {
    return line.ends_with("\\") || line.ends_with("|");
}

/// Behind the five fields of a crontab's line.
std::string without_times(const std::string& line) {
    static const std::regex times{R"(^\*\S*( +\*){4} +(.*)$)"};
    std::smatch parts;
    return std::regex_match(line, parts, times) ? parts[2].str() : line;
}

bool runs_a_tool(const std::string& command) {
    static const std::regex tool{
        R"((^|\| )([A-Z_]+=\S+ +)*(\S*/)?(album-import|release-worker|release-catalog|)"
        R"(musicbrainz-mirror) .*|^sqlite3 .*)"};
    return std::regex_search(command, tool);
}

}  // namespace

std::vector<ExamplePage> example_pages() {
    std::vector<ExamplePage> pages{readme(), man_page("pressings.7"), man_page("pressings.toml.5")};
    for (const std::string& tool : k_tools)
        pages.push_back(man_page(tool + "/" + tool + ".1"));
    for (const HelpPage& page : help_pages(ToolBench{})) {
        if (page.command.empty()) pages.push_back(help(page));
    }
    return pages;
}

std::vector<std::string> commands_in(const std::string& block) {
    std::vector<std::string> commands;
    std::istringstream lines{block};
    for (std::string line; std::getline(lines, line);) {
        for (std::string more; goes_on(line) && std::getline(lines, more);) {
            if (line.ends_with("\\")) line.pop_back();
            line += " " + more;
        }
        line = without_times(line);
        if (!line.starts_with('#') && runs_a_tool(line)) commands.push_back(line);
    }
    return commands;
}

}  // namespace pressings::test

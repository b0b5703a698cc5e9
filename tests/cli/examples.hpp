#pragma once

#include <string>
#include <vector>

/// What the documentation tells people to type.
namespace pressings::test {

/// The examples of one page, each a block as it is printed.
struct ExamplePage {
    std::string name;  ///< "README.md", "release-worker.1", "release-worker run --help"
    std::vector<std::string> blocks;
};

/// README, every man page, and the help of every tool.
std::vector<ExamplePage> example_pages();

/// The command lines of a block that run a tool of ours, whole where they go over several lines.
/// What a crontab has in front of one is left out.
std::vector<std::string> commands_in(const std::string& block);

}  // namespace pressings::test

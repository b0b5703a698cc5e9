#pragma once

#include <set>
#include <string>
#include <vector>

#include "support/tool.hpp"

/// What the tools say of themselves, for tests that must not miss a command or an option.
namespace pressings::test {

inline const std::vector<std::string> k_tools{"album-import", "release-worker", "release-catalog",
                                              "musicbrainz-mirror"};

/// A tool and a command of it, which is empty where the tool itself is meant.
struct HelpPage {
    std::string tool;
    std::string command;
    std::string text;
    std::set<std::string> options;  ///< "--db", …, by their long names; without those of its tool
};

/// The help of every tool and of each of its commands.
std::vector<HelpPage> help_pages(const ToolBench& bench);

}  // namespace pressings::test

#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/temporary_folder.hpp"

namespace pressings::test {

/// What a run of a tool left.
struct ToolRun {
    int status = 0;
    std::string out;
    std::string err;

    std::vector<nlohmann::json> documents() const;  ///< standard output, a document a line
};

/// A place to run the real tools in: a folder with a database, an environment of its own.
class ToolBench {
  public:
    ToolBench();

    /// Runs "album-import ARGUMENTS…" with this bench's database; `input` is its standard input.
    ToolRun run(const std::string& tool, const std::vector<std::string>& arguments,
                const std::string& input = "") const;

    /// Where its catalogue is, as --db takes it.
    const std::string& database() const { return environment.at("PRESSINGS_DB"); }

    TemporaryFolder folder;
    std::map<std::string, std::string> environment;
    std::string output;  ///< where standard output goes, if it is to be a file such as /dev/full
};

}  // namespace pressings::test

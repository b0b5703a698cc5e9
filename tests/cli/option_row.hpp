#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/recorded_albums.hpp"

/// The table of options: each with the effect that a user sees of it.
namespace pressings::test {

/// An option of a command, and a check of what it does that fails if it does nothing.
struct OptionRow {
    std::string command;  ///< "album-import", "release-worker run"; "" is every tool
    std::string option;   ///< "--queue"
    std::function<void()> effect;
};

using OptionRows = std::vector<OptionRow>;

OptionRows common_option_rows();
OptionRows import_option_rows();
OptionRows run_option_rows();
OptionRows job_option_rows();
OptionRows catalog_option_rows();
OptionRows mirror_option_rows();

using Words = std::vector<std::string>;

/// One list behind the other.
inline Words operator+(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// The jobs that this filter takes.
inline std::vector<nlohmann::json> jobs(const ToolBench& bench, const Words& filter = {}) {
    const auto run = bench.run("release-worker", Words{"jobs", "--json"} + filter);
    check_quiet(run);
    return run.documents();
}

inline nlohmann::json job(const ToolBench& bench, int id = 1) {
    const auto run = bench.run("release-worker", {"show", std::to_string(id), "--json"});
    check_quiet(run);
    return run.documents().at(0);
}

/// The statuses of the records of an import, in their order: "created exists".
inline std::string statuses(const ToolRun& run) {
    std::string all;
    for (const nlohmann::json& record : run.documents())
        all += (all.empty() ? "" : " ") + record["status"].get<std::string>();
    return all;
}

inline nlohmann::json summary_of(const ToolRun& run) {
    return run.documents().back().at("summary");
}

}  // namespace pressings::test

#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pressings::test {

/// A program to be run, and all that it is given.
struct Command {
    std::vector<std::string> arguments;              ///< its path comes first
    std::map<std::string, std::string> environment;  ///< all of it
    std::string input;                               ///< comes through a pipe
    /// Standard output is a pipe whose reader leaves after so many bytes, as `head` does.
    std::optional<std::size_t> read_at_most;
    std::chrono::seconds timeout{60};
};

/// What a program left.
struct Finished {
    int status = 0;  ///< 128 and the signal's number if one ended it
    std::string out;
    std::string err;
    long peak_kb = 0;  ///< of memory, the most it ever held; counts the test's own at its start
};

/// Runs a program to its end. std::runtime_error if it cannot be started, or is not at its end in
/// time; then it is killed.
Finished run_process(const Command& command);

}  // namespace pressings::test

#pragma once

#include <string>
#include <vector>

namespace pressings::bench {

/// What a run of one or more programs at once took.
struct Cost {
    double wall_s = 0;
    double cpu_s = 0;      ///< user and system, of all
    double peak_mb = 0;    ///< resident, of the largest
    std::string output{};  ///< standard output of the first, if it was asked for
};

using Arguments = std::vector<std::string>;

/// What is done with standard output.
enum class Stdout { discard, keep };

/// Runs the programs at once, to their ends. std::runtime_error if one fails.
Cost run(const std::vector<Arguments>& programs, Stdout output = Stdout::discard);
Cost run(const Arguments& program, Stdout output = Stdout::discard);

}  // namespace pressings::bench

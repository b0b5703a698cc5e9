#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pressings::bench {

/// One line of the benchmark: something of ours beside its limit or a peer.
struct Measure {
    std::string name;     ///< "import"
    std::string what;     ///< with durability and work done
    std::string against;  ///< the limit or the peer
    std::string unit;     ///< of both values: "s", "jobs/s", "MB"
    enum class Target { at_most, at_least };
    Target kind = Target::at_most;
    double target = 1;  ///< bound of ours / theirs
    double most = 0;    ///< bound of our value itself beside it; 0: none
    int runs = 5;
    std::function<double()> ours;    ///< one run; the value
    std::function<double()> theirs;  ///< likewise; none: the target bounds our value itself
};

struct Result {
    std::string name, what, against, unit;
    double ours = 0;  ///< medians
    std::optional<double> theirs;
    double ratio = 0;  ///< ours / theirs, of the medians; our value where there are no others
    double target = 0;
    double most = 0;
    bool is_met = false;
    Measure::Target kind = Measure::Target::at_most;
};

/// Runs ours and theirs by turns.
Result take(const Measure& measure);

/// Figures that have no target: how something goes as something else grows.
struct Survey {
    std::string name;                       ///< "postgresql-workers"
    std::string what;                       ///< with durability and work done
    std::vector<std::string> columns;       ///< with their units
    std::vector<std::vector<double>> rows;  ///< a value a column
};

/// A table for people.
std::string table(const std::vector<Result>& results);
std::string table(const Survey& survey);
/// All of it as JSON.
std::string json(const std::vector<Result>& results, const std::vector<Survey>& surveys,
                 const std::string& machine);

/// Processor, cores, memory and system, in a line.
std::string machine();

}  // namespace pressings::bench

#pragma once

#include "bench/measure.hpp"
#include "bench/postgresql/databases.hpp"

namespace pressings::bench {

enum class Snapshot { none, held };

/// What four workers come to in a while, a job a transaction, while as many jobs come in as they
/// do.
struct Churn {
    int seconds = 0;
    std::vector<double> each_second;  ///< jobs done
    struct Sample {
        double dead_rows = 0;  ///< of jobs, as far as the server knows
        double jobs_mb = 0;    ///< the table
        double indexes_mb = 0;
        double due_mb = 0;  ///< the index of what is due, among them
    };
    std::vector<Sample> samples;  ///< ten, in equal distances, the last at the end

    /// Jobs a second over the first, and over the last fiftieth.
    double at_start() const;
    double at_end() const;
};

/// Ten minutes of it under a snapshot that a session holds all the while, two without one (with
/// --quick: one minute, and ten seconds); run once, and remembered.
const Churn& churn(const Databases& databases, Snapshot snapshot);

}  // namespace pressings::bench

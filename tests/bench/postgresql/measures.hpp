#pragma once

#include <string>
#include <vector>

#include "bench/bench.hpp"
#include "bench/postgresql/databases.hpp"

namespace pressings::bench {

/// Albums a second of so many `album-import` at once, each with its part of them.
double import_rate(const Databases& databases, std::size_t importers, std::size_t albums);

/// The measures of each subject on PostgreSQL.
std::vector<Measure> postgresql_import_measures(const Databases& databases);

}  // namespace pressings::bench

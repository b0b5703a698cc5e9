#pragma once

#include <string>
#include <vector>

#include "bench/bench.hpp"
#include "bench/postgresql/databases.hpp"

namespace pressings::bench {

/// Albums a second of so many `album-import` at once, each with its part of them.
double import_rate(const Databases& databases, std::size_t importers, std::size_t albums);

/// Jobs a second of so many processes of a program that claims and completes, `group` a
/// transaction.
double claim_rate(const Databases& databases, const std::string& program, int group, int workers,
                  long jobs);

/// The measures of each subject on PostgreSQL.
std::vector<Measure> postgresql_import_measures(const Databases& databases);
std::vector<Measure> postgresql_queue_measures(const Databases& databases);
std::vector<Measure> postgresql_drain_measures(const Databases& databases);
std::vector<Measure> postgresql_peer_measures(const Databases& databases);

}  // namespace pressings::bench

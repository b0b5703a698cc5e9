#pragma once

#include <cstddef>
#include <string>

#include "store/maintenance.hpp"
#include "store/sql/connection.hpp"

/// The parts of a check that are the same on every engine. Each adds what it found; none reads or
/// keeps more than it needs. Errors are the engine's.
namespace pressings::store::sql {

/// So many things of a kind are named; of the others it is said that they are there.
inline constexpr std::size_t k_most_named = 5;

/// Counts, keys and jobs that contradict each other; `remedy` is what to do about them.
void check_invariants(Connection& connection, const std::string& remedy, CheckResult& report);

/// Albums whose releases are not those that imports, merges and moves have left.
void check_releases(Connection& connection, CheckResult& report);

/// Notes jobs that this version leaves alone: a newer one put them in, and does them.
void note_unknown_kinds(Connection& connection, CheckResult& report);

/// Notes jobs whose worker has gone: the next one has them.
void note_orphans(std::vector<std::int64_t> jobs, CheckResult& report);

}  // namespace pressings::store::sql

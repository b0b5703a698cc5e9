#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/candidate.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// Keeps these with the job in place of what was kept, inside the caller's transaction; at most
/// k_most_candidates.
void write_candidates(Connection& connection, std::int64_t job_id,
                      std::span<const Candidate> candidates);

/// What is kept with the job, in its order.
std::vector<Candidate> read_candidates(Connection& connection, std::int64_t job_id);

}  // namespace pressings::store::sql

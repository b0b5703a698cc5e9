#pragma once

#include "cli/table.hpp"
#include "store/job_inspector.hpp"

namespace pressings {

/// Jobs for people, a row each.
cli::Table job_table();
void add_job(cli::Table& table, const store::JobRecord& job);

}  // namespace pressings

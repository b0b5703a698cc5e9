#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/job_inspector.hpp"

namespace pressings::test {

/// A worker's word that it got a job done.
struct DoneReport {
    std::int64_t job_id = 0;
    int attempt = 0;
};

/// From the JSON lines of `release-worker run`; lines that a kill cut off are left out.
std::vector<DoneReport> done_reports(const std::string& file);

/// Whether the job's log of attempts says the same.
bool was_done(store::JobInspector& jobs, const DoneReport& report);

}  // namespace pressings::test

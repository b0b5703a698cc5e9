#pragma once

#include <span>

#include <nlohmann/json_fwd.hpp>

#include "store/job_book.hpp"
#include "store/request_slots.hpp"

namespace pressings::cli {

/// The outbox as JSON; the schemas are schema/json/job.json and status.json.
nlohmann::ordered_json job_json(const store::JobRecord& job);
/// With "attempt_log", every attempt.
nlohmann::ordered_json job_json(const store::JobRecord& job,
                                const std::vector<store::AttemptRecord>& attempts);
nlohmann::ordered_json status_json(const store::QueueStatus& status,
                                   std::span<const store::RequestSlots::Hold> holds);
nlohmann::ordered_json error_json(const std::optional<JobError>& error);

}  // namespace pressings::cli

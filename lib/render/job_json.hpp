#pragma once

#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "store/job_inspector.hpp"
#include "store/request_slots.hpp"

namespace pressings::render {

/// The outbox as JSON; the schemas are schema/json/job.json and status.json.
nlohmann::ordered_json job_json(const store::JobRecord& job);
/// With "attempt_log", every attempt, and "candidates", what the album may be, each with the
/// command that says so.
nlohmann::ordered_json job_json(const store::JobRecord& job,
                                const std::vector<store::AttemptRecord>& attempts,
                                const std::vector<Candidate>& candidates, const std::string& db);

/// What to type to say that an album is the release group `mbid`, in the database `db`, the default
/// one if that is empty; quoted for a shell.
std::string settle_command(const std::string& db, std::int64_t album_id, const std::string& mbid);
nlohmann::ordered_json status_json(const store::QueueStatus& status,
                                   std::span<const store::RequestSlots::Hold> holds);
nlohmann::ordered_json error_json(const std::optional<JobError>& error);

}  // namespace pressings::render

#pragma once

#include <cstdint>
#include <string>

#include "domain/job.hpp"
#include "store/job_inspector.hpp"
#include "store/sql/unit_of_work.hpp"
#include "store/sql/workers.hpp"

namespace pressings::store::sql {

/// What is known of a job before it has an id.
struct NewJob {
    JobKind kind = JobKind::releases;
    std::optional<std::int64_t> album_id{};
    std::optional<Mbid> subject{};
    std::optional<std::string> arguments{};
    std::string queue = "default";
    int priority = 0;
};

/// Queues a job, due at once; its id.
std::int64_t insert_job(UnitOfWork& work, const NewJob& job);

/// The same for the releases of an album.
std::int64_t insert_import(UnitOfWork& work, std::int64_t album_id, const std::string& queue,
                           int priority);

/// Ends an open job and its running attempt; the worker that has it can write nothing any more.
/// Whether it was open.
bool cancel_job(UnitOfWork& work, std::int64_t job_id, const std::optional<JobError>& why);

/// Takes the failed jobs of an album that is imported now from among the failures.
void supersede_failed_jobs(UnitOfWork& work, std::int64_t album_id);

/// A row of any of the statements k_job_record….
JobRecord read_job(const Query& row, const Workers& workers);
std::optional<JobRecord> load_job(Connection& connection, std::int64_t job_id,
                                  const Workers& workers);

}  // namespace pressings::store::sql

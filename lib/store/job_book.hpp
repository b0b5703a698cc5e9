#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/job.hpp"

namespace pressings::store {

/// A job as people look at it.
struct JobRecord {
    std::int64_t id = 0;
    JobKind kind = JobKind::releases;
    JobState state = JobState::pending;
    std::string queue;
    int priority = 0;
    std::optional<std::int64_t> album_id;
    std::optional<Mbid> mbid;  ///< of the album, or the artist of a discography
    std::optional<std::string> artist;
    std::optional<std::string> title;
    int attempts = 0;
    Millis run_at_ms = 0;
    std::optional<std::string> worker;
    std::optional<Millis> lease_left_ms;
    std::optional<JobError> error;
    Millis created_at_ms = 0;
    std::optional<Millis> started_at_ms;
    std::optional<Millis> finished_at_ms;
};

struct AttemptRecord {
    int attempt = 0;
    std::string worker;
    Millis started_at_ms = 0;
    std::optional<Millis> finished_at_ms;
    std::string
        outcome;  ///< running, done, retrying, failed, released, crashed, expired, cancelled
    std::optional<JobError> error;
    int requests = 0;
    int releases = 0;
};

struct JobFilter {
    std::optional<JobState> state;
    std::optional<std::string> queue;
    std::optional<std::int64_t> album_id;
    std::optional<std::string> error_code;
    std::int64_t limit = 100;  ///< 0: all
};

/// What the outbox looks like at one moment.
struct QueueStatus {
    struct Count {
        JobState state = JobState::pending;
        std::string queue;
        std::int64_t jobs = 0;
    };
    std::vector<Count> counts;  ///< those that are not zero
    std::int64_t due = 0;
    std::optional<Millis> oldest_due_age_ms;
    std::vector<JobRecord> running;
    std::int64_t albums = 0;
    std::int64_t releases = 0;             ///< present ones
    std::vector<JobRecord> failed_recent;  ///< the last ten
    std::vector<std::string> paused;
    std::int64_t log_bytes = 0;
};

enum class Steering { retry, cancel, run_now };

/// The side of the store for people who look at jobs and steer them.
class JobBook {
  public:
    virtual ~JobBook() = default;

    /// Newest first; pending ones in the order in which they will run, failed ones the last first.
    virtual void jobs(const JobFilter& filter,
                      const std::function<void(const JobRecord&)>& each) = 0;
    virtual std::optional<JobRecord> job(std::int64_t id) = 0;
    virtual std::vector<AttemptRecord> attempts(std::int64_t job_id) = 0;
    virtual QueueStatus status() = 0;

    /// Changes one job: `retry` makes a failed or cancelled one pending with fresh attempts,
    /// `cancel` ends a pending or running one, `run_now` makes a pending one due. The job as it is
    /// then; nothing, with the reason in `refusal`, if it is in no state for that.
    struct Steered {
        bool done = false;
        std::string refusal;
    };
    virtual Steered steer(std::int64_t job_id, Steering what, bool dry_run) = 0;

    /// Deletes done (or other finished) jobs that ended before `before_ms`, at most `limit`, in one
    /// transaction. How many.
    virtual std::int64_t prune(Millis before_ms, std::optional<JobState> state, int limit,
                               bool dry_run) = 0;

    /// Bytes in the database's write-ahead log now.
    virtual std::int64_t log_bytes() = 0;

    /// Pauses a queue, or all for "*": no worker claims from it until it is resumed. Resuming "*"
    /// takes back every pause.
    virtual void pause(const std::string& queue) = 0;
    virtual void resume(const std::string& queue) = 0;

    /// What is wrong with the file or with what is in it; empty if all is well.
    virtual std::vector<std::string> check() = 0;

    /// Writes a consistent copy to `path`, which must not exist yet, while everything runs.
    virtual void backup(const std::string& path) = 0;
};

}  // namespace pressings::store

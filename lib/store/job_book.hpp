#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/stop_signals.hpp"
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
    /// running, done, retrying, failed, released, crashed, killed, expired, cancelled
    std::string outcome;
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

struct CountByName {
    std::string name;
    std::int64_t count = 0;
};

/// What the workers did within the last minutes.
struct RecentWork {
    Millis span_ms = 0;  ///< so long; 0 if nothing was done
    std::int64_t done = 0;
    std::int64_t retrying = 0;
    std::int64_t failed = 0;
    std::int64_t throttled = 0;
    std::int64_t requests = 0;
    std::int64_t releases = 0;  ///< written
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
    std::vector<CountByName> failures;  ///< failed jobs by error code
    std::vector<CountByName> attempts;  ///< ended ones by outcome, since the beginning
    std::int64_t requests = 0;          ///< made of sources, since the beginning
    RecentWork recent;
    std::int64_t albums = 0;
    std::int64_t releases = 0;             ///< present ones
    std::int64_t oddities = 0;             ///< of all albums
    std::vector<JobRecord> failed_recent;  ///< the last ten
    std::vector<std::string> paused;
    std::int64_t log_bytes = 0;

    std::int64_t open() const;
    /// How long the open jobs take at the rate of late; nothing if that is not known.
    std::optional<Millis> time_to_empty_ms() const;
};

/// What a check of the database found.
struct CheckReport {
    /// A fault, and the way out.
    struct Fault {
        std::string what;
        std::string remedy;
    };
    std::vector<Fault> faults;       ///< none: all is well
    std::vector<std::string> notes;  ///< what should be known and is no fault
    int schema = 0;                  ///< the version of the schema
    std::string sqlite;              ///< the version of SQLite
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
    /// What the album of a job that failed as "not_found" or "ambiguous" may be, the likeliest
    /// first; replaced by each attempt that fails, gone when one succeeds or the album is settled.
    virtual std::vector<Candidate> candidates(std::int64_t job_id) = 0;
    virtual QueueStatus status() = 0;

    /// Changes jobs, all in one transaction: `retry` makes failed or cancelled ones pending with
    /// fresh attempts, `cancel` ends pending or running ones, `run_now` makes pending ones due. One
    /// that is in no state for that is refused, with the reason.
    struct Steered {
        bool done = false;
        std::string refusal;
        std::optional<JobState> state;  ///< its state then; nothing if there is no such job
    };
    virtual std::vector<Steered> steer(std::span<const std::int64_t> job_ids, Steering what,
                                       bool dry_run) = 0;

    /// The time to reckon with where something is deleted for its age: the wall clock's, unless
    /// that has leapt more than a day ahead, and has not stayed so for a day yet; then the latest
    /// time that was believed.
    virtual Millis believed_now_ms() = 0;
    /// Notes what the wall clock shows, as whoever deletes for age does before; believed_now_ms().
    virtual Millis follow_clock() = 0;

    /// Deletes finished jobs that ended before `before_ms`, at most `limit`, in one transaction:
    /// those in `state`, else all that did not fail. How many.
    virtual std::int64_t prune(Millis before_ms, std::optional<JobState> state, int limit,
                               bool dry_run) = 0;

    /// Bytes in the database's write-ahead log now.
    virtual std::int64_t log_bytes() = 0;

    /// Pauses a queue, or all for "*": no worker claims from it until it is resumed. Resuming "*"
    /// takes back every pause.
    virtual void pause(const std::string& queue) = 0;
    virtual void resume(const std::string& queue) = 0;

    /// Deletes what is kept for rates of work but too old to matter.
    virtual void forget_old_work() = 0;

    /// Verifies the file and what is in it. Reads all of it.
    virtual CheckReport check() = 0;

    /// Writes a consistent copy to `path`, where nothing may be yet, while everything runs. It has
    /// that name only when all of it is on the disk; if it fails, or `stop` says so, nothing is
    /// left of it. Error then.
    virtual void backup(const std::string& path, const StopSignals& stop) = 0;
};

}  // namespace pressings::store

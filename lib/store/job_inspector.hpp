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
    std::string kind;  ///< as it is named; one that only another version knows, too
    JobState state = JobState::pending;
    std::string queue;
    int priority = 0;
    std::optional<std::int64_t> album_id;
    std::optional<Mbid> mbid;  ///< of the album or other subject
    std::optional<std::string> artist;
    std::optional<std::string> title;
    std::vector<Identifier> identifiers{};  ///< by which a user knows the album, the surest first
    int attempts = 0;
    Millis run_at_ms = 0;
    std::optional<std::string> worker;
    std::optional<Millis> lease_left_ms;
    std::optional<JobError> error;
    Millis created_at_ms = 0;
    std::optional<Millis> started_at_ms;
    std::optional<Millis> finished_at_ms;
};

/// What its album is called: by its title, else by an identifier, else by its MBID; "" without.
std::string named(const JobRecord& job);

struct AttemptRecord {
    int attempt = 0;
    std::string worker;
    Millis started_at_ms = 0;
    std::optional<Millis> finished_at_ms;
    Outcome outcome = Outcome::running;
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

/// What tells of an engine's health, by the name it has for monitoring.
struct Gauge {
    std::string name;  ///< "wal_bytes"
    std::string help;  ///< a sentence
    std::int64_t value = 0;
};

/// What is watched, in numbers.
struct WatchCounts {
    std::int64_t total = 0;
    std::int64_t due = 0;   ///< and not looked at yet
    std::int64_t gone = 0;  ///< not looked at any more: MusicBrainz does not know them
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
    WatchCounts watches;
    std::vector<Gauge> health;  ///< each engine has its own

    std::int64_t open() const;
    /// Of the gauge of that name; nothing if this engine has none.
    std::optional<std::int64_t> gauge(std::string_view name) const;
    /// How long the open jobs take at the rate of late; nothing if that is not known.
    std::optional<Millis> time_to_empty_ms() const;
};

/// The side of the store for people who look at jobs. StoreError if it cannot be read.
class JobInspector {
  public:
    virtual ~JobInspector() = default;

    /// Newest first; pending ones in the order in which they will run, failed ones the last first.
    virtual void jobs(const JobFilter& filter,
                      const std::function<void(const JobRecord&)>& each) = 0;
    virtual std::optional<JobRecord> job(std::int64_t id) = 0;
    virtual std::vector<AttemptRecord> attempts(std::int64_t job_id) = 0;
    /// What the album of a job that failed as "not_found" or "ambiguous" may be, the likeliest
    /// first; replaced by each attempt that fails, gone when one succeeds or the album is
    /// identified.
    virtual std::vector<Candidate> candidates(std::int64_t job_id) = 0;
    virtual QueueStatus status() = 0;
};

}  // namespace pressings::store

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/stop_signals.hpp"
#include "base/time.hpp"
#include "domain/job.hpp"
#include "store/mode.hpp"

namespace pressings::store {

/// What a check of the database found.
struct CheckResult {
    /// A fault, and the way out.
    struct Fault {
        std::string what;
        std::string remedy;
    };
    std::vector<Fault> faults;       ///< none: all is well
    std::vector<std::string> notes;  ///< what should be known and is no fault
    int schema = 0;                  ///< the version of the schema
    std::string engine;              ///< "SQLite"
    std::string engine_version;      ///< "3.40.1"
};

/// The side of the store that keeps it well. StoreError if it cannot be done; then nothing was.
class Maintenance {
  public:
    virtual ~Maintenance() = default;

    /// The time to reckon with where something is deleted for its age: the wall clock's, unless
    /// that has leapt more than a day ahead, and has not stayed so for a day yet; then the latest
    /// time that was believed.
    virtual Millis believed_now_ms() = 0;
    /// Notes what the wall clock shows, as whoever deletes for age does before; believed_now_ms().
    virtual Millis follow_clock() = 0;

    /// Deletes finished jobs that ended before `before_ms`, at most `limit`, in one transaction:
    /// those in `state`, else all that did not fail. How many.
    virtual std::int64_t prune(Millis before_ms, std::optional<JobState> state, int limit,
                               Mode mode) = 0;

    /// What an operator should know while workers run, with the way out; nothing if all is well.
    virtual std::optional<std::string> advice() = 0;

    /// Deletes what is kept for rates of work but too old to matter.
    virtual void forget_old_work() = 0;

    /// Brings at most `most` albums into what searches answer from, in one transaction; how many.
    /// 0: nothing is left to do.
    virtual std::int64_t index_albums(int most) = 0;

    /// Verifies the file and what is in it. Reads all of it.
    virtual CheckResult check() = 0;

    /// Writes a consistent copy to `path`, where nothing may be yet, while everything runs. It has
    /// that name only when all of it is on the disk; if it fails, or `stop` says so, nothing is
    /// left of it. Error then.
    virtual void backup(const std::string& path, const StopSignals& stop) = 0;
};

}  // namespace pressings::store

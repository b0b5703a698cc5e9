#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/job.hpp"
#include "domain/watch.hpp"
#include "store/mode.hpp"

namespace pressings::store {

/// A watch as people look at it.
struct WatchRecord {
    WatchOrder order;
    std::optional<std::string> name;  ///< of the artist, label or series, once it was looked at
    Millis created_at_ms = 0;
    std::optional<Millis> looked_at_ms;  ///< when the last look was finished
    std::optional<Millis> next_at_ms;    ///< nothing: it is not looked at any more
    std::int64_t found = 0;              ///< albums that it has put in
    std::int64_t position = 0;           ///< where the look under way goes on; 0 if none is
    std::optional<JobError> gone;        ///< why it is not looked at any more
    /// Its last job, if that was not pruned.
    std::optional<std::int64_t> job_id;
    std::optional<JobState> job_state;
    std::optional<JobError> job_error;
};

/// What became of an order.
enum class WatchChange { created, updated, exists };

std::string_view to_string(WatchChange change);

struct OrderedWatch {
    WatchChange change = WatchChange::created;
    std::optional<std::int64_t> job_id;  ///< its open job
};

/// The side of the store that knows what is watched. Each call is one transaction. StoreError if
/// it cannot be done; then nothing was.
class WatchList {
  public:
    virtual ~WatchList() = default;

    /// Notes the watch, with the job of its first look. What is watched already is changed to
    /// what the order says; it is looked at now if other types are wanted, or if it was gone.
    virtual OrderedWatch order(const WatchOrder& order, Mode mode) = 0;

    /// Ends a watch and its open job; albums stay. The watch as it was; nothing if there is none.
    virtual std::optional<WatchRecord> end(const Mbid& mbid, Mode mode) = 0;

    /// In the order in which they were ordered.
    virtual std::vector<WatchRecord> all() = 0;

    /// How many are due and have no open job.
    virtual std::int64_t due() = 0;

    /// Queues the job of each watch that is due and has none open, `limit` at most; how many.
    /// Writes nothing, and waits for nobody, if there are none.
    virtual int queue_due(int limit) = 0;
};

}  // namespace pressings::store

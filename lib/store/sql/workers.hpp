#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "domain/recovery.hpp"

namespace pressings::store::sql {

/// A worker's row.
struct WorkerRow {
    std::int64_t id = 0;
    Millis started_at_ms = 0;
    std::string place;                         ///< as Workers::place() was there
    std::optional<std::int64_t> memory_kills;  ///< before it started, on its machine
};

/// Holds what shows that a worker lives, until the object goes or the process dies.
class WorkerPresence {
  public:
    virtual ~WorkerPresence() = default;
};

/// How the workers of a database know of each other who lives.
class Workers {
  public:
    virtual ~Workers() = default;

    /// Where this process runs, for its row: what a lease's time and a death are told by.
    virtual std::string place() const = 0;

    /// Shows that the worker lives, before its row can be seen. StoreError if that cannot be done.
    virtual std::unique_ptr<WorkerPresence> enter(const WorkerRow& worker) = 0;

    /// The clock of leases: never set, and the same for all workers that reckon with it.
    virtual Millis lease_clock_ms() const = 0;
    /// Whether leases of workers there are by this clock.
    virtual bool has_lease_clock(const std::string& place) const = 0;

    /// Whether the process is known to be there no longer.
    virtual bool is_gone(const WorkerRow& worker) = 0;
    /// How one that is gone has ended.
    virtual WorkerEnd end_of(const WorkerRow& worker) = 0;
    /// The jobs of all that were asked for have been taken back.
    virtual void forget_ends() {}
};

}  // namespace pressings::store::sql

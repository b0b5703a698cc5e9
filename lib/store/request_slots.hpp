#pragma once

#include <memory>
#include <string>

#include "base/time.hpp"

namespace pressings::store {

/// Shares out the moments at which requests may be made of a service, among all workers on a
/// database. What was shared out stays so if the worker dies. Safe from several threads.
class RequestSlots {
  public:
    virtual ~RequestSlots() = default;

    /// Takes the next free moment, `interval_ms` behind the one before: a time of the steady
    /// clock, now or later.
    virtual Millis reserve(const std::string& host, Millis interval_ms) = 0;
    /// Nobody's request may be made before `until_ms` of the steady clock.
    virtual void hold_off(const std::string& host, Millis until_ms) = 0;
    /// When requests may be made again, of the steady clock; 0 if they may.
    virtual Millis held_until(const std::string& host) = 0;
};

/// The slots of the database at `location` (see open_store). StoreError if they cannot be opened.
std::unique_ptr<RequestSlots> open_request_slots(const std::string& location, Clock& clock);

/// Tells when another process may have changed a database.
class ChangeWatch {
  public:
    virtual ~ChangeWatch() = default;
    /// A file descriptor that poll(2) finds readable after a change; -1 if there is none to be had.
    virtual int descriptor() const = 0;
    /// Forgets the changes so far.
    virtual void clear() = 0;
};

std::unique_ptr<ChangeWatch> watch_changes(const std::string& location);

}  // namespace pressings::store

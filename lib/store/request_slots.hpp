#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/store_options.hpp"

namespace pressings::store {

/// Shares out the moments at which requests may be made of a service, among all workers on a
/// database. What was taken stays taken if the worker dies. Safe from several threads.
class RequestSlots {
  public:
    virtual ~RequestSlots() = default;

    /// Takes this moment for one request, if the one before is `interval_ms` ago and nobody holds
    /// off: 0. Otherwise how long to wait before asking again.
    virtual Millis take(const std::string& host, Millis interval_ms) = 0;
    /// Nobody's request may be made for `hold_ms` from now, or an hour if that is shorter. A hold
    /// that lasts longer stays.
    virtual void hold_off(const std::string& host, Millis hold_ms) = 0;

    /// A service that wants no requests for now.
    struct Hold {
        std::string host;
        Millis left_ms = 0;
    };
    virtual std::vector<Hold> holds() = 0;
};

/// The slots of the database at `location` (see open_store), which is there. StoreError if they
/// cannot be opened.
std::unique_ptr<RequestSlots> open_request_slots(const std::string& location,
                                                 const StoreOptions& options, Clock& clock);

/// The services that want no requests from the workers of this database for now.
std::vector<RequestSlots::Hold> request_holds(const std::string& location,
                                              const StoreOptions& options, Clock& clock);

/// Tells when another process may have changed a database.
class ChangeWatch {
  public:
    virtual ~ChangeWatch() = default;
    /// A file descriptor that poll(2) finds readable after a change; -1 if there is none to be had.
    virtual int descriptor() const = 0;
    /// Whether there was a change since the last call.
    virtual bool changed() = 0;
};

std::unique_ptr<ChangeWatch> watch_changes(const std::string& location);

}  // namespace pressings::store

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/stop_signals.hpp"
#include "base/time.hpp"
#include "store/mode.hpp"
#include "store/open_store.hpp"

namespace pressings::store {

/// What a restore did.
struct Restored {
    std::int64_t albums = 0;    ///< in what was restored
    std::int64_t releases = 0;  ///< present ones
    /// Where the catalogue that was there is now, with its log if it had one that could not be
    /// moved into it; nothing if there was none.
    std::optional<std::string> set_aside;
    /// Why that one could not be read, if it could not.
    std::optional<std::string> damage;
};

/// Puts a copy of the catalogue in `file` in the place of the one at `location`, which it sets
/// aside whole under a name of its own.
///
/// At each moment there is either the old catalogue or the new one under the name, whole, however
/// the process ends, and never one of them beside the other's log. UsageError if `file` is not a
/// whole catalogue of this version; StoreBusy while a worker or another program has the old one
/// open; StoreError if it cannot be done, or `stop` says so. Then nothing has changed. In a dry run
/// the copy is made, verified, and removed again.
Restored restore(const std::string& location, const std::string& file, Mode mode,
                 const StoreOptions& options, const StopSignals& stop, Clock& clock);

}  // namespace pressings::store

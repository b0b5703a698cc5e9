#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/stop_signals.hpp"
#include "base/time.hpp"
#include "store/open_store.hpp"

namespace pressings::store {

/// What a copy did.
struct Copied {
    struct Table {
        std::string name;
        std::int64_t rows = 0;
    };
    std::string from;           ///< for people, without a password
    std::string to;             ///< likewise
    std::vector<Table> tables;  ///< all that are copied, with what the copy has now
    std::int64_t rows = 0;      ///< of all tables
    std::int64_t found = 0;     ///< of these, what was there from a copy that was broken off
};

/// What is told while it lasts; each may be empty.
struct CopyProgress {
    std::function<void(std::int64_t rows)> begin;    ///< so many are to be copied; has them counted
    std::function<void(std::int64_t rows)> advance;  ///< so many more are there
    std::function<void()> compare;                   ///< all are there, and are compared
};

struct CopyOptions {
    StoreOptions opening;
    bool anew = false;  ///< a copy that was broken off is thrown away, and not gone on with
    CopyProgress progress;
};

/// Copies the catalogue at `from`, as it is at this moment, with its outbox, into the one at `to`,
/// of whatever engine, and compares both when all is there. What searches answer from is made anew
/// by whoever needs it.
///
/// The target is made if it is not there, and must be empty, or hold a copy that was broken off:
/// that goes on, if the source has the same rows still. Until the copy is whole nobody else opens
/// it. UsageError if the target has something else or is the source; StoreError if it cannot be
/// done, `stop` says so, or the two differ.
Copied copy_catalogue(const std::string& from, const std::string& to, const CopyOptions& options,
                      const StopSignals& stop, Clock& clock);

}  // namespace pressings::store

#pragma once

#include <cstdint>
#include <string>

#include "base/draft.hpp"
#include "base/stop_signals.hpp"
#include "base/time.hpp"

namespace pressings::store::sqlite {

/// What is in a copy of a catalogue.
struct CopiedCatalogue {
    std::int64_t albums = 0;
    std::int64_t releases = 0;
};

/// Copies the catalogue in `file`, with what is in its log, into `draft`, and verifies the copy, so
/// that nothing can change between the two; no log is left beside it. UsageError if `file` cannot
/// be read, or is not a whole catalogue of this version.
CopiedCatalogue copy_catalogue(const std::string& file, const Draft& draft, const StopSignals& stop,
                               Millis busy_timeout_ms);

}  // namespace pressings::store::sqlite

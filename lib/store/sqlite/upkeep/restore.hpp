#pragma once

#include "store/restore.hpp"

namespace pressings::store::sqlite {

/// As store::restore, for the database file at `path`, all links followed.
Restored restore_database(const std::string& path, const std::string& file, Mode mode,
                          const StoreOptions& options, const StopSignals& stop, Clock& clock);

}  // namespace pressings::store::sqlite

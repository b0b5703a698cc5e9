#pragma once

#include <memory>
#include <string>

#include "store/open_store.hpp"
#include "store/sql/upkeep/copy_end.hpp"

namespace pressings::store::postgresql {

/// The catalogue in the database at `location`, to be copied. StoreError if it is none, or not a
/// whole one.
std::unique_ptr<sql::CopyEnd> open_copy_source(const std::string& location,
                                               const StoreOptions& options, Clock& clock);
/// The one in the database at `location` to copy to, whose tables are made if they are not there.
/// StoreError if it cannot be opened, or is no catalogue.
std::unique_ptr<sql::CopyEnd> open_copy_target(const std::string& location,
                                               const StoreOptions& options, Clock& clock);

}  // namespace pressings::store::postgresql

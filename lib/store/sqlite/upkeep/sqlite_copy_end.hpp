#pragma once

#include <memory>
#include <string>

#include "store/open_store.hpp"
#include "store/sql/upkeep/copy_end.hpp"

namespace pressings::store::sqlite {

/// The catalogue in the file `path`, to be copied. StoreError if it is none, or not a whole one.
std::unique_ptr<sql::CopyEnd> open_copy_source(const std::string& path,
                                               const StoreOptions& options);
/// The one in the file `path` to copy to, which is made if it is not there. StoreError if it cannot
/// be opened, or is no catalogue.
std::unique_ptr<sql::CopyEnd> open_copy_target(const std::string& path,
                                               const StoreOptions& options);

}  // namespace pressings::store::sqlite

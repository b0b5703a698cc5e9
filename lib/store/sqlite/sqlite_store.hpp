#pragma once

#include <memory>
#include <string>

#include "store/open_store.hpp"

namespace pressings::store::sqlite {

/// Opens the SQLite database at `path`; the file is made if it is not there.
std::unique_ptr<Store> open_sqlite_store(const std::string& path, const StoreOptions& options,
                                         Clock& clock);

}  // namespace pressings::store::sqlite

#pragma once

#include <memory>
#include <string>

#include "store/request_slots.hpp"

namespace pressings::store::sqlite {

/// Watches the write-ahead log of the database at `path`: each commit writes to it.
std::unique_ptr<ChangeWatch> watch_log(const std::string& path);

}  // namespace pressings::store::sqlite

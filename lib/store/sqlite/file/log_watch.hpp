#pragma once

#include <memory>
#include <string>

#include "store/request_slots.hpp"

namespace pressings::store::sqlite {

/// Watches the write-ahead log of the database at `path` (without symbolic links), which must be
/// open: each commit writes to it.
///
/// A commit can be seen only after it was written and synced, so a look at the moment of the
/// writing finds nothing. But it can be seen before the writers' lock is free again: as long as
/// somebody holds that, there is a change again a few milliseconds later.
std::unique_ptr<ChangeWatch> watch_log(const std::string& path);

}  // namespace pressings::store::sqlite

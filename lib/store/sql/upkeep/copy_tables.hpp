#pragma once

#include "store/copy.hpp"
#include "store/sql/upkeep/copy_end.hpp"

namespace pressings::store::sql {

/// Copies all tables from one open catalogue to another, see copy_catalogue. `target` is empty, or
/// an unfinished copy.
Copied copy_tables(CopyEnd& source, CopyEnd& target, const CopyOptions& options,
                   const StopSignals& stop);

}  // namespace pressings::store::sql

#pragma once

#include <string>

namespace pressings::store::sqlite {

/// Sees to it that there is a file at `path`. A new catalogue is a draft until all of it is on the
/// disk, so nobody ever opens half of one; if another process is first, its catalogue stays.
///
/// So an empty file was never made here: it is what a copy leaves that was broken off. StoreError
/// if one is there, or if a log is there without its database: SQLite would take it for the new
/// one's.
void require_catalogue_file(const std::string& path);

}  // namespace pressings::store::sqlite

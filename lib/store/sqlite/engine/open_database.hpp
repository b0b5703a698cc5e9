#pragma once

#include <memory>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/time.hpp"
#include "store/sqlite/file/file_lock.hpp"

namespace pressings::store::sqlite {

/// Opens a database that is there, to read and write. StoreError if it is no database.
std::unique_ptr<SQLite::Database> open_to_write(const std::string& path, Millis busy_timeout_ms);

/// Opens a database that is there, to read alone, which leaves nothing behind that its owner could
/// not use. `lock` is of the same file, and must outlive it. StoreError if it is no database, or
/// cannot be read without writing.
///
/// Who may write opens it as a writer does. Who may not reads along with the log and its index
/// where both are there; or the file alone where there is no log, and shares k_still_byte, so that
/// nobody moves a log into it meanwhile.
std::unique_ptr<SQLite::Database> open_to_read(const std::string& path, Millis busy_timeout_ms,
                                               FileLock& lock);

}  // namespace pressings::store::sqlite

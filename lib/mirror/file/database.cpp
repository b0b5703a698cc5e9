#include "mirror/file/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "base/file_uri.hpp"
#include "base/text.hpp"
#include "sqlite/failed_write.hpp"

namespace pressings::mirror {

namespace {

/// SQLite's count of its memory takes a lock for each allocation. It can be left out until the
/// first database is opened.
void leave_memory_uncounted() {
    static const int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(result);
}

SQLite::Database open(const std::string& path, Database::Purpose purpose) {
    leave_memory_uncounted();
    if (purpose == Database::Purpose::read) {
        return {immutable_uri(path),
                SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX};
    }
    return {path,
            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX};
}

const char* explain(int code) {
    switch (code & 0xFF) {
        case SQLITE_NOTADB:
            return "it is no SQLite database; name another file with --mirror";
        case SQLITE_CORRUPT:
            return "it is damaged; load it again";
        case SQLITE_FULL:
            return "the disk is full; make room and run again";
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return "it cannot be opened; look at the rights of the file and its folder";
        case SQLITE_IOERR:
            return "reading or writing the disk failed; is it full? Look at the system's log";
        case SQLITE_NOMEM:
            return "memory ran out";
        default:
            return "SQLite failed";
    }
}

}  // namespace

void throw_mirror_error(const SQLite::Exception& error, const std::string& path) {
    if (const auto hint = sqlite::size_limit_hint(error))
        throw Error(fmt::format("the mirror {}: {}", escape_controls(path), *hint));
    throw Error(fmt::format("the mirror {}: {} (SQLite: {})", escape_controls(path),
                            explain(error.getErrorCode()), escape_controls(error.what())));
}

Database::Database(const std::string& path, Purpose purpose)
    : m_path(path), m_database(open(path, purpose)) {
    sqlite3_db_config(m_database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    m_database.exec("PRAGMA trusted_schema = OFF");
    m_database.exec("PRAGMA temp_store = FILE");
    m_database.exec("PRAGMA cache_size = -4000");
}

}  // namespace pressings::mirror

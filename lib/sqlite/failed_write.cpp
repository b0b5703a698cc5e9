#include "sqlite/failed_write.hpp"

#include <sqlite3.h>

#include "base/size_limit.hpp"

namespace pressings::sqlite {

std::optional<std::string> size_limit_hint(const SQLite::Exception& error) {
    switch (error.getExtendedErrorCode()) {
        case SQLITE_IOERR_WRITE:
        case SQLITE_IOERR_SHMSIZE:
        case SQLITE_IOERR_TRUNCATE:
            return pressings::size_limit_hint();
        default:
            return std::nullopt;
    }
}

}  // namespace pressings::sqlite

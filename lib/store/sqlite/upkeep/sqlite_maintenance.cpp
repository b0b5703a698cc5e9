#include "store/sqlite/upkeep/sqlite_maintenance.hpp"

#include <fmt/format.h>

namespace pressings::store::sqlite {

std::optional<std::string> SqliteMaintenance::advice() {
    constexpr std::int64_t k_long_log = std::int64_t{256} << 20U;
    const auto bytes = m_connection.log_bytes();
    if (bytes < k_long_log) return std::nullopt;
    return fmt::format(
        "the database's log has grown to {} MB: a program that has been reading for long keeps it "
        "from being emptied; look for an open sqlite3 or Datasette",
        bytes >> 20U);
}

}  // namespace pressings::store::sqlite

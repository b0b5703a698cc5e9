#pragma once

#include <span>
#include <string_view>

#include "store/sqlite/connection.hpp"

namespace pressings::store::sqlite {

/// One numbered file of schema/sqlite.
struct Migration {
    int number;
    std::string_view name;
    std::string_view sql;
};

/// All of them, in order, from 1 without a gap.
std::span<const Migration> migrations();

/// Brings the database to the newest version, in one transaction; makes the schema in an empty
/// file. StoreError if the file is from a newer version, or is a database of something else.
void migrate(Connection& connection);

}  // namespace pressings::store::sqlite

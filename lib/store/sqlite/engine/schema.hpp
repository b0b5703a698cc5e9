#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "store/sqlite/engine/connection.hpp"

namespace pressings::store::sqlite {

/// "PRES", in the header of every catalogue (PRAGMA application_id).
inline constexpr std::int64_t k_application_id = 0x50524553;

/// Raised with each change of the tables (PRAGMA user_version). Below 0 it is that of a copy which
/// is not whole.
inline constexpr int k_schema_version = 17;

/// The first version that a released tool wrote. Older files are from before the first release.
inline constexpr int k_oldest_schema_version = 17;

/// The SQL of each file of schema/sqlite, which together make all tables and views.
std::span<const std::string_view> schema_subjects();

/// Makes all tables and views, and says in the file whose they are. Errors are SQLite::Exception.
void make_schema(SQLite::Database& database);

/// Makes the schema in an empty file, in one transaction, and sees to it that the file has a
/// write-ahead log. StoreError if the file is from a newer version, from before the first release,
/// or is a database of something else.
void prepare_schema(Connection& connection);

/// Whether it holds a part of a copy, with these tables.
bool is_unfinished_copy(Connection& connection);

/// The same as prepare_schema for who only reads: an empty file is a StoreError as well, and
/// nothing is written.
void require_schema(Connection& connection);

}  // namespace pressings::store::sqlite

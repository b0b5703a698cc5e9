#pragma once

#include <span>
#include <string_view>

#include "store/postgresql/engine/connection.hpp"

namespace pressings::store::postgresql {

/// Raised with each change of the tables (catalogue.schema_version). Below 0 it is that of a copy
/// which is not whole.
inline constexpr int k_schema_version = 2;

/// The SQL of each file of schema/postgresql, in an order in which they make all tables and views.
std::span<const std::string_view> schema_subjects();

/// Makes the schema `pressings` with all its tables, in one transaction, if the database has none;
/// whoever else does so at the same time waits. StoreError if its tables are of another version, or
/// not ours.
void prepare_schema(Connection& connection);

/// Whether the tables are there. StoreError as of prepare_schema.
bool has_schema(Connection& connection);

/// Whether it holds a part of a copy, with these tables. Errors are those of the engine.
bool is_unfinished_copy(Connection& connection);

/// The same as prepare_schema for who only reads: a database without the schema is a StoreError as
/// well, and nothing is written.
void require_schema(Connection& connection);

}  // namespace pressings::store::postgresql

#pragma once

#include <string>

namespace pressings::store::postgresql {

/// Whether `location` names a database of PostgreSQL: "postgresql://…", "postgres://…" or
/// "service=…", as libpq has them
/// (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING).
bool is_postgresql(const std::string& location);

}  // namespace pressings::store::postgresql

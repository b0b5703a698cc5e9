#pragma once

#include "base/time.hpp"
#include "store/postgresql/engine/connection.hpp"
#include "store/postgresql/engine/schema.hpp"
#include "support/postgresql_database.hpp"

namespace pressings::test {

/// A database with an empty catalogue, and a connection to it.
struct MadeCatalogue {
    MadeCatalogue() { store::postgresql::prepare_schema(connection); }

    PostgresqlDatabase database;
    store::postgresql::Connection connection{database.uri(), {}, system_clock()};
};

}  // namespace pressings::test

#pragma once

#include <string>

#include "store/postgresql/engine/connection.hpp"
#include "support/fake_clock.hpp"
#include "support/postgresql_database.hpp"

namespace pressings::test {

/// What a test writes to, and the table that all who write lock.
inline constexpr char k_make_tables[] =
    "CREATE SCHEMA pressings;"
    "CREATE TABLE pressings.writers (one integer PRIMARY KEY);"
    "INSERT INTO pressings.writers VALUES (1);"
    "CREATE TABLE pressings.items (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " name text COLLATE \"C\" UNIQUE, data bytea, flag smallint CHECK (flag IN (0, 1)),"
    " number bigint)";

/// A database with those, and connections to it.
struct MadeDatabase {
    MadeDatabase() { database.run(k_make_tables); }

    store::postgresql::Connection connect(Millis busy_timeout_ms = 30'000,
                                          store::Access access = store::Access::write) {
        store::StoreOptions options;
        options.busy_timeout_ms = busy_timeout_ms;
        options.access = access;
        return store::postgresql::Connection{database.uri(), options, clock};
    }
    std::string items() const { return database.run("SELECT count(*) FROM pressings.items"); }

    PostgresqlDatabase database;
    FakeClock clock;
};

inline constexpr char k_insert_name[] = "INSERT INTO items (name) VALUES (?1) RETURNING id";
inline constexpr char k_own_process[] = "SELECT pg_backend_pid()";

/// What an administrator does, or a server that shuts down.
inline void end_session_of(MadeDatabase& made, store::postgresql::Connection& connection) {
    const auto process = connection.integer(k_own_process);
    made.database.run("SELECT pg_terminate_backend(" + std::to_string(process) + ", 10000)");
}

}  // namespace pressings::test

// What goes wrong between a tool and its server, and what is said of it.
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>

#include <doctest/doctest.h>

#include "sql/damaged_value.hpp"
#include "support/eventually.hpp"
#include "support/postgresql_server.hpp"
#include "unit/postgresql/made_catalogue.hpp"
#include "unit/postgresql/made_database.hpp"

using namespace pressings;
using namespace pressings::test;
using store::StoreError;
using store::postgresql::CommitUnknown;
using store::postgresql::Connection;
using store::postgresql::ConnectionLost;
using store::sql::ReadTransaction;
using store::sql::Savepoint;
using store::sql::WriteTransaction;

namespace {

std::string error_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const StoreError& error) {
        return error.what();
    }
    return "no error";
}

store::StoreOptions impatient() {
    store::StoreOptions options;
    options.busy_timeout_ms = 100;
    return options;
}

std::string error_of_connecting(const std::string& uri) {
    FakeClock clock;
    return error_of([&] { Connection{uri, impatient(), clock}; });
}

bool has(const std::string& text, std::string_view part) {
    const bool found = text.find(part) != std::string::npos;
    if (!found) MESSAGE(text);
    return found;
}

}  // namespace

TEST_CASE("a server that is not there is named, with what to look at") {
    const std::string error =
        error_of_connecting("postgresql://ann:secret@127.0.0.1:1/music?connect_timeout=2");
    CHECK(has(error,
              "the database \"music\" on 127.0.0.1:1 (role \"ann\"): the server cannot be "
              "reached; see that it runs"));
    CHECK(error.find("secret") == std::string::npos);
}

TEST_CASE("a role that is not there is refused with a word on pg_hba.conf") {
    PostgresqlDatabase database;
    CHECK(has(error_of_connecting(database.uri("nobody_knows")), "the role is not let in"));
}

TEST_CASE("a database that is not there is to be made") {
    CHECK(has(error_of_connecting(test_server_uri("nowhere")),
              "there is no database of this name on the server; make it with `createdb`"));
}

TEST_CASE("a password that is wrong, or missing, is not shown") {
    PostgresqlDatabase database;
    database.run("DROP ROLE IF EXISTS guarded; CREATE ROLE guarded LOGIN PASSWORD 'right'");
    const std::string uri = database.uri("guarded");
    const std::string with_password = uri + "?password=wrong-one";
    CHECK(has(error_of_connecting(with_password), "the password was refused"));
    CHECK(error_of_connecting(with_password).find("wrong-one") == std::string::npos);
    CHECK(has(error_of_connecting(uri), "the password was refused"));
}

TEST_CASE("what is no address of PostgreSQL is told without quoting it") {
    FakeClock clock;
    try {
        Connection{"postgresql://ann:top%secret@host/db", impatient(), clock};
        FAIL("it is an address");
    } catch (const UsageError& error) {
        CHECK(has(error.what(), "this is no address of a PostgreSQL database"));
        CHECK(std::string{error.what()}.find("secret") == std::string::npos);
    }
}

TEST_CASE("a database that cannot hold every name is refused") {
    PostgresqlDatabase named;
    const std::string latin = named.name() + "_latin";
    PlainSession server{test_server_uri("postgres")};
    server.run("CREATE DATABASE " + latin +
               " TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
    CHECK(has(error_of_connecting(test_server_uri(latin)), "its encoding is SQL_ASCII"));
    server.run("DROP DATABASE " + latin);
}

TEST_CASE("a role without the right to a table is told whom to ask") {
    MadeDatabase made;
    made.database.run(
        "DO $$BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END$$;"
        "GRANT USAGE ON SCHEMA pressings TO reader");
    Connection connection{made.database.uri("reader"), impatient(), made.clock};
    CHECK(has(error_of([&] { WriteTransaction transaction{connection}; }),
              "the role has no right to do this"));
}

TEST_CASE("a database without our tables says how they are made") {
    PostgresqlDatabase database;
    FakeClock clock;
    Connection connection{database.uri(), impatient(), clock};
    CHECK(has(error_of([&] { WriteTransaction transaction{connection}; }),
              "its tables are not there"));
}

TEST_CASE("who cannot take its turn in the log of changes, for the turn is gone, writes nothing") {
    MadeCatalogue made;
    made.database.run("DELETE FROM pressings.writers");
    CHECK(has(error_of([&] {
                  store::sql::guarded(made.connection, [&] {
                      WriteTransaction transaction{made.connection};
                      made.connection.execute(
                          "INSERT INTO changes (at, album_id, change) VALUES (1, 1, 'updated')");
                  });
              }),
              "it is damaged; restore a backup (PostgreSQL: the row of the table"));
}

TEST_CASE("a value that the tables do not let in means damage") {
    MadeDatabase made;
    auto connection = made.connect();
    CHECK(has(error_of([&] {
                  store::sql::guarded(connection,
                                      [] { throw sql::DamagedValue("an MBID that is none"); });
              }),
              "is damaged: an MBID that is none; restore a backup"));
}

TEST_CASE("a session that was ended between two transactions is taken up again") {
    MadeDatabase made;
    auto connection = made.connect();
    constexpr char k_count[] = "SELECT count(*) FROM items";
    for (int time = 0; time < 3; ++time)
        CHECK(connection.integer(k_count) == 0);
    end_session_of(made, connection);
    CHECK(connection.integer(k_count) == 0);
    end_session_of(made, connection);
    {
        ReadTransaction view{connection};
        CHECK(connection.integer(k_count) == 0);
    }
    end_session_of(made, connection);
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("written").run();
    transaction.commit();
    CHECK(made.items() == "1");
}

TEST_CASE("a session that is ended inside a transaction has done nothing, and begins no new one") {
    MadeDatabase made;
    auto connection = made.connect();
    const auto insert = [&](const char* name) {
        return error_of([&] {
            store::sql::guarded(connection,
                                [&] { connection.query(k_insert_name).bind(name).run(); });
        });
    };
    {
        WriteTransaction transaction{connection};
        CHECK(insert("before") == "no error");
        end_session_of(made, connection);
        CHECK(has(insert("after"),
                  "the connection to the server was lost, nothing of what was "
                  "going on was done"));
        CHECK(has(insert("later"), "nothing of what was going on was done"));
        CHECK_THROWS_AS(transaction.commit(), StoreError);
    }
    CHECK(made.items() == "0");
    WriteTransaction transaction{connection};
    CHECK(insert("again") == "no error");
    transaction.commit();
    CHECK(made.items() == "1");
}

TEST_CASE("a session that was ended before its commit was sent is no unknown commit") {
    MadeDatabase made;
    auto connection = made.connect();
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("one").run();
    end_session_of(made, connection);
    try {
        transaction.commit();
        FAIL("it was committed");
    } catch (const CommitUnknown& error) {
        FAIL(error.what());
    } catch (const StoreError&) {
    }
    CHECK(made.items() == "0");
}

TEST_CASE("a session that is lost while it commits learns that nothing was done") {
    MadeDatabase made;
    // Stands in for a server that dies between the two: its commit ends its own session.
    made.database.run(
        "CREATE FUNCTION pressings.die() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); "
        "RETURN NULL; END';"
        "CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON pressings.items DEFERRABLE "
        "INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pressings.die()");
    auto connection = made.connect();
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("one").run();
    CHECK_THROWS_WITH_AS(transaction.commit(), doctest::Contains("nothing of what was going on"),
                         ConnectionLost);
}

TEST_CASE("a session that is lost when it has committed learns that it was done") {
    PostgresqlServer server;
    FakeClock clock;
    PlainSession administrator{server.uri("postgres")};
    administrator.run(k_make_tables);
    Connection connection{server.uri("postgres"), {}, clock};
    connection.execute("SET synchronous_commit = on");
    // A commit is done, and then waits for a standby that there is not.
    administrator.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    administrator.run("SELECT pg_reload_conf()");
    {
        WriteTransaction transaction{connection};
        connection.query(k_insert_name).bind("one").run();
        const std::jthread end{[&] {
            PlainSession other{server.uri("postgres")};
            eventually([&] {
                return other.run(
                           "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                           "WHERE wait_event = 'SyncRep'") == "t";
            });
        }};
        transaction.commit();
    }
    CHECK(administrator.run("SELECT count(*) FROM pressings.items") == "1");
}

TEST_CASE("a commit that the server cannot tell of is not known to be done") {
    MadeDatabase made;
    auto connection = made.connect();
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("one").run();
    connection.session().note_transaction_id("999999999999");  // as of a server that was replaced
    connection.execute(
        "CREATE FUNCTION pressings.die() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); "
        "RETURN NULL; END';"
        "CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON pressings.items DEFERRABLE "
        "INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pressings.die()");
    connection.query(k_insert_name).bind("two").run();
    CHECK_THROWS_WITH_AS(transaction.commit(),
                         doctest::Contains("it is not known whether that was done"), CommitUnknown);
}

TEST_CASE("a part that was lost with its session is not committed later") {
    MadeDatabase made;
    auto connection = made.connect();
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("one").run();
    {
        Savepoint part{connection};
        end_session_of(made, connection);
    }
    CHECK_THROWS_AS(transaction.commit(), StoreError);
    CHECK(made.items() == "0");
}

TEST_CASE("a server that crashes between two transactions is waited for") {
    PostgresqlServer server;
    FakeClock clock;
    PlainSession{server.uri("postgres")}.run(k_make_tables);
    Connection connection{server.uri("postgres"), {}, clock};
    const auto add = [&](const char* name) {
        WriteTransaction transaction{connection};
        connection.query(k_insert_name).bind(name).run();
        transaction.commit();
    };
    add("before");
    server.crash();
    server.start();
    add("after");
    CHECK(PlainSession{server.uri("postgres")}.run("SELECT count(*) FROM pressings.items") == "2");
}

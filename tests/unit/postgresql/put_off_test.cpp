// Writes that nobody waits for: they go to the server in a pipeline, and fail later.
#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "unit/postgresql/made_database.hpp"

using namespace pressings;
using namespace pressings::test;
using store::postgresql::Connection;
using store::sql::Savepoint;
using store::sql::WriteTransaction;

namespace {

constexpr char k_put[] = "INSERT INTO items (name, number) VALUES (?1, ?2)";
constexpr char k_count[] = "SELECT count(*) FROM items";

/// A connection that has prepared the statement: only then can it be put off.
struct Prepared {
    Prepared() {
        for (const char* const name : {"first", "second"}) {
            WriteTransaction transaction{connection};
            connection.query(k_put).bind(name, 0).run();
            transaction.commit();
        }
    }

    MadeDatabase made;
    Connection connection = made.connect();
};

bool is_refused(Connection& connection, const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        return connection.is_refusal(error);
    }
    return false;
}

}  // namespace

TEST_CASE("a thousand writes that nobody waits for are all there, and read at once") {
    Prepared prepared;
    WriteTransaction transaction{prepared.connection};
    for (int n = 0; n < 1000; ++n)
        prepared.connection.query(k_put).bind(std::to_string(n), n).write();
    CHECK(prepared.connection.integer(k_count) == 1002);
    transaction.commit();
    CHECK(prepared.made.items() == "1002");
}

TEST_CASE("a write that is refused is told of as that by the next statement, or by the commit") {
    Prepared prepared;
    Connection& connection = prepared.connection;
    for (const bool by_commit : {false, true}) {
        CAPTURE(by_commit);
        WriteTransaction transaction{connection};
        connection.query(k_put).bind("third", 0).write();
        connection.query(k_put).bind("first", 0).write();  // there is one
        connection.query(k_put).bind("fourth", 0).write();
        CHECK(is_refused(connection, [&] {
            if (by_commit) {
                transaction.commit();
            } else {
                connection.integer(k_count);
            }
        }));
    }
    CHECK(prepared.made.items() == "2");
}

TEST_CASE("a part that fails takes its own writes back, and no others") {
    Prepared prepared;
    Connection& connection = prepared.connection;
    WriteTransaction transaction{connection};
    connection.query(k_put).bind("before", 0).write();
    CHECK(is_refused(connection, [&] {
        Savepoint part{connection};
        connection.query(k_put).bind("inside", 0).write();
        connection.query(k_put).bind("first", 0).write();
        part.keep();
    }));
    connection.query(k_put).bind("after", 0).write();
    transaction.commit();
    CHECK(prepared.made.items() == "4");
    CHECK(prepared.made.database.run(
              "SELECT count(*) FROM pressings.items WHERE name = 'inside'") == "0");
}

TEST_CASE("writes that were put off are gone with a transaction that is not committed") {
    Prepared prepared;
    {
        WriteTransaction transaction{prepared.connection};
        prepared.connection.query(k_put).bind("third", 0).write();
    }
    CHECK(prepared.connection.integer(k_count) == 2);
}

TEST_CASE("a session that is lost with writes on their way is an error, and is taken up again") {
    Prepared prepared;
    {
        WriteTransaction transaction{prepared.connection};
        prepared.connection.query(k_put).bind("third", 0).write();
        end_session_of(prepared.made, prepared.connection);
        prepared.connection.query(k_put).bind("fourth", 0).write();
        CHECK_THROWS(transaction.commit());
    }
    CHECK(prepared.connection.integer(k_count) == 2);
}

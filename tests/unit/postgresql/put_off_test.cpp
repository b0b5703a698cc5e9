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
constexpr char k_set[] = "UPDATE items SET number = ?2 WHERE name = ?1";
constexpr char k_number[] = "SELECT number FROM items WHERE name = ?1";
constexpr char k_sum[] = "SELECT sum(number) FROM items";
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

TEST_CASE("of two updates of one row the later one stays, however many are sent at once") {
    Prepared prepared;
    Connection& connection = prepared.connection;
    // (Of several that it finds by a hash the server happens to take the last.)
    connection.execute("SET enable_hashjoin = off");
    for (int round = 1; round <= 3; ++round) {  // prepared with the second
        WriteTransaction transaction{connection};
        for (int n = 1; n <= 10; ++n) {
            connection.query(k_set).bind("first", 100 * round + n).write();
            connection.query(k_set).bind("second", n).write();
        }
        transaction.commit();
        CHECK(connection.integer(k_sum) == 100 * round + 20);
    }
}

TEST_CASE("what is asked ahead is read in any order, with what was written before it") {
    Prepared prepared;
    Connection& connection = prepared.connection;
    for (int round = 1; round <= 3; ++round) {
        WriteTransaction transaction{connection};
        connection.query(k_set).bind("first", round).write();
        auto number = connection.query(k_number);
        number.bind("first").ask();
        auto count = connection.query(k_count);
        count.ask();
        CHECK(count.step());
        CHECK(count.integer(0) == 2);
        CHECK(number.step());
        CHECK(number.integer(0) == round);
        CHECK_FALSE(number.step());
        transaction.commit();
    }
}

TEST_CASE("an answer that nobody waited for is not taken for the next one") {
    Prepared prepared;
    Connection& connection = prepared.connection;
    for (int round = 1; round <= 3; ++round) {
        WriteTransaction transaction{connection};
        connection.query(k_set).bind("first", 1).write();
        connection.query(k_set).bind("second", 2).write();
        connection.query(k_number).bind("first").ask();
        CHECK(connection.integer(k_count) == 2);
        auto number = connection.query(k_number);
        CHECK(number.bind("second").step());
        CHECK(number.integer(0) == 2);
        transaction.commit();
    }
}

TEST_CASE("what is wrong with a question that was asked ahead is told to who reads the answer") {
    Prepared prepared;
    Connection& connection = prepared.connection;
    constexpr char k_divide[] = "SELECT 1 / ?1::int";
    for (int round = 1; round <= 3; ++round) {
        WriteTransaction transaction{connection};
        auto quotient = connection.query(k_divide);
        CHECK(is_refused(connection, [&] {
            quotient.bind(0).ask();
            quotient.step();
        }));
    }
    CHECK(prepared.made.items() == "2");
}

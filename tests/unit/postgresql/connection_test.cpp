#include "store/postgresql/engine/connection.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "unit/postgresql/made_database.hpp"

using namespace pressings;
using namespace pressings::test;
using store::StoreBusy;
using store::sql::ReadTransaction;
using store::sql::Savepoint;
using store::sql::WriteTransaction;

TEST_CASE("what is bound comes back as it was, NULL and what is empty too") {
    MadeDatabase made;
    auto connection = made.connect();
    const std::array<std::uint8_t, 4> bytes{0, 0x27, 0x5c, 0xff};
    const std::vector<std::uint8_t> none;
    constexpr char k_insert[] =
        "INSERT INTO items (name, data, flag, number) VALUES (?1, ?2, ?3, ?4) RETURNING id";
    constexpr char k_select[] = "SELECT name, data, flag, number FROM items ORDER BY id";
    connection.query(k_insert)
        .bind("Sigur Rós ‘( )’", std::span<const std::uint8_t>{bytes}, true, -9'000'000'000)
        .run();
    connection.query(k_insert)
        .bind("", std::span<const std::uint8_t>{none}, false, std::nullopt)
        .run();
    connection.query(k_insert).bind(std::nullopt, std::nullopt, std::nullopt, 0).run();

    auto row = connection.query(k_select);
    REQUIRE(row.step());
    CHECK(row.columns() == 4);
    CHECK(row.text(0) == "Sigur Rós ‘( )’");
    CHECK(std::vector(row.bytes(1).begin(), row.bytes(1).end()) ==
          std::vector(bytes.begin(), bytes.end()));
    CHECK(row.integer(2) == 1);
    CHECK(row.integer(3) == -9'000'000'000);
    REQUIRE(row.step());
    CHECK(row.maybe_text(0) == "");
    CHECK(row.bytes(1).empty());
    CHECK_FALSE(row.maybe_integer(3));
    REQUIRE(row.step());
    CHECK_FALSE(row.maybe_text(0));
    CHECK(row.text(0).empty());
    CHECK(row.bytes(1).empty());
    CHECK_FALSE(row.maybe_integer(2));
    CHECK(row.integer(2) == 0);
    CHECK_FALSE(row.step());
}

TEST_CASE("a truth, a sum and an average are read as numbers") {
    MadeDatabase made;
    auto connection = made.connect();
    auto row = connection.query(
        "SELECT 1 = 1, 1 = 2, sum(n::bigint), avg(n) FROM generate_series(1, 4) AS s(n)");
    REQUIRE(row.step());
    CHECK(row.integer(0) == 1);
    CHECK(row.integer(1) == 0);
    CHECK(row.integer(2) == 10);
    CHECK(row.number(3) == doctest::Approx(2.5));
}

TEST_CASE("a statement is used again with other values, which it forgets in between") {
    MadeDatabase made;
    auto connection = made.connect();
    constexpr char k_select[] = "SELECT ?1::text";
    for (const char* value : {"one", "two", "three"}) {
        auto row = connection.query(k_select);
        REQUIRE(row.bind(value).step());
        CHECK(row.text(0) == value);
    }
    auto row = connection.query(k_select);
    REQUIRE(row.step());
    CHECK_FALSE(row.maybe_text(0));
    // The first run of a statement needs no preparing.
    CHECK(connection.integer("SELECT count(*) FROM pg_prepared_statements") == 1);
}

TEST_CASE("an insert leaves its id, and says how many rows it made") {
    MadeDatabase made;
    auto connection = made.connect();
    CHECK(connection.query(k_insert_name).bind("first").run() == 1);
    const auto first = connection.last_insert_id();
    CHECK(first > 0);
    connection.query(k_insert_name).bind("second").run();
    CHECK(connection.last_insert_id() == first + 1);
    CHECK(connection.query("UPDATE items SET flag = 1").run() == 2);
    CHECK(connection.last_insert_id() == first + 1);
}

TEST_CASE("what is not committed was not done") {
    MadeDatabase made;
    auto connection = made.connect();
    {
        WriteTransaction transaction{connection};
        connection.query(k_insert_name).bind("given up").run();
    }
    CHECK(made.items() == "0");
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("done").run();
    transaction.commit();
    CHECK(made.items() == "1");
}

TEST_CASE("who finds another program writing waits for as long as it was told to, and no longer") {
    MadeDatabase made;
    auto writing = made.connect();
    auto waiting = made.connect(50);
    {
        WriteTransaction transaction{writing};
        try {
            WriteTransaction second{waiting};
            FAIL("both write");
        } catch (const StoreBusy& error) {
            CHECK(std::string{error.what()}.find(
                      "is locked: another program kept writing to it for 50 ms") !=
                  std::string::npos);
        }
    }
    WriteTransaction third{waiting};
    waiting.query(k_insert_name).bind("its turn").run();
    third.commit();
    CHECK(made.items() == "1");
}

TEST_CASE("a view does not see what is written while it is open") {
    MadeDatabase made;
    auto reading = made.connect();
    auto writing = made.connect();
    constexpr char k_count[] = "SELECT count(*) FROM items";
    ReadTransaction view{reading};
    CHECK(reading.integer(k_count) == 0);
    writing.query(k_insert_name).bind("new").run();
    CHECK(reading.integer(k_count) == 0);
    ReadTransaction within{reading};
    CHECK(reading.integer(k_count) == 0);
}

TEST_CASE("a view within a write transaction is that transaction's") {
    MadeDatabase made;
    auto connection = made.connect();
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("mine").run();
    {
        ReadTransaction view{connection};
        CHECK(connection.integer("SELECT count(*) FROM items") == 1);
    }
    transaction.commit();
    CHECK(made.items() == "1");
}

TEST_CASE("a row that is refused is taken back alone, and what was kept before it stays") {
    MadeDatabase made;
    auto connection = made.connect();
    WriteTransaction transaction{connection};
    for (const char* name : {"one", "one", "two"}) {
        Savepoint part{connection};
        try {
            connection.query(k_insert_name).bind(name).run();
            part.keep();
        } catch (const std::exception& error) {
            CHECK(connection.is_refusal(error));
        }
    }
    transaction.commit();
    CHECK(made.items() == "2");
}

TEST_CASE("a part that was kept is gone with the part around it") {
    MadeDatabase made;
    auto connection = made.connect();
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("stays").run();
    {
        Savepoint outer{connection};
        Savepoint inner{connection};
        connection.query(k_insert_name).bind("goes").run();
        inner.keep();
    }
    transaction.commit();
    CHECK(made.items() == "1");
}

TEST_CASE("a text with a NUL byte, or that is no UTF-8, is refused") {
    MadeDatabase made;
    auto connection = made.connect();
    for (const std::string& name : {std::string{"a\0b", 3}, std::string{"\xff"}}) {
        WriteTransaction transaction{connection};
        bool is_refused = false;
        try {
            connection.query(k_insert_name).bind(name).run();
        } catch (const std::exception& error) {
            is_refused = connection.is_refusal(error);
        }
        CHECK(is_refused);
    }
    CHECK(made.items() == "0");
}

TEST_CASE("a long list is read bit by bit, with another one inside it") {
    MadeDatabase made;
    auto connection = made.connect();
    constexpr char k_outer[] = "SELECT n FROM generate_series(1, ?1::bigint) AS s(n)";
    constexpr char k_inner[] = "SELECT ?1::bigint * m FROM generate_series(1, ?2::bigint) AS s(m)";
    constexpr char k_cursors[] = "SELECT count(*) FROM pg_cursors WHERE name <> ''";
    ReadTransaction view{connection};
    std::int64_t rows = 0;
    std::int64_t inner_rows = 0;
    bool is_right = true;
    store::sql::Query outer{connection.streamed(k_outer)};
    outer.bind(2'000);
    while (outer.step()) {
        is_right &= outer.integer(0) == ++rows;
        store::sql::Query inner{connection.streamed(k_inner)};
        inner.bind(outer.integer(0), rows % 700 == 0 ? 1'200 : 2);
        while (inner.step()) {
            ++inner_rows;
            is_right &= inner.integer(0) % outer.integer(0) == 0;
        }
        if (rows % 1'000 == 0) CHECK(connection.integer(k_cursors) == 2);
    }
    CHECK(is_right);
    CHECK(rows == 2'000);
    CHECK(inner_rows == 2 * 1'200 + 1'998 * 2);
}

TEST_CASE("a long list can be read in many views, and outside of one") {
    MadeDatabase made;
    auto connection = made.connect();
    constexpr char k_list[] = "SELECT n FROM generate_series(1, 1200) AS s(n)";
    const auto count = [&] {
        store::sql::Query row{connection.streamed(k_list)};
        int rows = 0;
        while (row.step())
            ++rows;
        return rows;
    };
    for (int view = 0; view < 2; ++view) {
        ReadTransaction transaction{connection};
        CHECK(count() == 1'200);
        CHECK(count() == 1'200);
    }
    CHECK(count() == 1'200);
}

TEST_CASE("a list that was begun in a part which was taken back can be read again") {
    MadeDatabase made;
    auto connection = made.connect();
    constexpr char k_list[] = "SELECT n FROM generate_series(1, 1200) AS s(n)";
    WriteTransaction transaction{connection};
    {
        Savepoint part{connection};
        store::sql::Query row{connection.streamed(k_list)};
        CHECK(row.step());
    }
    store::sql::Query row{connection.streamed(k_list)};
    CHECK(row.step());
}

TEST_CASE("who only reads writes nothing") {
    MadeDatabase made;
    auto connection = made.connect(30'000, store::Access::read);
    try {
        store::sql::guarded(connection,
                            [&] { return connection.query(k_insert_name).bind("no").run(); });
        FAIL("it was written");
    } catch (const store::StoreError& error) {
        CHECK(std::string{error.what()}.find("it can only be read here") != std::string::npos);
    }
}

TEST_CASE("who only reads reads from a server that can be written to, where one is asked for") {
    MadeDatabase made;
    store::StoreOptions reading;
    reading.access = store::Access::read;
    store::postgresql::Connection connection{
        made.database.uri() + "?target_session_attrs=read-write", reading, made.clock};
    CHECK(connection.integer("SELECT count(*) FROM items") == 0);
    CHECK_THROWS_WITH(connection.query(k_insert_name).bind("no").run(),
                      doctest::Contains("read-only transaction"));
}

TEST_CASE("the commit of a transaction in which a statement had failed is an error") {
    MadeDatabase made;
    auto connection = made.connect();
    WriteTransaction transaction{connection};
    connection.query(k_insert_name).bind("one").run();
    CHECK_THROWS(connection.query("SELECT 1 / 0").step());
    CHECK_THROWS_WITH_AS(transaction.commit(),
                         doctest::Contains("the transaction had failed, and was rolled back"),
                         store::StoreError);
    CHECK(made.items() == "0");
}

TEST_CASE("the health of a server is its size, its sessions and its oldest transaction") {
    MadeDatabase made;
    auto connection = made.connect();
    const auto health = connection.health();
    REQUIRE(health.size() == 3);
    CHECK(health[0].value > 1'000'000);
    CHECK(health[1].value == 1);
    CHECK(health[2].value == 0);
}

// Arrays as text, and the statements that many rows are sent in.
#include "store/postgresql/engine/array_text.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "store/postgresql/engine/batched_write.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "unit/postgresql/made_catalogue.hpp"

using namespace pressings::test;
using pressings::store::postgresql::ArrayText;
using pressings::store::postgresql::BatchedWrite;

TEST_CASE("The server reads from an array what was put in, whatever it is") {
    MadeCatalogue made;
    const std::array<std::string, 9> texts{"",      "NULL", "a\"b",         "a\\b", "{a,b}",
                                           " a , ", "\n\t", "\u00e9\u4e16", "'; --"};
    ArrayText array;
    for (const std::string& text : texts)
        array.add_text(std::string_view{text});
    array.add_null();
    auto row = made.connection.query("SELECT * FROM unnest($1::text[])");
    row.bind(array.text());
    for (const std::string& text : texts) {
        REQUIRE(row.step());
        CHECK(row.text(0) == text);
    }
    REQUIRE(row.step());
    CHECK(!row.maybe_text(0));
    CHECK(!row.step());
}

TEST_CASE("Bytes and numbers are elements as well, and an array may be empty") {
    MadeCatalogue made;
    ArrayText bytes;
    bytes.add_bytes(std::array<std::uint8_t, 4>{0x00, 0xFF, 0x5C, 0x22});
    ArrayText numbers;
    numbers.add_integer(-9'007'199'254'740'993);
    auto row = made.connection.query(
        "SELECT encode(($1::bytea[])[1], 'hex'), ($2::bigint[])[1], cardinality($3::text[])");
    row.bind(bytes.text(), numbers.text(), ArrayText{}.text());
    REQUIRE(row.step());
    CHECK(row.text(0) == "00ff5c22");
    CHECK(row.integer(1) == -9'007'199'254'740'993);
    CHECK(row.integer(2) == 0);
}

TEST_CASE("A plain INSERT can be sent for many rows; one that does more cannot") {
    const auto plain = BatchedWrite::of("INSERT INTO media (release_id, title) VALUES ($1, $2)");
    REQUIRE(plain);
    CHECK(plain->table() == "media");
    CHECK(plain->many({"bigint", "text"}) ==
          "INSERT INTO media (release_id, title) SELECT * FROM unnest($1::bigint[], $2::text[])");
    for (const char* const other :
         {"INSERT INTO a (b) VALUES ($1) RETURNING id",
          "INSERT INTO a (b) VALUES ($1) ON CONFLICT DO NOTHING",
          "INSERT INTO a (b, c) VALUES ($1, $1)", "INSERT INTO a (b, c) VALUES ($1, 'c')",
          "INSERT INTO a SELECT b FROM c", "DELETE FROM a WHERE b = $1"})
        CHECK(!BatchedWrite::of(other));
}

TEST_CASE("So can an UPDATE of the row that it finds by its columns") {
    const auto plain = BatchedWrite::of(
        "UPDATE jobs SET state = 'done', ended = $3 WHERE id = $1 AND claim = $2 AND state = 'on'");
    REQUIRE(plain);
    CHECK(plain->columns() == std::vector<std::string>{"id", "claim", "ended"});
    CHECK(plain->keys() == std::vector<std::size_t>{0, 1});
    CHECK(plain->many({"bigint", "integer", "text"}) ==
          "UPDATE jobs SET state = 'done', ended = v.p3 "
          "FROM unnest($1::bigint[], $2::integer[], $3::text[]) AS v (p1, p2, p3) "
          "WHERE jobs.id = v.p1 AND jobs.claim = v.p2 AND jobs.state = 'on'");
    for (const char* const other :
         {"UPDATE a SET b = $1", "UPDATE a SET b = 1 WHERE c = 2",
          "UPDATE a SET b = b + $1 WHERE c = $2", "UPDATE a SET b = $1 WHERE c < $2",
          "UPDATE a SET b = $1 WHERE c = $2 RETURNING d",
          "UPDATE a SET b = $1 WHERE c IS NULL AND d = $2", "UPDATE a d SET b = $1 WHERE c = $2",
          "UPDATE a SET b = coalesce($1, 0) WHERE c = $2", "UPDATE a SET b = $3 WHERE c = $1"})
        CHECK(!BatchedWrite::of(other));
}

TEST_CASE("Rows that wait are sent after those that they refer to, in whatever order they came") {
    MadeCatalogue made;
    made.database.run(
        "SET search_path = pressings; INSERT INTO albums (created_at) VALUES (1); "
        "INSERT INTO releases (mbid, album_id, title, format, created_at, updated_at) "
        "VALUES (decode(repeat('ab', 16), 'hex'), 1, 'R', 'other', 1, 1)");
    using namespace pressings::store;
    const auto medium = [&](int position) {
        made.connection.query(sql::k_insert_medium)
            .bind(1, position, std::nullopt, "CD", std::nullopt, 1, true, false)
            .write();
    };
    const auto track = [&](int medium_position, int position) {
        made.connection.query(sql::k_insert_track)
            .bind(1, medium_position, position, "track", "1", "T")
            .write();
    };
    sql::WriteTransaction transaction{made.connection};
    for (int position = 1; position <= 4; ++position) {
        medium(position);
        track(position, 1);
        // What somebody waits for in the middle of a medium has sent those before.
        made.connection.integer("SELECT 1");
        track(position, 2);
    }
    transaction.commit();
    CHECK(made.database.run("SELECT count(*) FROM pressings.tracks") == "8");
}

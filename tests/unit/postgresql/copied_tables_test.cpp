// What a copy takes along is all that both schemas have, but for what is left out on purpose.
#include "store/sql/upkeep/copied_tables.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "store/sqlite/engine/schema.hpp"
#include "unit/postgresql/made_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::sql::ColumnKind;
using store::sql::CopiedTable;

namespace {

/// Columns with their kinds, by table.
using Tables = std::map<std::string, std::set<std::string>>;

std::string kind_name(ColumnKind kind) {
    return kind == ColumnKind::integer ? "integer" : kind == ColumnKind::text ? "text" : "bytes";
}

Tables copied() {
    Tables tables;
    for (const CopiedTable& table : store::sql::copied_tables()) {
        for (const auto& column : table.columns)
            tables[std::string{table.name}].insert(std::string{column.name} + " " +
                                                   kind_name(column.kind));
    }
    return tables;
}

/// The tables of SQLite, made in memory.
struct SqliteSchema {
    SqliteSchema() { store::sqlite::make_schema(database); }

    std::vector<std::string> texts(const std::string& sql) const {
        std::vector<std::string> all;
        SQLite::Statement row{database, sql};
        while (row.executeStep())
            all.push_back(row.getColumn(0).getString());
        return all;
    }

    SQLite::Database database{":memory:", SQLite::OPEN_READWRITE};
};

}  // namespace

TEST_CASE("A copy takes along each column of SQLite's tables but those of the search") {
    const SqliteSchema schema;
    Tables there;
    for (const std::string& table :
         schema.texts("SELECT name FROM sqlite_schema WHERE type = 'table' "
                      "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'")) {
        for (const std::string& column :
             schema.texts("SELECT name || CASE type WHEN 'INTEGER' THEN ' integer' WHEN 'TEXT' "
                          "THEN ' text' ELSE ' bytes' END FROM pragma_table_info('" +
                          table + "')"))
            there[table].insert(column);
    }
    CHECK(there == copied());
}

TEST_CASE("A copy takes along each column of PostgreSQL's tables but the engine's own") {
    MadeCatalogue made;
    Tables there;
    auto row = made.connection.query(
        "SELECT c.table_name::text, (c.column_name || CASE c.data_type WHEN 'text' THEN ' text' "
        "WHEN 'bytea' THEN ' bytes' ELSE ' integer' END)::text FROM information_schema.columns c "
        "JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE table_schema = 'pressings' AND t.table_type = 'BASE TABLE' "
        "AND table_name NOT IN ('catalogue', 'writers', 'request_slots', 'search_documents', "
        "'search_outdated', 'total_changes', 'release_count_changes', 'work_changes')");
    while (row.step())
        there[row.text(0)].insert(row.text(1));
    CHECK(there == copied());
}

TEST_CASE("Rows are copied by the key of their table, and after the rows that they refer to") {
    const SqliteSchema schema;
    std::set<std::string> before;
    for (const CopiedTable& table : store::sql::copied_tables()) {
        const std::string name{table.name};
        CAPTURE(name);
        CHECK(schema.texts("SELECT group_concat(name, ', ') FROM (SELECT name FROM "
                           "pragma_table_info('" +
                           name + "') WHERE pk > 0 ORDER BY pk)") ==
              std::vector{std::string{table.key}});
        for (const std::string& other :
             schema.texts("SELECT \"table\" FROM pragma_foreign_key_list('" + name + "')"))
            CHECK(before.contains(other));
        before.insert(name);
    }
}

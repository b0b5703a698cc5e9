#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>

#include <SQLiteCpp/SQLiteCpp.h>

#include "sql/query.hpp"

namespace pressings::sqlite {

using sql::Query;

class PreparedStatement;

/// The statements of one connection, each prepared once. To be gone before the connection is.
class Statements {
  public:
    explicit Statements(SQLite::Database& database);
    ~Statements();
    Statements(const Statements&) = delete;
    Statements& operator=(const Statements&) = delete;

    /// `sql` must live as long as this.
    sql::Statement& statement(std::string_view sql);
    Query query(std::string_view sql) { return Query{statement(sql)}; }
    /// The first column of the first row; 0 if there is no row.
    std::int64_t integer(std::string_view sql);
    std::int64_t last_insert_id() const { return m_database.getLastInsertRowid(); }

  private:
    SQLite::Database& m_database;
    std::unordered_map<const char*, std::unique_ptr<PreparedStatement>> m_prepared;
};

}  // namespace pressings::sqlite

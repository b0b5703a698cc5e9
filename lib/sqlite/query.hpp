#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "domain/mbid.hpp"
#include "domain/partial_date.hpp"

namespace pressings::sqlite {

/// One use of a prepared statement: bind, step, read; reset when it goes out of scope. (A
/// statement that was not reset makes COMMIT fail.) Parameters and columns count from 1 and 0.
class Query {
  public:
    explicit Query(SQLite::Statement& statement) : m_statement(statement) {}
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    Query(Query&&) = delete;
    Query& operator=(Query&&) = delete;

    /// Binds all parameters in order.
    template <typename... Values>
    Query& bind(Values&&... values) {
        return bind_from(1, std::forward<Values>(values)...);
    }
    /// Those from the parameter `first` on.
    template <typename... Values>
    Query& bind_from(int first, Values&&... values) {
        (bind_one(first++, std::forward<Values>(values)), ...);
        return *this;
    }

    /// Whether there is a row to read.
    bool step() { return m_statement.executeStep(); }
    /// For statements without rows: how many rows it changed.
    int run() { return m_statement.exec(); }
    /// Back to the start, to be bound and run again.
    void again();

    std::int64_t integer(int column) const;
    std::optional<std::int64_t> maybe_integer(int column) const;
    std::string text(int column) const;
    std::optional<std::string> maybe_text(int column) const;
    double number(int column) const;
    /// Of the row that is read now.
    std::span<const std::uint8_t> bytes(int column) const;
    int columns() const { return m_statement.getColumnCount(); }
    /// SQLite::Exception, as of a damaged database, if there is none.
    Mbid mbid(int column) const;
    std::optional<Mbid> maybe_mbid(int column) const;
    std::optional<PartialDate> maybe_date(int column) const;

    void bind_one(int index, std::int64_t value) { m_statement.bind(index, value); }
    void bind_one(int index, int value) { m_statement.bind(index, value); }
    void bind_one(int index, bool value) { m_statement.bind(index, value ? 1 : 0); }
    void bind_one(int index, const char* value) { m_statement.bind(index, value); }
    void bind_one(int index, std::string_view value);
    /// Not copied: must live until the statement has run.
    void bind_one(int index, const std::string& value) { m_statement.bindNoCopy(index, value); }
    void bind_one(int index, std::string&& value) { m_statement.bind(index, value); }
    void bind_one(int index, const Mbid& value);
    void bind_one(int index, const PartialDate& value);
    /// Not copied either.
    void bind_one(int index, std::span<const std::uint8_t> value);
    void bind_one(int index, std::nullopt_t) { m_statement.bind(index); }
    template <typename Value>
    void bind_one(int index, const std::optional<Value>& value) {
        value ? bind_one(index, *value) : m_statement.bind(index);
    }
    template <typename Value>
    void bind_one(int index, std::optional<Value>&& value) {
        value ? bind_one(index, std::move(*value)) : m_statement.bind(index);
    }

  private:
    SQLite::Statement& m_statement;
};

/// The statements of one connection, each prepared once. To be gone before the connection is.
class Statements {
  public:
    explicit Statements(SQLite::Database& database) : m_database(database) {}

    /// `sql` must live as long as this.
    Query query(std::string_view sql);
    /// The first column of the first row; 0 if there is no row.
    std::int64_t integer(std::string_view sql);
    std::int64_t last_insert_id() const { return m_database.getLastInsertRowid(); }

  private:
    SQLite::Database& m_database;
    std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> m_prepared;
};

}  // namespace pressings::sqlite

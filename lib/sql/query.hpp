#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "domain/mbid.hpp"
#include "domain/partial_date.hpp"
#include "sql/statement.hpp"

namespace pressings::sql {

/// One use of a prepared statement: bind, step, read; reset when it goes out of scope. (SQLite
/// commits nothing while a statement was not reset.) Parameters and columns count from 1 and 0.
class Query {
  public:
    explicit Query(Statement& statement) : m_statement(statement) {}
    ~Query() { m_statement.clear(); }
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

    /// Says ahead that rows will be wanted: see Statement::ask. Nothing that is written until they
    /// are read may change them.
    void ask() { m_statement.ask(); }
    /// Whether there is a row to read.
    bool step() { return m_statement.step(); }
    /// For statements without rows: how many rows it changed.
    int run() { return m_statement.run(); }
    /// The same where nobody asks how many: see Statement::write.
    void write() { m_statement.write(); }
    /// Back to the start, to be bound and run again.
    void again() { m_statement.reset(); }

    std::int64_t integer(int column) const { return m_statement.integer(column); }
    std::optional<std::int64_t> maybe_integer(int column) const;
    std::string text(int column) const { return std::string{m_statement.text(column)}; }
    std::optional<std::string> maybe_text(int column) const;
    double number(int column) const { return m_statement.number(column); }
    /// Of the row that is read now.
    std::span<const std::uint8_t> bytes(int column) const { return m_statement.bytes(column); }
    int columns() const { return m_statement.columns(); }
    /// DamagedValue if there is none.
    Mbid mbid(int column) const;
    std::optional<Mbid> maybe_mbid(int column) const;
    std::optional<PartialDate> maybe_date(int column) const;

    void bind_one(int index, std::int64_t value) { m_statement.bind_integer(index, value); }
    void bind_one(int index, int value) { m_statement.bind_integer(index, value); }
    void bind_one(int index, bool value) { m_statement.bind_integer(index, value ? 1 : 0); }
    void bind_one(int index, const char* value) { bind_one(index, std::string_view{value}); }
    void bind_one(int index, std::string_view value) {
        m_statement.bind_text(index, value, Statement::Lifetime::copy);
    }
    /// Not copied: must live until the statement has run.
    void bind_one(int index, const std::string& value) {
        m_statement.bind_text(index, value, Statement::Lifetime::until_run);
    }
    void bind_one(int index, std::string&& value) { bind_one(index, std::string_view{value}); }
    void bind_one(int index, const Mbid& value) {
        m_statement.bind_bytes(index, value.bytes(), Statement::Lifetime::copy);
    }
    void bind_one(int index, const PartialDate& value) { bind_one(index, value.to_string()); }
    /// Not copied either.
    void bind_one(int index, std::span<const std::uint8_t> value) {
        m_statement.bind_bytes(index, value, Statement::Lifetime::until_run);
    }
    void bind_one(int index, std::nullopt_t) { m_statement.bind_null(index); }
    template <typename Value>
    void bind_one(int index, const std::optional<Value>& value) {
        value ? bind_one(index, *value) : m_statement.bind_null(index);
    }
    template <typename Value>
    void bind_one(int index, std::optional<Value>&& value) {
        value ? bind_one(index, std::move(*value)) : m_statement.bind_null(index);
    }

  private:
    Statement& m_statement;
};

}  // namespace pressings::sql

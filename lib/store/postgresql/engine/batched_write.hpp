#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/postgresql/engine/array_text.hpp"

namespace pressings::store::postgresql {

/// An INSERT or UPDATE of one row, and the one in which many of its rows are sent at once.
class BatchedWrite {
  public:
    /// Nothing if `sql` is not of the form "INSERT INTO table (column, …) VALUES ($1, …)" or
    /// "UPDATE table SET column = …, … WHERE column = … AND …", without parentheses, where every
    /// parameter is all that a column is set to or held against.
    static std::optional<BatchedWrite> of(std::string_view sql);

    const std::string& table() const { return m_table; }
    /// Of each parameter.
    const std::vector<std::string>& columns() const { return m_columns; }
    /// The statement for many, given the types of the columns.
    std::string many(const std::vector<std::string>& types) const;

    /// Of an UPDATE, the parameters that its row is found by, counted from 0. No row may be found
    /// twice in one statement, which would write it once.
    const std::vector<std::size_t>& keys() const { return m_keys; }
    bool has_keys() const { return !m_keys.empty(); }
    /// false: this row is there already.
    bool add_key(const std::string& key) { return m_seen_keys.insert(key).second; }

    // The row that is being added, column by column.
    ArrayText& column(std::size_t index) { return m_values[index]; }
    void end_row() { ++m_rows; }

    int rows() const { return m_rows; }
    /// Of all their values, in bytes.
    std::size_t size() const;
    /// The rows as the parameters of the statement for many. They are taken out.
    std::vector<std::string> take();

  private:
    BatchedWrite(std::string table, std::vector<std::string> columns)
        : m_table(std::move(table)), m_columns(std::move(columns)), m_values(m_columns.size()) {}
    static std::optional<BatchedWrite> of_insert(std::string_view sql);
    static std::optional<BatchedWrite> of_update(std::string_view sql);

    std::string m_table;
    std::vector<std::string> m_columns;
    std::string m_set;  ///< of an UPDATE: all before its WHERE, with v.p1, v.p2 … for parameters
    std::string m_where;  ///< likewise
    std::vector<std::size_t> m_keys;
    std::set<std::string> m_seen_keys;
    std::vector<ArrayText> m_values;
    int m_rows = 0;
};

}  // namespace pressings::store::postgresql

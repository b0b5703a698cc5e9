#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/postgresql/engine/array_text.hpp"

namespace pressings::store::postgresql {

/// An INSERT of one row, and the one in which many of its rows are sent at once.
class BatchedInsert {
  public:
    /// Nothing if `sql` is not of the form "INSERT INTO table (column, …) VALUES ($1, …)".
    static std::optional<BatchedInsert> of(std::string_view sql);

    const std::string& table() const { return m_table; }
    const std::vector<std::string>& columns() const { return m_columns; }
    /// The statement for many, given the types of the columns.
    std::string many(const std::vector<std::string>& types) const;

    // The row that is being added, column by column.
    ArrayText& column(std::size_t index) { return m_values[index]; }
    void end_row() { ++m_rows; }

    int rows() const { return m_rows; }
    /// Of all their values, in bytes.
    std::size_t size() const;
    /// The rows as the parameters of the statement for many. They are taken out.
    std::vector<std::string> take();

  private:
    BatchedInsert(std::string table, std::vector<std::string> columns)
        : m_table(std::move(table)), m_columns(std::move(columns)), m_values(m_columns.size()) {}

    std::string m_table;
    std::vector<std::string> m_columns;
    std::vector<ArrayText> m_values;
    int m_rows = 0;
};

}  // namespace pressings::store::postgresql

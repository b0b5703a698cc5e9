#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "store/sql/upkeep/copied_row.hpp"
#include "store/sql/upkeep/copy_end.hpp"

namespace pressings::store::sql {

/// The rows of a table in the order of its key, one after the other, as one end of a copy has them
/// in the view or transaction that it is in.
class RowStream {
  public:
    RowStream(CopyEnd& end, const CopiedTable& table);

    /// Whether there is another row, which `row` is then. May be asked again behind the end.
    bool next(CopiedRow& row);
    /// Of the rows so far.
    const RowSum& sum() const { return m_sum; }

  private:
    Connection& m_connection;
    std::span<const CopiedColumn> m_columns;
    pressings::sql::Statement& m_statement;
    Query m_query;
    RowSum m_sum;
    bool m_is_at_end = false;
};

/// Inserts rows into a table of a target, many with each statement.
class RowWriter {
  public:
    RowWriter(CopyEnd& target, const CopiedTable& table) : m_target(target), m_table(table) {}

    /// Part of a transaction.
    void write(std::span<const CopiedRow> rows);

  private:
    void insert(std::span<const CopiedRow> rows);
    std::string_view text_for(std::size_t rows);

    CopyEnd& m_target;
    const CopiedTable& m_table;
    std::vector<std::pair<std::size_t, std::string_view>> m_texts;  ///< by the number of rows
};

}  // namespace pressings::store::sql

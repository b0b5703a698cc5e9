#include "store/sql/upkeep/row_stream.hpp"

namespace pressings::store::sql {

namespace {

pressings::sql::Statement* reading(CopyEnd& end, const CopiedTable& table) {
    const std::string_view text = end.keep(read_text(table));
    Connection& connection = end.connection();
    return guarded(connection, [&] { return &connection.streamed(text); });
}

}  // namespace

RowStream::RowStream(CopyEnd& end, const CopiedTable& table)
    : m_connection(end.connection()),
      m_columns(table.columns),
      m_statement(*reading(end, table)),
      m_query(m_statement) {}

bool RowStream::next(CopiedRow& row) {
    return guarded(m_connection, [&] {
        // A statement that is stepped on behind its end begins anew.
        m_is_at_end = m_is_at_end || !m_query.step();
        if (m_is_at_end) return false;
        row.read(m_statement, m_columns);
        m_sum.add(row);
        return true;
    });
}

void RowWriter::write(std::span<const CopiedRow> rows) {
    // What one statement inserts: a few sizes, so that each is prepared once.
    constexpr std::size_t k_sizes[] = {256, 32, 4, 1};
    for (const std::size_t size : k_sizes) {
        for (; rows.size() >= size; rows = rows.subspan(size))
            insert(rows.first(size));
    }
}

void RowWriter::insert(std::span<const CopiedRow> rows) {
    Connection& connection = m_target.connection();
    guarded(connection, [&] {
        pressings::sql::Statement& statement = connection.statement(text_for(rows.size()));
        const Query query{statement};
        int first = 1;
        for (const CopiedRow& row : rows) {
            row.bind(statement, first, m_table.columns);
            first += static_cast<int>(m_table.columns.size());
        }
        statement.write();
    });
}

std::string_view RowWriter::text_for(std::size_t rows) {
    for (const auto& [count, text] : m_texts) {
        if (count == rows) return text;
    }
    return m_texts.emplace_back(rows, m_target.keep(insert_text(m_table, rows))).second;
}

}  // namespace pressings::store::sql

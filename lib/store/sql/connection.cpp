#include "store/sql/connection.hpp"

namespace pressings::store::sql {

std::int64_t Connection::integer(std::string_view sql) {
    Query row = query(sql);
    return row.step() ? row.integer(0) : 0;
}

void Connection::require_alone() {
    ++m_times_alone;
    check_alone();
}

void WriteTransaction::commit() {
    m_connection.commit();
    m_open = false;
}

void Savepoint::keep() {
    m_connection.keep_part();
    m_open = false;
}

}  // namespace pressings::store::sql

#pragma once

#include <cstdint>
#include <string_view>

#include "store/sql/connection.hpp"
#include "store/sql/totals.hpp"

namespace pressings::store::sql {

/// A write transaction of the outbox with its time, and what it changes in the totals. Without
/// `commit` nothing happened.
class UnitOfWork {
  public:
    UnitOfWork(Connection& connection, Millis now_ms, Writers writers = Writers::alone)
        : m_connection(connection),
          m_now_ms(now_ms),
          m_totals(now_ms),
          m_transaction(connection, writers) {}

    Connection& connection() const { return m_connection; }
    Query query(std::string_view sql) const { return m_connection.query(sql); }
    std::int64_t last_insert_id() const { return m_connection.last_insert_id(); }
    Millis now_ms() const { return m_now_ms; }
    Totals& totals() { return m_totals; }

    /// Writes the totals and commits all.
    void commit();

  private:
    Connection& m_connection;
    Millis m_now_ms;
    Totals m_totals;
    WriteTransaction m_transaction;
};

}  // namespace pressings::store::sql

#pragma once

#include <cstdint>
#include <string_view>

#include "store/sqlite/engine/connection.hpp"
#include "store/sqlite/engine/totals.hpp"

namespace pressings::store::sqlite {

/// A write transaction of the outbox with its time, and what it changes in the totals. Without
/// `commit` nothing happened.
class UnitOfWork {
  public:
    UnitOfWork(Connection& connection, Millis now_ms)
        : m_connection(connection), m_now_ms(now_ms), m_totals(now_ms), m_transaction(connection) {}

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

/// A part of a transaction that is taken back alone, unless it is kept. They nest.
class Savepoint {
  public:
    explicit Savepoint(Connection& connection);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void keep();

  private:
    Connection& m_connection;
    bool m_open = true;
};

}  // namespace pressings::store::sqlite

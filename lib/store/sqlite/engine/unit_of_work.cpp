#include "store/sqlite/engine/unit_of_work.hpp"

namespace pressings::store::sqlite {

void UnitOfWork::commit() {
    m_totals.write(m_connection);
    m_transaction.commit();
}

Savepoint::Savepoint(Connection& connection) : m_connection(connection) {
    connection.query("SAVEPOINT part").run();
}

Savepoint::~Savepoint() {
    // If SQLite has rolled the whole transaction back, there is none left, and nothing to do.
    if (m_open) m_connection.database().tryExec("ROLLBACK TO part; RELEASE part");
}

void Savepoint::keep() {
    m_connection.query("RELEASE part").run();
    m_open = false;
}

}  // namespace pressings::store::sqlite

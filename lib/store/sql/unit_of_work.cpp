#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

void UnitOfWork::commit() {
    m_totals.write(m_connection);
    m_transaction.commit();
}

}  // namespace pressings::store::sql

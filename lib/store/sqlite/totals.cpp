#include "store/sqlite/totals.hpp"

#include "store/sqlite/job_sql.hpp"

namespace pressings::store::sqlite {

void Totals::write(Connection& connection) const {
    for (const auto& [key, change] : m_changes) {
        if (change == 0) continue;
        const auto& [what, queue] = key;
        if (connection.query(sql::k_change_total).bind(what, queue, change).run() == 0) {
            connection.query(sql::k_first_total).bind(what, queue, change).run();
        }
    }
}

}  // namespace pressings::store::sqlite

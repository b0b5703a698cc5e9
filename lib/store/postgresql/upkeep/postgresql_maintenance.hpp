#pragma once

#include "store/postgresql/engine/connection.hpp"
#include "store/sql/upkeep/sql_maintenance.hpp"
#include "store/sql/workers.hpp"

namespace pressings::store::postgresql {

class PostgresqlMaintenance final : public sql::SqlMaintenance {
  public:
    PostgresqlMaintenance(Connection& connection, sql::Workers& workers, sql::SearchIndex& index,
                          Clock& clock)
        : SqlMaintenance(connection, index, clock), m_connection(connection), m_workers(workers) {}

    std::optional<std::string> advice() override;
    /// The server verifies its pages itself; what is in the tables is verified as on every engine.
    CheckResult check() override;
    /// StoreError: it says how PostgreSQL's own tool does it.
    void backup(const std::string& path, const StopSignals& stop) override;

  private:
    void find_orphans(CheckResult& report);

    Connection& m_connection;
    sql::Workers& m_workers;
};

}  // namespace pressings::store::postgresql

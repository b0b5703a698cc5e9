#pragma once

#include "store/sql/upkeep/sql_maintenance.hpp"
#include "store/sqlite/engine/connection.hpp"

namespace pressings::store::sqlite {

class SqliteMaintenance final : public sql::SqlMaintenance {
  public:
    SqliteMaintenance(Connection& connection, sql::SearchIndex& index, Clock& clock)
        : SqlMaintenance(connection, index, clock), m_connection(connection) {}

    std::optional<std::string> advice() override;
    CheckResult check() override;
    void backup(const std::string& path, const StopSignals& stop) override;

  private:
    void find_orphans(CheckResult& report);

    Connection& m_connection;
};

}  // namespace pressings::store::sqlite

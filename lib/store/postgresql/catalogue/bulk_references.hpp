#pragma once

#include "store/postgresql/engine/connection.hpp"
#include "store/sql/catalogue/known_rows.hpp"

namespace pressings::store::postgresql {

/// Looks at what imports refer to, and makes what is new of it, by sets.
class BulkReferences final : public sql::SharedRows {
  public:
    explicit BulkReferences(Connection& connection) : m_connection(connection) {}

    void make(std::span<const Import> imports, sql::KnownRows& known) override;
    void look(sql::UnitOfWork& work, std::span<const Import> imports,
              sql::KnownRows& known) override;

  private:
    Connection& m_connection;
};

}  // namespace pressings::store::postgresql

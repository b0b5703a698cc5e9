#pragma once

#include "store/postgresql/engine/connection.hpp"
#include "store/sql/catalogue/known_rows.hpp"

namespace pressings::store::postgresql {

/// Looks at what imports and new albums refer to, and makes what is new of it, by sets.
class BulkReferences final : public sql::SharedRows {
  public:
    explicit BulkReferences(Connection& connection) : m_connection(connection) {}

    void make(std::span<const Import> imports, sql::KnownRows& known) override;
    /// The credits of albums that are to be put in, in a transaction of its own as well: their ids,
    /// by credit_identity(), and those of their artists.
    void make(std::span<const Album* const> albums, sql::KnownRows& known);
    void look(sql::UnitOfWork& work, std::span<const Import> imports,
              sql::KnownRows& known) override;

  private:
    Connection& m_connection;
};

}  // namespace pressings::store::postgresql

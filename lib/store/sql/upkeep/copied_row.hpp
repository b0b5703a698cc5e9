#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "sql/statement.hpp"
#include "store/sql/upkeep/copied_tables.hpp"

namespace pressings::store::sql {

/// A row on its way from one engine to another: its values one behind the other, the same bytes
/// for the same values whatever the engine.
class CopiedRow {
  public:
    /// Takes the row that `from` is at.
    void read(const pressings::sql::Statement& from, std::span<const CopiedColumn> columns);
    /// Binds its values to the parameters from `first` on, which are good while the row is.
    void bind(pressings::sql::Statement& to, int first,
              std::span<const CopiedColumn> columns) const;

    bool operator==(const CopiedRow&) const = default;
    std::uint64_t hash() const;

  private:
    std::string m_bytes;
};

/// How many rows a table has, and a sum over what is in them.
struct RowSum {
    std::int64_t rows = 0;
    std::uint64_t sum = 0;

    void add(const CopiedRow& row) {
        ++rows;
        sum += row.hash();
    }
    bool operator==(const RowSum&) const = default;
};

}  // namespace pressings::store::sql

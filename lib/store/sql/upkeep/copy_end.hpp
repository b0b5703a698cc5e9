#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "store/sql/connection.hpp"
#include "store/sql/upkeep/copied_tables.hpp"

namespace pressings::store::sql {

/// One end of a copy: a catalogue, and what only its engine can do to it.
class CopyEnd {
  public:
    virtual ~CopyEnd() = default;

    virtual Connection& connection() = 0;
    /// For people.
    virtual std::string name() const = 0;
    /// The same for the same database only, by whatever name it was opened.
    virtual std::string identity() = 0;

    /// The highest id that the database ever gave out for a table that has ids.
    virtual std::int64_t last_id(const CopiedTable& table) = 0;
    /// Those that it gives out from now on are higher than `id`.
    virtual void give_ids_above(const CopiedTable& table, std::int64_t id) = 0;

    /// Whether it holds a copy that was broken off.
    virtual bool is_unfinished() = 0;
    /// Lets nobody open it but a copy, or lets everybody again; as part of a transaction.
    virtual void set_unfinished(bool is_unfinished) = 0;
    /// Deletes all rows of these tables; as part of a transaction.
    virtual void empty(std::span<const CopiedTable> tables) = 0;
    /// All is there: what the engine wants to know of so many new rows.
    virtual void look_at_rows() {}

    /// Keeps the text of a statement for as long as the connection is there.
    std::string_view keep(std::string sql) { return m_texts.emplace_back(std::move(sql)); }

  private:
    std::deque<std::string> m_texts;
};

/// StoreError: the catalogue `name` is a copy that was broken off, and only a copy opens it.
[[noreturn]] void refuse_unfinished_copy(const std::string& name);

}  // namespace pressings::store::sql

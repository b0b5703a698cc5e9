#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pressings::store::sql {

enum class ColumnKind { integer, text, bytes };

struct CopiedColumn {
    std::string_view name;
    ColumnKind kind;
};

/// A table as both engines have it.
struct CopiedTable {
    std::string_view name;
    std::string_view key;  ///< the columns that order its rows, no two of which have the same
    std::span<const CopiedColumn> columns;

    /// Whether the database gives out its ids.
    bool has_ids() const { return key == "id"; }
};

/// All tables of a catalogue, those that are referred to before those that refer to them. Not
/// among them are what searches answer from, which can be made anew, and what an engine has for
/// itself.
std::span<const CopiedTable> copied_tables();
/// Of these, what counts what was done: one without albums and jobs is empty whatever is in them.
std::span<const CopiedTable> count_tables();

/// All rows of it, by its key.
std::string read_text(const CopiedTable& table);
std::string count_text(const CopiedTable& table);
/// Inserts `rows` rows; the parameters are their columns, row by row.
std::string insert_text(const CopiedTable& table, std::size_t rows);

}  // namespace pressings::store::sql

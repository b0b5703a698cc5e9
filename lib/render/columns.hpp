#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "cli/table.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// A column of a list of albums or releases.
template <typename Record>
struct Column {
    std::string_view name;  ///< by which people choose it: the heading in small letters
    std::string_view key;   ///< the same of the JSON, which is another name for it
    cli::Table::Column heading;
    std::string (*cell)(const Record&);
    bool is_usual = true;  ///< shown where none is chosen
};

using AlbumColumn = Column<store::AlbumRecord>;
using ReleaseColumn = Column<store::ReleaseRecord>;

std::span<const AlbumColumn> album_columns();
std::span<const ReleaseColumn> release_columns();

/// What can be chosen in JSON beside the columns: the keys of an album, or of a release.
std::vector<std::string> album_keys();
std::vector<std::string> release_keys();

/// The columns of these names or keys, in that order; the usual ones if there are none. UsageError
/// that names the nearest if there is no such column.
template <typename Record>
std::vector<Column<Record>> choose_columns(std::span<const Column<Record>> columns,
                                           const std::vector<std::string>& names);

extern template std::vector<AlbumColumn> choose_columns(std::span<const AlbumColumn>,
                                                        const std::vector<std::string>&);
extern template std::vector<ReleaseColumn> choose_columns(std::span<const ReleaseColumn>,
                                                          const std::vector<std::string>&);

/// The keys of these names or keys; a UsageError likewise.
template <typename Record>
std::vector<std::string> choose_keys(std::span<const Column<Record>> columns,
                                     const std::vector<std::string>& keys,
                                     const std::vector<std::string>& names);

extern template std::vector<std::string> choose_keys(std::span<const AlbumColumn>,
                                                     const std::vector<std::string>&,
                                                     const std::vector<std::string>&);
extern template std::vector<std::string> choose_keys(std::span<const ReleaseColumn>,
                                                     const std::vector<std::string>&,
                                                     const std::vector<std::string>&);

/// `json` with these keys alone, in their order; all of it if there are none.
nlohmann::ordered_json with_keys(nlohmann::ordered_json json, const std::vector<std::string>& keys);

/// A list as a table of chosen columns.
template <typename Record>
class ListTable {
  public:
    explicit ListTable(std::vector<Column<Record>> columns)
        : m_columns(std::move(columns)), m_table(headings(m_columns)) {}

    void add(const Record& record) {
        std::vector<std::string> cells;
        for (const Column<Record>& column : m_columns)
            cells.push_back(column.cell(record));
        m_table.add_row(std::move(cells));
    }
    const cli::Table& table() const { return m_table; }

  private:
    static std::vector<cli::Table::Column> headings(const std::vector<Column<Record>>& columns) {
        std::vector<cli::Table::Column> headings;
        for (const Column<Record>& column : columns)
            headings.push_back(column.heading);
        return headings;
    }

    std::vector<Column<Record>> m_columns;
    cli::Table m_table;
};

}  // namespace pressings::render

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/output.hpp"

namespace pressings::cli {

/// A table for people. Outside text is made safe, columns are as wide as their widest cell. On a
/// terminal that is too narrow the columns that may give way are shortened. Before that makes them
/// hard to read, the column that leaves first goes (the MBID); if it is not enough, others go one
/// after the other. No line is longer than the terminal is wide.
class Table {
  public:
    enum class Align { left, right };
    enum class Weight { plain, bold };
    struct Column {
        std::string title;
        Align align = Align::left;
        bool gives_way = false;
        /// When it goes: 1 rather than that others are hard to read, 2 and on where nothing else
        /// helps; 0 never.
        int leaves = 0;
    };

    explicit Table(std::vector<Column> columns) : m_columns(std::move(columns)) {}

    void add_row(std::vector<std::string> cells);
    /// A line across all columns, in front of the rows that follow; on a terminal it is shortened.
    void add_line(const std::string& text, Weight weight = Weight::plain);
    bool empty() const { return m_rows.empty(); }
    /// Titles are bold where there is colour.
    void print(Output& output, const Screen& screen) const;
    /// Columns of the terminal that its rows take if none of them gives way.
    std::size_t natural_width() const;
    /// Whether there is room for that.
    bool fits(const Screen& screen) const;

  private:
    struct Row {
        std::vector<std::string> cells;  ///< of a line across all columns: its text
        std::optional<Weight> across;
    };

    /// A column that is shown.
    struct Shown {
        std::size_t place = 0;
        std::size_t width = 0;
    };

    std::vector<Shown> all_shown() const;
    /// Those that are left on a screen of so many columns, and how wide.
    std::vector<Shown> fitted(std::size_t columns) const;
    void shorten(std::vector<Shown>& shown, std::size_t columns, std::size_t narrowest) const;
    std::string format_row(const std::vector<std::string>& cells,
                           const std::vector<Shown>& shown) const;

    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
};

}  // namespace pressings::cli

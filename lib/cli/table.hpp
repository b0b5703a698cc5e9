#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/output.hpp"

namespace pressings::cli {

/// A table for people. Outside text is made safe, columns are as wide as their widest cell; on a
/// terminal that is too narrow, the columns that may give way are shortened.
class Table {
  public:
    enum class Align { left, right };
    enum class Weight { plain, bold };
    struct Column {
        std::string title;
        Align align = Align::left;
        bool gives_way = false;
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

    std::vector<std::size_t> widths(std::size_t columns) const;
    std::string format_row(const std::vector<std::string>& cells,
                           const std::vector<std::size_t>& widths) const;

    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
};

}  // namespace pressings::cli

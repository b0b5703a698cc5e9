#include "cli/table.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pressings::cli {

namespace {

constexpr std::size_t k_gap = 2;
constexpr std::size_t k_narrowest = 8;
constexpr std::size_t k_readable = 24;  // what the MBID leaves for

/// Of columns side by side.
template <typename Columns>
std::size_t total_width(const Columns& columns) {
    std::size_t total = 0;
    for (const auto& column : columns)
        total += column.width + (total > 0 ? k_gap : 0);
    return total;
}

}  // namespace

void Table::add_row(std::vector<std::string> cells) {
    for (std::string& cell : cells)
        cell = escape_controls(cell);
    cells.resize(m_columns.size());
    m_rows.push_back({std::move(cells), std::nullopt});
}

void Table::add_line(const std::string& text, Weight weight) {
    m_rows.push_back({{escape_controls(text)}, weight});
}

std::size_t Table::natural_width() const {
    return total_width(all_shown());
}

std::vector<Table::Shown> Table::all_shown() const {
    std::vector<Shown> shown;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        std::size_t width = display_width(m_columns[i].title);
        for (const Row& row : m_rows) {
            if (!row.across) width = std::max(width, display_width(row.cells[i]));
        }
        shown.push_back({i, width});
    }
    return shown;
}

/// The widest column that may give way gives, until all fits or none can give any more.
void Table::shorten(std::vector<Shown>& shown, std::size_t columns, std::size_t narrowest) const {
    for (std::size_t total = total_width(shown); total > columns; --total) {
        Shown* widest = nullptr;
        for (Shown& column : shown) {
            if (!m_columns[column.place].gives_way || column.width <= narrowest) continue;
            if (widest == nullptr || column.width > widest->width) widest = &column;
        }
        if (widest == nullptr) return;
        --widest->width;
    }
}

std::vector<Table::Shown> Table::fitted(std::size_t columns) const {
    const std::vector<Shown> natural = all_shown();
    if (columns == 0 || total_width(natural) <= columns) return natural;
    int most = 1;
    for (const Column& column : m_columns)
        most = std::max(most, column.leaves);
    std::vector<Shown> shown = natural;
    shorten(shown, columns, k_readable);
    for (int gone = 1; gone <= most && total_width(shown) > columns; ++gone) {
        shown.clear();
        for (const Shown& column : natural) {
            const int leaves = m_columns[column.place].leaves;
            if (leaves == 0 || leaves > gone) shown.push_back(column);
        }
        shorten(shown, columns, k_narrowest);
    }
    return shown;
}

std::string Table::format_row(const std::vector<std::string>& cells,
                              const std::vector<Shown>& shown) const {
    std::string line;
    for (const Shown& column : shown) {
        const std::string cell = fit_width(cells[column.place], column.width);
        const std::string padding(column.width - std::min(column.width, display_width(cell)), ' ');
        if (&column != shown.data()) line.append(k_gap, ' ');
        line += m_columns[column.place].align == Align::right ? padding + cell : cell + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

bool Table::fits(const Screen& screen) const {
    return screen.columns == 0 || natural_width() <= screen.columns;
}

void Table::print(Output& output, const Screen& screen) const {
    std::vector<std::string> titles;
    for (const Column& column : m_columns)
        titles.push_back(column.title);
    const std::vector<Shown> shown = fitted(screen.columns);
    const auto write = [&](const std::string& whole, Weight weight) {
        const std::string line = screen.columns > 0 ? fit_width(whole, screen.columns) : whole;
        output.line(screen.color && weight == Weight::bold ? "\x1B[1m" + line + "\x1B[0m" : line);
    };
    write(format_row(titles, shown), Weight::bold);
    for (const Row& row : m_rows) {
        if (row.across) {
            write(row.cells.front(), *row.across);
        } else {
            write(format_row(row.cells, shown), Weight::plain);
        }
    }
}

}  // namespace pressings::cli

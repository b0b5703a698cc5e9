#include "cli/table.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pressings::cli {

namespace {

constexpr std::size_t k_gap = 2;
constexpr std::size_t k_narrowest = 8;

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
    std::size_t total = 0;
    for (const std::size_t width : widths(0))
        total += width + (total > 0 ? k_gap : 0);
    return total;
}

std::vector<std::size_t> Table::widths(std::size_t columns) const {
    std::vector<std::size_t> widths;
    std::size_t total = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        std::size_t width = display_width(m_columns[i].title);
        for (const Row& row : m_rows) {
            if (!row.across) width = std::max(width, display_width(row.cells[i]));
        }
        widths.push_back(width);
        total += width + (i > 0 ? k_gap : 0);
    }
    // The widest column that may give way gives, until all fits or none can give any more.
    while (columns > 0 && total > columns) {
        std::size_t widest = m_columns.size();
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (!m_columns[i].gives_way || widths[i] <= k_narrowest) continue;
            if (widest == m_columns.size() || widths[i] > widths[widest]) widest = i;
        }
        if (widest == m_columns.size()) break;
        --widths[widest];
        --total;
    }
    return widths;
}

std::string Table::format_row(const std::vector<std::string>& cells,
                              const std::vector<std::size_t>& widths) const {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string cell = fit_width(cells[i], widths[i]);
        const std::string padding(widths[i] - std::min(widths[i], display_width(cell)), ' ');
        if (i > 0) line.append(k_gap, ' ');
        line += m_columns[i].align == Align::right ? padding + cell : cell + padding;
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
    const auto fitted = widths(screen.columns);
    const auto write = [&](const std::string& line, Weight weight) {
        output.line(screen.color && weight == Weight::bold ? "\x1B[1m" + line + "\x1B[0m" : line);
    };
    write(format_row(titles, fitted), Weight::bold);
    for (const Row& row : m_rows) {
        if (!row.across) {
            write(format_row(row.cells, fitted), Weight::plain);
        } else {
            const std::string& text = row.cells.front();
            write(screen.columns > 0 ? fit_width(text, screen.columns) : text, *row.across);
        }
    }
}

}  // namespace pressings::cli

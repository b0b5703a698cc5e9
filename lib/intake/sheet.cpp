#include "intake/sheet.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "intake/text_input.hpp"

namespace pressings::intake {

namespace {

constexpr std::size_t k_most_bytes = std::size_t{64} << 20U;

std::string read_all(TextInput& input) {
    std::string text;
    for (int c = input.get(); c >= 0; c = input.get()) {
        text += static_cast<char>(c);
        if (text.size() > k_most_bytes) {
            throw Error(
                fmt::format("{} is larger than 64 MiB; it is no list of candidates", input.name()));
        }
    }
    return text;
}

/// Whatever of them the header has most of.
char separator_of(std::string_view text) {
    const auto header = text.substr(0, text.find('\n'));
    const auto count = [&](char c) { return std::count(header.begin(), header.end(), c); };
    char best = ',';
    for (const char c : {';', '\t'}) {
        if (count(c) > count(best)) best = c;
    }
    return best;
}

/// Takes a text apart into lines of cells.
class Cells {
  public:
    Cells(const std::string& text, char separator) : m_text(text), m_separator(separator) {}

    bool has_more() const { return m_at < m_text.size(); }
    std::int64_t line() const { return m_line; }

    std::vector<std::string> next_row() {
        std::vector<std::string> cells;
        do {
            cells.push_back(next_cell());
        } while (takes(m_separator));
        if (!takes('\n')) ++m_at;  // the text ends
        return cells;
    }

  private:
    bool takes(char c) {
        if (m_at >= m_text.size() || m_text[m_at] != c) return false;
        step();
        return true;
    }
    void step() {
        if (m_text[m_at++] == '\n') ++m_line;
    }

    std::string next_cell() {
        std::string cell;
        const bool is_quoted = takes('"');
        while (is_quoted && m_at < m_text.size()) {
            if (takes('"') && !(m_at < m_text.size() && m_text[m_at] == '"')) break;
            if (m_at >= m_text.size()) break;
            cell += m_text[m_at];
            step();
        }
        while (m_at < m_text.size() && m_text[m_at] != m_separator && m_text[m_at] != '\n') {
            cell += m_text[m_at];
            step();
        }
        if (cell.ends_with('\r')) cell.pop_back();
        return cell;
    }

    const std::string& m_text;
    char m_separator;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
};

bool is_blank(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(),
                       [](const std::string& cell) { return trim(cell).empty(); });
}

}  // namespace

std::string SheetRow::text(const std::string& column) const {
    const auto found = cells.find(column);
    std::string text{found == cells.end() ? std::string_view{} : trim(found->second)};
    const bool is_guarded = text.size() > 1 && text[0] == '\'' &&
                            std::string_view{"=+-@"}.find(text[1]) != std::string_view::npos;
    return is_guarded ? text.substr(1) : text;
}

Sheet read_sheet(const std::string& path) {
    TextInput input{path};
    const std::string text = read_all(input);
    Cells cells{text, separator_of(text)};
    Sheet sheet;
    while (cells.has_more()) {
        SheetRow row;
        row.line = cells.line();
        const auto texts = cells.next_row();
        if (is_blank(texts)) continue;
        if (sheet.columns.empty()) {
            for (const std::string& name : texts)
                sheet.columns.push_back(ascii_lower(trim(name)));
            continue;
        }
        row.is_whole = texts.size() == sheet.columns.size();
        for (std::size_t i = 0; i < std::min(texts.size(), sheet.columns.size()); ++i)
            row.cells[sheet.columns[i]] = texts[i];
        sheet.rows.push_back(std::move(row));
    }
    if (sheet.columns.empty()) throw Error(fmt::format("{} is empty", input.name()));
    return sheet;
}

}  // namespace pressings::intake

#include "cli/csv.hpp"

#include "base/text.hpp"

namespace pressings::cli {

namespace {

/// The bytes of the first character that could begin a formula in `text`; 0 if it is another.
std::size_t formula_sign(std::string_view text) {
    for (const std::string_view sign :
         {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}) {
        if (text.starts_with(sign)) return sign.size();
    }
    return 0;
}

/// The bytes of a first character that spreadsheets pass over: a blank, a byte order mark, a quote.
std::size_t passed_over(std::string_view text) {
    for (const std::string_view blank : {" ", "\"", "\u00A0", "\u3000", "\u200B", "\uFEFF"}) {
        if (text.starts_with(blank)) return blank.size();
    }
    return 0;
}

bool separates(char c) {
    return c == ';' || c == '|' || c == '\t' || c == '\r' || c == '\n';
}

bool needs_quotes(std::string_view value) {
    if (value.empty()) return false;
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    return value.find_first_of(",\"\r\n") != std::string_view::npos || blank(value.front()) ||
           blank(value.back());
}

}  // namespace

std::string csv_cell(std::string_view value) {
    if (!needs_quotes(value)) return std::string{value};
    std::string cell = "\"";
    for (const char c : value) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return cell + '"';
}

std::string disarm_formulas(std::string_view value) {
    std::string text;
    text.reserve(value.size() + 1);
    bool at_start = true;
    while (!value.empty()) {
        std::size_t length = at_start ? passed_over(value) : 0;
        if (length == 0) {
            const std::size_t sign = at_start ? formula_sign(value) : 0;
            if (sign > 0) text += '\'';
            length = sign > 0 ? sign : 1;
            at_start = separates(value.front());
        }
        text += value.substr(0, length);
        value.remove_prefix(length);
    }
    return text;
}

CsvWriter::CsvWriter(Output& output, Formulas formulas)
    : m_output(output), m_formulas(formulas), m_for_people(output.is_terminal()) {}

void CsvWriter::row(std::span<const std::string> values) {
    std::string line;
    for (const std::string& value : values) {
        const std::string text = m_formulas == Formulas::disarm ? disarm_formulas(value) : value;
        if (&value != values.data()) line += ',';
        line += csv_cell(m_for_people ? escape_controls(text) : text);
    }
    m_output.write(line + "\r\n");
}

}  // namespace pressings::cli

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/output.hpp"

namespace pressings::cli {

/// What a spreadsheet would make a formula of: is it written as it is, or so that it is text?
enum class Formulas { keep, disarm };

/// A value as a cell of CSV (RFC 4180): in quotes, with its own quotes doubled, if it has a comma,
/// a quote, a line end, or a blank at an end.
std::string csv_cell(std::string_view value);

/// `value` with an apostrophe before each character that could make a formula of it: = + - @, their
/// full-width forms, TAB, CR and LF, at its start; and behind a ; | TAB CR or LF within it, where a
/// program that takes another separator starts a cell. Blanks and quotes in front do not count.
/// See https://owasp.org/www-community/attacks/CSV_Injection.
std::string disarm_formulas(std::string_view value);

/// Writes rows of cells, each ended by CR LF as RFC 4180 has it. On a terminal, control characters
/// are escaped.
class CsvWriter {
  public:
    CsvWriter(Output& output, Formulas formulas);

    void row(std::span<const std::string> values);

  private:
    Output& m_output;
    Formulas m_formulas;
    bool m_for_people;
};

}  // namespace pressings::cli

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// A small table that a spreadsheet has written.
namespace pressings::intake {

struct SheetRow {
    std::int64_t line = 0;                     ///< from 1
    std::map<std::string, std::string> cells;  ///< by the names of the columns, in small letters
    bool is_whole = true;                      ///< as many cells as the header has

    /// What stands in a column, without blanks around it and without the apostrophe that keeps it
    /// from being a formula; "" if the sheet has no such column.
    std::string text(const std::string& column) const;
};

struct Sheet {
    std::vector<std::string> columns;
    std::vector<SheetRow> rows;  ///< blank ones are left out
};

/// Reads a file of CSV (RFC 4180), whose header tells by what it is separated: comma, semicolon or
/// tab. Error if it cannot be read, is empty, or is larger than 64 MiB.
Sheet read_sheet(const std::string& path);

}  // namespace pressings::intake

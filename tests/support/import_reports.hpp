#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace pressings::test {

/// What importers said that they put in, or found there: the album's number by its MBID. From the
/// JSON lines of `album-import`; lines that a kill cut off are left out. Several numbers of one
/// MBID are joined by `doubled`.
struct ImportReports {
    std::map<std::string, std::int64_t> albums;
    std::string doubled;  ///< MBIDs that were reported with two numbers
};

ImportReports import_reports(const std::string& file);

}  // namespace pressings::test

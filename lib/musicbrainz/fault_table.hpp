#pragma once

#include <span>
#include <string>
#include <string_view>

#include "musicbrainz/release_source.hpp"

/// What becomes of each way in which a request can fail: the one table of it.
namespace pressings::musicbrainz {

/// What to do about a failure, its code for programs, and why in words.
struct Fault {
    ErrorKind kind = ErrorKind::transient;
    std::string code;
    std::string_view explanation;
};

/// For every HTTP status but 200.
Fault classify_status(int status);

/// For every libcurl result (CURLcode) but CURLE_OK.
Fault classify_curl(int result);

/// A row of the table, for documentation. `code` of a row for several statuses has "NNN" for them.
struct FaultRow {
    std::string_view condition;  ///< "HTTP 404", "time-out"
    ErrorKind kind = ErrorKind::transient;
    std::string_view code;
    std::string_view explanation;
};

/// All rows: HTTP statuses, connection failures, and what is wrong with an answer itself.
std::span<const FaultRow> fault_table();

std::string_view to_string(ErrorKind kind);

}  // namespace pressings::musicbrainz

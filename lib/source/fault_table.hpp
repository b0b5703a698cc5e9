#pragma once

#include <span>
#include <string>
#include <string_view>

#include "source/release_source.hpp"

/// What becomes of each way in which a request can fail: the one table of it.
namespace pressings::source {

/// Whose word an HTTP error is: MusicBrainz's own, by its body (see json_error.hpp), or that of
/// anything else that may stand in its place, such as another web server, a proxy or a portal.
enum class Voice { musicbrainz, anybody };

/// What to do about a failure, its code for programs, and why in words.
struct Fault {
    ErrorKind kind = ErrorKind::transient;
    std::string code;
    std::string_view explanation;
    Again again = Again::at_once;
    Reach reach = Reach::answered;
    Meaning meaning = Meaning::failed;
};

/// For every HTTP status but 200. Only MusicBrainz's own word can be permanent.
Fault classify_status(int status, Voice voice);

/// For every libcurl result (CURLcode) but CURLE_OK; all of them are transient.
Fault classify_curl(int result);

SourceError fault_error(const Fault& fault, const std::string& message);

/// The error of a fault that was found in an answer itself, by the code that it has in the table;
/// "internal" for a code that is not there.
SourceError answer_error(std::string_view code, const std::string& message);

/// A row of the table, for documentation. `code` of a row for several statuses has "NNN" for them.
/// What no row names is transient: a row is permanent only where the answer is certain.
struct FaultRow {
    std::string_view condition;  ///< "HTTP 404", "time-out"
    ErrorKind kind = ErrorKind::transient;
    std::string_view code;
    std::string_view explanation;
    Again again = Again::at_once;  ///< counts for what is transient
    Reach reach = Reach::answered;
    Meaning meaning = Meaning::failed;

    /// Whether its code is another one for each status: "http_418".
    bool names_status() const { return code == "http_NNN"; }
};

/// All rows: HTTP statuses, connection failures, and what is wrong with an answer itself.
std::span<const FaultRow> fault_table();

std::string_view to_string(ErrorKind kind);
std::string_view to_string(Again again);
std::string_view to_string(Reach reach);

}  // namespace pressings::source

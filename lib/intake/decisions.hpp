#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/mbid.hpp"
#include "intake/record.hpp"

/// What somebody decided in a spreadsheet about albums that no search could settle.
namespace pressings::intake {

/// The album is this release group, or the one that this release belongs to.
struct TakeDecision {
    Mbid mbid;
};
/// It is to be looked for by other words.
struct SearchDecision {
    AlbumRequest words;
};
/// It is left as it is.
struct SkipDecision {};

struct AlbumDecision {
    std::int64_t line = 0;  ///< of the file, from 1
    std::int64_t album_id = 0;
    std::string looked_for;  ///< by which the file knows it; "" if it does not tell
    std::variant<TakeDecision, SearchDecision, SkipDecision> what;
};

/// A line that cannot be followed.
struct RefusedDecision {
    std::int64_t line = 0;
    Refusal refusal;
};

struct Decisions {
    std::vector<AlbumDecision> decisions;  ///< one an album, in the order of the file
    std::vector<RefusedDecision> refused;
    std::int64_t undecided = 0;  ///< albums of which no line has a decision
};

/// Reads what `album-import --candidates` has written, as a spreadsheet gives it back: separated by
/// commas, semicolons or tabs, columns in any order, others beside them, lines left out. A decision
/// stands in any line of its album: "x" or "yes" for the candidate of that line, an MBID or a URL,
/// "search" for the artist, title and year of that line, "skip". Two that differ are refused, both.
/// Error if it cannot be read, or lacks the columns `decision` and `album`.
Decisions read_decisions(const std::string& path);

}  // namespace pressings::intake

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What people and programs write behind an album's title that is no part of it.
namespace pressings {

enum class Mark {
    edition,     ///< "(2011 Remaster)", "Deluxe Edition", "[Explicit]"
    carrier,     ///< "[disc 1]", "CD2", "(Vinyl)"
    soundtrack,  ///< "OST", "(Soundtrack)", ": Music From the Motion Picture"
    score,       ///< "(Original Score)"
    ep,          ///< "EP", " - EP"
    single,      ///< "(Single)", " - Single"
    album,       ///< "(Album)"
    year,        ///< "(1994)"
};

/// A title, taken apart.
struct MarkedTitle {
    std::string name;         ///< without marks
    std::vector<Mark> marks;  ///< each once
    std::optional<int> year;  ///< of Mark::year

    bool has(Mark mark) const;
};

/// Nothing if the title has no mark, or is nothing else. What says that something else is heard
/// ("live", "acoustic", "demos", "remixes") is no mark, nor is a country, whose version may be
/// another album.
std::optional<MarkedTitle> without_marks(std::string_view title);

}  // namespace pressings

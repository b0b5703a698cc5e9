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

/// Two parts of a title, at a colon or a dash.
struct PartedTitle {
    std::string main;
    std::string subtitle;
};

/// All ways to part a title; none if it has neither colon nor dash between words.
std::vector<PartedTitle> parted_titles(std::string_view title);

/// Whether a subtitle says that it is another recording, or one of several parts ("Live at Leeds",
/// "The Remixes", "Volume 2"): then it is no matter of writing it or not.
bool tells_apart(std::string_view subtitle);

/// Whether a subtitle says that it gathers what was published ("The Singles", "The Best of").
bool tells_of_collection(std::string_view subtitle);

/// Whether a title says so little that many albums have it, whatever stands behind it: "Greatest
/// Hits", "Live", "Symphony No. 5".
bool is_general(std::string_view title);

}  // namespace pressings

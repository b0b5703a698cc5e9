#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What stands behind a colon or a dash in a title, and when it may be left out.
namespace pressings {

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

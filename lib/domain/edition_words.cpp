#include <algorithm>
#include <array>

#include "base/name_words.hpp"
#include "base/spelling.hpp"
#include "base/text.hpp"
#include "domain/album_match.hpp"

namespace pressings {

namespace {

/// One of these makes a suffix the name of an edition.
constexpr std::array<std::string_view, 17> k_edition_words{
    "deluxe",  "edition",  "expanded",   "remaster", "remastered", "anniversary",
    "reissue", "reissued", "rerelease",  "special",  "limited",    "bonus",
    "legacy",  "enhanced", "collectors", "digipak",  "digipack"};

/// These may stand beside it. What says that something else is heard ("live", "acoustic", "demos",
/// "mixes") is not among them, nor is a country, whose version may be another album.
constexpr std::array<std::string_view, 26> k_beside_words{
    "the",  "a",      "and",   "with",  "of",    "in",      "super",   "version",   "original",
    "disc", "discs",  "disk",  "cd",    "cds",   "2cd",     "3cd",     "recording", "track",
    "lp",   "tracks", "vinyl", "audio", "album", "digital", "content", "digitally"};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "25", "2011", "40th", "1st"
bool is_number(std::string_view word) {
    const auto digits = std::min(word.find_first_not_of("0123456789"), word.size());
    const auto ending = word.substr(digits);
    return digits > 0 && digits <= 4 &&
           (ending.empty() || ending == "st" || ending == "nd" || ending == "rd" || ending == "th");
}

bool names_edition(std::string_view suffix) {
    const auto words = words_of(suffix).readings.back();
    const bool names = std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return is_one_of(k_edition_words, word);
    });
    return names && std::all_of(words.begin(), words.end(), [](const std::string& word) {
               return is_one_of(k_edition_words, word) || is_one_of(k_beside_words, word) ||
                      is_conjunction(word) || is_number(word);
           });
}

/// Where a suffix begins, and its text: "(…)" or "[…]" at the end, or what stands behind the last
/// " - " or ": ".
struct Suffix {
    std::size_t at = 0;
    std::string_view text;
};

std::optional<Suffix> bracketed_suffix(std::string_view title) {
    if (title.empty() || (title.back() != ')' && title.back() != ']')) return std::nullopt;
    const auto open = title.rfind(title.back() == ')' ? '(' : '[');
    if (open == std::string_view::npos || open == 0) return std::nullopt;
    return Suffix{open, title.substr(open + 1, title.size() - open - 2)};
}

std::optional<Suffix> parted_suffix(std::string_view title) {
    for (const std::string_view sign : {std::string_view{" - "}, std::string_view{": "}}) {
        const auto at = title.rfind(sign);
        if (at != std::string_view::npos && at > 0)
            return Suffix{at, title.substr(at + sign.size())};
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> without_edition(std::string_view title) {
    const std::string plain = plain_spelling(title);
    std::string_view rest = plain;
    while (true) {
        auto suffix = bracketed_suffix(rest);
        if (!suffix || !names_edition(suffix->text)) suffix = parted_suffix(rest);
        if (!suffix || !names_edition(suffix->text)) break;
        rest = trim(rest.substr(0, suffix->at));
    }
    if (rest.empty() || rest.size() == plain.size()) return std::nullopt;
    return std::string{rest};
}

}  // namespace pressings

#include "domain/title_marks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/name_words.hpp"
#include "base/spelling.hpp"
#include "base/text.hpp"
#include "domain/album_match.hpp"
#include "domain/numerals.hpp"

namespace pressings {

namespace {

using Words = std::vector<std::string>;

/// One of these makes a suffix the name of an edition.
constexpr std::array<std::string_view, 22> k_edition_words{
    "deluxe",     "edition",  "expanded",   "remaster", "remastered", "anniversary",
    "reissue",    "reissued", "rerelease",  "special",  "limited",    "bonus",
    "legacy",     "enhanced", "collectors", "digipak",  "digipack",   "explicit",
    "uncensored", "mono",     "stereo",     "flac"};

/// These may stand beside it.
constexpr std::array<std::string_view, 21> k_beside_words{
    "the",     "a",        "and",       "with",  "of",     "in",    "super",
    "version", "original", "recording", "track", "tracks", "audio", "album",
    "digital", "content",  "digitally", "disc",  "disk",   "discs", "cds"};

constexpr std::array<std::string_view, 12> k_carriers{"cd",    "cds",      "lp",   "lps",
                                                      "vinyl", "cassette", "sacd", "download",
                                                      "shmcd", "uhqcd",    "hdcd", "cddvd"};

/// These may stand beside one, in brackets.
constexpr std::array<std::string_view, 24> k_beside_carriers{
    "dvd",   "blu",   "ray",    "bluray", "spec",    "shm",         "hybrid",   "inch",
    "180g",  "gram",  "double", "triple", "picture", "transparent", "coloured", "colored",
    "clear", "black", "white",  "red",    "blue",    "green",       "yellow",   "splatter"};

constexpr std::array<std::string_view, 3> k_numbered_carriers{"disc", "disk", "cd"};

constexpr std::array<std::string_view, 28> k_soundtrack_words{
    "the",   "a",     "of",    "original", "official", "motion",     "picture",
    "film",  "movie", "game",  "video",    "tv",       "television", "series",
    "show",  "music", "from",  "and",      "inspired", "by",         "sound",
    "track", "album", "songs", "score",    "ost",      "soundtrack", "selections"};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_word(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "picture" behind "motion"
bool has_pair(const Words& words, std::string_view first, std::string_view second) {
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i - 1] == first && words[i] == second) return true;
    }
    return false;
}

template <typename Test>
bool all_of(const Words& words, Test test) {
    return !words.empty() && std::all_of(words.begin(), words.end(), test);
}

bool names_edition(const Words& words) {
    const bool names = std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return is_one_of(k_edition_words, word);
    });
    return names && all_of(words, [](const std::string& word) {
               return is_one_of(k_edition_words, word) || is_one_of(k_beside_words, word) ||
                      is_one_of(k_carriers, word) || is_conjunction(word) || is_figure(word);
           });
}

/// "lp", "2lp", "2xlp"
bool is_carrier(std::string_view word) {
    const auto figures = std::min(word.find_first_not_of("0123456789"), word.size());
    if (figures > 0 && figures < word.size()) word.remove_prefix(figures);
    if (figures > 0 && word.starts_with('x')) word.remove_prefix(1);
    return is_one_of(k_carriers, word);
}

/// "vinyl", "2 lp", "12 vinyl", "cd and dvd"; not "lp 2", which may be another album.
bool names_carriers(const Words& words) {
    const bool is_any = std::any_of(words.begin(), words.end(), is_carrier);
    const bool is_all = all_of(words, [](const std::string& word) {
        return is_carrier(word) || is_one_of(k_beside_carriers, word) || is_figure(word) ||
               is_conjunction(word);
    });
    return is_any && is_all &&
           std::adjacent_find(words.begin(), words.end(),
                              [](const std::string& word, const std::string& next) {
                                  return is_carrier(word) && is_figure(next);
                              }) == words.end();
}

/// "disc 1", "cd2", "disc 1 of 2"
bool names_one_carrier(const Words& words) {
    const Words parts = with_figures(words);
    const bool is_numbered =
        parts.size() >= 2 && is_one_of(k_numbered_carriers, parts[0]) && is_figure(parts[1]);
    return is_numbered &&
           (parts.size() == 2 || (parts.size() == 4 && parts[2] == "of" && is_figure(parts[3])));
}

std::optional<Mark> soundtrack_mark(const Words& words) {
    const bool fits =
        all_of(words, [](const std::string& word) { return is_one_of(k_soundtrack_words, word); });
    if (!fits) return std::nullopt;
    const bool is_soundtrack = has_word(words, "soundtrack") || has_word(words, "ost") ||
                               has_pair(words, "sound", "track");
    const bool is_of_picture =
        has_pair(words, "motion", "picture") ||
        (has_word(words, "from") &&
         (has_word(words, "film") || has_word(words, "movie") || has_word(words, "series")));
    if (has_word(words, "score") && !is_soundtrack) return Mark::score;
    return is_soundtrack || is_of_picture ? std::optional{Mark::soundtrack} : std::nullopt;
}

std::optional<Mark> type_mark(const Words& words) {
    Words bare = words;
    std::erase_if(bare, [](const std::string& word) {
        return word == "the" || word == "cd" || word == "studio" || word == "maxi";
    });
    if (bare == Words{"ep"} || bare == Words{"e", "p"}) return Mark::ep;
    if (bare == Words{"single"}) return Mark::single;
    if (bare == Words{"album"}) return Mark::album;
    return std::nullopt;
}

std::optional<int> year_in(const Words& words) {
    const bool is_year = words.size() == 1 && words[0].size() == 4 && is_figure(words[0]) &&
                         (words[0].starts_with("19") || words[0].starts_with("20"));
    return is_year ? std::optional{std::stoi(words[0])} : std::nullopt;
}

Words words_in(std::string_view text) {
    return words_of(text).readings.back();
}

/// What a part of a title is a mark of.
std::optional<Mark> mark_of(const Words& words) {
    if (const auto type = type_mark(words)) return type;
    if (names_carriers(words) || names_one_carrier(words)) return Mark::carrier;
    if (names_edition(words)) return Mark::edition;
    return soundtrack_mark(words);
}

/// Where a suffix begins, and its text.
struct Suffix {
    std::size_t at = 0;
    std::string_view text;
};

/// "(…)" or "[…]" at the end.
std::optional<Suffix> bracketed_suffix(std::string_view title) {
    if (title.empty() || (title.back() != ')' && title.back() != ']')) return std::nullopt;
    const auto open = title.rfind(title.back() == ')' ? '(' : '[');
    if (open == std::string_view::npos || open == 0) return std::nullopt;
    return Suffix{open, title.substr(open + 1, title.size() - open - 2)};
}

constexpr std::array<std::string_view, 2> k_parting{" - ", ": "};

std::optional<Suffix> parted_suffix(std::string_view title) {
    for (const std::string_view sign : k_parting) {
        const auto at = title.rfind(sign);
        if (at != std::string_view::npos && at > 0)
            return Suffix{at, title.substr(at + sign.size())};
    }
    return std::nullopt;
}

/// Without anything that parts it from the title a mark must be one that is nothing else.
bool is_bare_mark(const Words& words, Mark mark) {
    switch (mark) {
        case Mark::ep:
            return words == Words{"ep"};
        case Mark::carrier:
            return names_one_carrier(words) ||
                   (with_figures(words).size() > 1 && all_of(words, [](const std::string& word) {
                        return is_carrier(word) || word == "dvd";
                    }));
        case Mark::soundtrack:
            return words.back() == "soundtrack" || words.back() == "ost" ||
                   (words.front() == "music" && has_pair(words, "motion", "picture"));
        case Mark::score:
            return words.back() == "score" && words.front() == "original";
        case Mark::edition:
            return words.size() == 1 ? words[0].starts_with("remaster") || words[0] == "deluxe"
                                     : words.back() == "edition" && words.front() != "and" &&
                                           words.front() != "of" && words.front() != "the";
        case Mark::single:
        case Mark::album:
        case Mark::year:
            return false;
    }
    return false;
}

/// The last words of a title, as many as are a mark together.
std::optional<std::pair<std::size_t, Mark>> bare_suffix(std::string_view title) {
    constexpr std::size_t k_most_words = 6;
    std::optional<std::pair<std::size_t, Mark>> longest;
    constexpr std::string_view k_brackets = "()[]";
    std::size_t at = title.size();
    for (std::size_t count = 0; count < k_most_words; ++count) {
        at = title.rfind(' ', at == 0 ? 0 : at - 1);
        if (at == std::string_view::npos || at == 0) break;
        const std::string_view tail = title.substr(at + 1);
        const Words words = words_in(tail);
        if (words.empty() || tail.find_first_of(k_brackets) != std::string_view::npos) break;
        const auto mark = mark_of(words);
        if (mark && is_bare_mark(words, *mark)) longest.emplace(at, *mark);
    }
    return longest;
}

void add(MarkedTitle& title, Mark mark) {
    if (!title.has(mark)) title.marks.push_back(mark);
}

/// Takes one mark from the end of `rest`; whether there was one.
bool take_mark(std::string_view& rest, MarkedTitle& title) {
    const auto bracket = bracketed_suffix(rest);
    if (bracket) {
        if (const auto year = year_in(words_in(bracket->text))) {
            title.year = year;
            add(title, Mark::year);
            rest = trim(rest.substr(0, bracket->at));
            return true;
        }
    }
    for (const auto& suffix : {bracket, parted_suffix(rest)}) {
        const auto mark = suffix ? mark_of(words_in(suffix->text)) : std::nullopt;
        if (!mark) continue;
        add(title, *mark);
        rest = trim(rest.substr(0, suffix->at));
        return true;
    }
    if (const auto bare = bare_suffix(rest)) {
        add(title, bare->second);
        rest = trim(rest.substr(0, bare->first));
        return true;
    }
    return false;
}

}  // namespace

bool MarkedTitle::has(Mark mark) const {
    return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

std::optional<MarkedTitle> without_marks(std::string_view title) {
    const std::string plain = plain_spelling(title);
    MarkedTitle marked;
    std::string_view rest = plain;
    while (take_mark(rest, marked)) {
    }
    if (rest.empty() || marked.marks.empty()) return std::nullopt;
    marked.name = std::string{rest};
    return marked;
}

std::optional<std::string> without_edition(std::string_view title) {
    const auto marked = without_marks(title);
    const bool is_edition = marked && std::all_of(marked->marks.begin(), marked->marks.end(),
                                                  [](Mark mark) { return mark == Mark::edition; });
    return is_edition ? std::optional{marked->name} : std::nullopt;
}

}  // namespace pressings

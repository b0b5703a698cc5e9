#include "domain/subtitles.hpp"

#include <algorithm>
#include <array>

#include "base/name_words.hpp"
#include "base/spelling.hpp"
#include "domain/numerals.hpp"

namespace pressings {

namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 2> k_parting{" - ", ": "};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Words words_in(std::string_view text) {
    return words_of(text).readings.back();
}

constexpr std::array<std::string_view, 36> k_telling_apart{
    "live",       "remix",    "remixes",      "remixed",       "mixes",     "demo",
    "demos",      "acoustic", "instrumental", "instrumentals", "unplugged", "concert",
    "concerts",   "tour",     "session",      "sessions",      "outtakes",  "rarities",
    "sides",      "karaoke",  "tribute",      "cover",         "covers",    "interview",
    "interviews", "part",     "pt",           "parts",         "vol",       "volume",
    "chapter",    "episode",  "act",          "rehearsals",    "bootleg",   "reimagined"};

constexpr std::array<std::string_view, 18> k_collecting{
    "best",  "hits",       "singles",    "collection",   "complete",  "anthology",
    "box",   "essential",  "very",       "ultimate",     "years",     "recordings",
    "works", "selections", "highlights", "introduction", "collected", "compilation"};

constexpr std::array<std::string_view, 50> k_general{
    "the",      "a",          "an",         "of",        "and",        "live",      "at",
    "in",       "greatest",   "hits",       "best",      "very",       "unplugged", "mtv",
    "single",   "singles",    "collection", "collected", "anthology",  "essential", "essentials",
    "songs",    "hit",        "demo",       "demos",     "ep",         "untitled",  "remixes",
    "remix",    "rarities",   "volume",     "vol",       "part",       "pt",        "works",
    "symphony", "symphonies", "concerto",   "concertos", "sonata",     "sonatas",   "piano",
    "string",   "quartet",    "quartets",   "christmas", "soundtrack", "selected",  "bootleg",
    "album"};

bool is_year_like(std::string_view word) {
    return word.size() == 4 && is_figure(word) &&
           (word.starts_with("19") || word.starts_with("20") || word.starts_with("18"));
}

}  // namespace

std::vector<PartedTitle> parted_titles(std::string_view title) {
    const std::string letters = plain_letters(title);
    std::vector<PartedTitle> parted;
    for (std::size_t at = 1; at < letters.size(); ++at) {
        for (const std::string_view sign : k_parting) {
            if (letters.compare(at, sign.size(), sign) != 0) continue;
            parted.push_back({letters.substr(0, at), letters.substr(at + sign.size())});
        }
    }
    return parted;
}

bool tells_apart(std::string_view subtitle) {
    const Words words = with_figures(words_in(subtitle));
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return is_one_of(k_telling_apart, word) || (is_figure(word) && !is_year_like(word));
    });
}

bool tells_of_collection(std::string_view subtitle) {
    const Words words = words_in(subtitle);
    return std::any_of(words.begin(), words.end(),
                       [](const std::string& word) { return is_one_of(k_collecting, word); });
}

bool is_general(std::string_view title) {
    const Words words = with_figures(words_in(title));
    return std::all_of(words.begin(), words.end(), [](const std::string& word) {
        return is_one_of(k_general, word) || is_figure(word);
    });
}

}  // namespace pressings

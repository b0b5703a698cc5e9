#include "domain/name_match.hpp"

#include <algorithm>
#include <array>

#include "base/spelling.hpp"
#include "domain/numerals.hpp"

namespace pressings {

namespace {

constexpr std::array<std::string_view, 3> k_dropped_articles{"the", "a", "an"};
// These are only put back to the front of a name that is told as it is sorted.
constexpr std::array<std::string_view, 17> k_moved_articles{"the", "a",   "an", "die", "der", "das",
                                                            "les", "le",  "la", "los", "las", "el",
                                                            "il",  "gli", "de", "het", "os"};

/// "the beatles" for "beatles, the".
std::string unsorted(const std::string& name) {
    const auto comma = name.rfind(", ");
    if (comma == std::string::npos || comma == 0) return name;
    const std::string last = name.substr(comma + 2);
    const bool is_article =
        std::find(k_moved_articles.begin(), k_moved_articles.end(), last) != k_moved_articles.end();
    return is_article ? last + ' ' + name.substr(0, comma) : name;
}

bool is_dropped_article(std::string_view word) {
    return std::find(k_dropped_articles.begin(), k_dropped_articles.end(), word) !=
           k_dropped_articles.end();
}

/// Unless nothing but an article would be left, as of "The The".
std::string drop_article(const std::string& name) {
    const auto blank = name.find(' ');
    if (blank == std::string::npos || !is_dropped_article(name.substr(0, blank))) return name;
    std::string rest = name.substr(blank + 1);
    return is_dropped_article(rest) ? name : rest;
}

}  // namespace

Name::Name(std::string_view text)
    : plain(plain_spelling(text)), letters(plain_letters(text)), words(words_of_plain(letters)) {
    signs = letters;
    std::erase(signs, ' ');
    const std::string bare = drop_article(unsorted(letters));
    without_article = bare == letters ? words : words_of_plain(bare);
}

std::optional<Closeness> closer(std::optional<Closeness> a, std::optional<Closeness> b) {
    if (!a || !b) return a ? a : b;
    return std::min(*a, *b);
}

std::optional<Closeness> closeness(const Name& told, const Name& found) {
    if (told.signs.empty() || found.signs.empty()) return std::nullopt;
    if (told.plain == found.plain) return Closeness::exact;
    if (told.letters == found.letters) return Closeness::letters;
    if (told.words.is_empty() && found.words.is_empty() && told.signs == found.signs) {
        return Closeness::words;
    }
    if (is_same(told.words, found.words)) return Closeness::words;
    if (is_same(told.without_article, found.without_article)) return Closeness::article;
    return std::nullopt;
}

bool is_same_but_numbers(const Name& told, const Name& found) {
    if (told.words.is_empty() || found.words.is_empty()) return false;
    NameWords a;
    NameWords b;
    for (std::size_t i = 0; i < a.readings.size(); ++i) {
        a.readings[i] = with_figures(told.without_article.readings[i]);
        b.readings[i] = with_figures(found.without_article.readings[i]);
    }
    return is_same(a, b);
}

}  // namespace pressings

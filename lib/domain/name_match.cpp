#include "domain/name_match.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/spelling.hpp"

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

/// The same name, known to be told in a certain way at best.
std::optional<Closeness> at_best(Closeness way, const Name& told, std::string_view found) {
    const auto same = closeness(told, Name{found});
    return same ? std::optional{std::max(way, *same)} : std::nullopt;
}

bool is_bootleg(const OfferedAlbum::Edition& edition) {
    return edition.status == "Bootleg";
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

ToldTitle::ToldTitle(std::string_view title) : m_name(title) {
    const std::string& plain = m_name.plain;
    const auto open = plain.rfind('(');
    if (open != std::string::npos && open > 1 && plain.back() == ')') {
        m_qualified = Qualified{Name{plain.substr(0, open)},
                                Name{plain.substr(open + 1, plain.size() - open - 2)}};
    }
    if (const auto reduced = without_edition(title)) m_reduced.emplace(*reduced);
}

std::optional<Closeness> ToldTitle::closeness_to(const OfferedAlbum& offered) const {
    const Album& album = offered.album;
    const Name title{album.title.value_or("")};
    auto best = closeness(m_name, title);
    if (best) return best;
    for (const std::string& alias : offered.aliases) {
        best = closer(best, at_best(Closeness::alias, m_name, alias));
    }
    // Most editions are called as their group is.
    std::unordered_set<std::string_view> known;
    if (album.title) known.insert(*album.title);
    for (const OfferedAlbum::Edition& edition : offered.editions) {
        if (!is_bootleg(edition) && known.insert(edition.title).second) {
            best = closer(best, at_best(Closeness::alias, m_name, edition.title));
        }
    }
    const bool is_qualified = m_qualified && album.disambiguation &&
                              closeness(m_qualified->title, title) &&
                              closeness(m_qualified->qualifier, Name{*album.disambiguation});
    return is_qualified ? closer(best, Closeness::qualified) : best;
}

std::optional<Closeness> ToldTitle::reduced_closeness_to(const OfferedAlbum& offered) const {
    const bool same = m_reduced && closeness(*m_reduced, Name{offered.album.title.value_or("")});
    return same ? std::optional{Closeness::reduced} : std::nullopt;
}

}  // namespace pressings

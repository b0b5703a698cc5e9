#include "mirror/file/name_query.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace pressings::mirror {

namespace {

constexpr std::array<std::string_view, 4> k_small_words{"the", "a", "an", "and"};
constexpr std::size_t k_most_words = 32;

bool is_ascii_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Bytes beyond ASCII may be letters or not: the index's tokenizer tells.
bool is_word_byte(char c) {
    return is_ascii_word(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size() && words.size() < k_most_words;) {
        const auto* const start = std::find_if(text.begin() + at, text.end(), is_word_byte);
        const auto* const end = std::find_if_not(start, text.end(), is_word_byte);
        if (start != end) words.emplace_back(start, static_cast<std::size_t>(end - start));
        at = static_cast<std::size_t>(end - text.begin());
    }
    return words;
}

bool is_small(std::string_view word) {
    return std::find(k_small_words.begin(), k_small_words.end(), word) != k_small_words.end();
}

/// `titles : ("dark" AND "side")`
std::string all_of(std::string_view column, std::string_view text) {
    auto words = words_of(text);
    if (!std::all_of(words.begin(), words.end(), is_small)) std::erase_if(words, is_small);
    std::string query;
    for (const std::string_view word : words) {
        query += (query.empty() ? "\"" : " AND \"") + std::string{word} + '"';
    }
    return query.empty() ? query : std::string{column} + " : (" + query + ')';
}

/// `titles : ("rumo" * OR "mac")`: what is written wrong is seldom so at its beginning.
std::string any_of(std::string_view column, std::string_view text) {
    constexpr std::size_t k_shortest = 4;
    constexpr std::size_t k_beginning = 3;
    auto words = words_of(text);
    if (!std::all_of(words.begin(), words.end(), is_small)) std::erase_if(words, is_small);
    std::string query;
    for (const std::string_view word : words) {
        const bool is_cut =
            word.size() >= k_shortest && std::all_of(word.begin(), word.end(), is_ascii_word);
        query += query.empty() ? "\"" : " OR \"";
        query += word.substr(0, is_cut ? std::max(k_beginning, word.size() / 2) : word.size());
        query += is_cut ? "\" *" : "\"";
    }
    return query.empty() ? query : std::string{column} + " : (" + query + ')';
}

}  // namespace

bool is_wordless(std::string_view title) {
    return std::none_of(title.begin(), title.end(), is_ascii_word);
}

std::string mbid_word(const Mbid& mbid) {
    std::string word = mbid.to_string();
    std::erase(word, '-');
    return word;
}

std::string mbid_words(const std::vector<Mbid>& mbids) {
    std::string words;
    for (const Mbid& mbid : mbids)
        words += mbid_word(mbid) + ' ';
    return words;
}

std::string near_query(std::string_view title, std::string_view artist,
                       const std::optional<Mbid>& credited) {
    if (credited) return "credited : \"" + mbid_word(*credited) + '"';
    const std::string titles = any_of("titles", title);
    const std::string artists = any_of("artists", artist);
    if (titles.empty() || artists.empty()) return titles + artists;
    return titles + " AND " + artists;
}

std::string full_text_query(std::string_view title, std::string_view artist,
                            const std::optional<Mbid>& credited) {
    std::string query = all_of("titles", title);
    if (query.empty()) return query;
    if (const std::string artists = all_of("artists", artist); !artists.empty()) {
        query += " AND " + artists;
    }
    if (credited) query += " AND credited : \"" + mbid_word(*credited) + '"';
    return query;
}

}  // namespace pressings::mirror

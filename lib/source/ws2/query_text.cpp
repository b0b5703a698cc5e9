#include "source/ws2/query_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace pressings::source {

namespace {

constexpr std::size_t k_longest_phrase = 500;
constexpr std::size_t k_most_words = 20;

/// The beginning of it, up to a blank if there is one.
std::string_view cut(std::string_view text) {
    if (text.size() <= k_longest_phrase) return text;
    const auto blank = text.rfind(' ', k_longest_phrase);
    if (blank != std::string_view::npos && blank > 0) return text.substr(0, blank);
    std::size_t end = k_longest_phrase;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

}  // namespace

std::string lucene_phrase(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : cut(text)) {
        if (c == '"' || c == '\\') quoted += '\\';
        const bool is_control = static_cast<unsigned char>(c) < 0x20;
        quoted += is_control ? ' ' : c;
    }
    return quoted + '"';
}

std::string lucene_like(const std::vector<std::string>& words) {
    constexpr std::size_t k_long = 6;
    constexpr std::size_t k_short = 3;
    std::string any;
    for (std::size_t i = 0; i < std::min(words.size(), k_most_words); ++i) {
        const std::string& word = words[i];
        const bool is_plain = std::all_of(word.begin(), word.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                   static_cast<unsigned char>(c) >= 0x80;
        });
        any += any.empty() ? "(" : " OR ";
        if (!is_plain || word.size() <= k_short) {
            any += lucene_phrase(word);
        } else {
            any += word + (word.size() < k_long ? "~1" : "~2");
        }
    }
    return any + ')';
}

std::string lucene_words(const std::vector<std::string>& words) {
    std::string all;
    for (std::size_t i = 0; i < std::min(words.size(), k_most_words); ++i) {
        all += all.empty() ? "(" : " AND ";
        all += lucene_phrase(words[i]);
    }
    return all + ')';
}

}  // namespace pressings::source

// How names and what is typed become the words that a search compares.
#include <algorithm>

#include "base/name_words.hpp"
#include "base/spelling.hpp"
#include "base/text.hpp"
#include "domain/search_query.hpp"

namespace pressings {

namespace {

bool is_ascii_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == ' ' || is_ascii_word(c); });
}

SearchWords split_plain(std::string_view text) {
    SearchWords words;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(ascii_lower(text.substr(at, end - at)));
        at = end + 1;
    }
    return words;
}

/// The bytes of the UTF-8 character that begins with this one.
std::size_t character_size(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

char32_t character_at(std::string_view text, std::size_t at, std::size_t size) {
    char32_t c = static_cast<unsigned char>(text[at]);
    if (size > 1) c &= 0x7FU >> size;
    for (std::size_t i = 1; i < size && at + i < text.size(); ++i)
        c = (c << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    return c;
}

/// Thai to Khmer, Hangul's letters, kana, Han: written without blanks, or searched for by parts.
bool stands_alone(char32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x11FF) ||
           (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3040 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

void append_parts(SearchWords& words, const std::string& word) {
    std::string part;
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t size = std::min(character_size(word[at]), word.size() - at);
        if (stands_alone(character_at(word, at, size))) {
            if (!part.empty()) words.push_back(std::move(part));
            part.clear();
            words.push_back(word.substr(at, size));
        } else {
            part.append(word, at, size);
        }
        at += size;
    }
    if (!part.empty()) words.push_back(std::move(part));
}

SearchWords in_parts(const SearchWords& read) {
    SearchWords words;
    for (const std::string& word : read)
        append_parts(words, word);
    return words;
}

void add_reading(std::vector<SearchWords>& readings, SearchWords words) {
    if (words.empty()) return;
    if (std::find(readings.begin(), readings.end(), words) == readings.end())
        readings.push_back(std::move(words));
}

std::string joined(const SearchWords& words) {
    std::string all;
    for (const std::string& word : words)
        all += word;
    return all;
}

/// Nothing but signs: as they stand, without blanks and line ends between them.
SearchWords signs_of(std::string text) {
    std::erase_if(text, [](unsigned char c) { return c <= ' ' || c == 0x7F; });
    return text.empty() ? SearchWords{} : SearchWords{std::move(text)};
}

std::vector<SearchWords> barcode_readings(std::string_view text) {
    std::string figures;
    for (const char c : text) {
        if (c >= '0' && c <= '9' && !(figures.empty() && c == '0')) figures += c;
    }
    if (figures.empty()) return {};
    return {{std::move(figures)}};
}

}  // namespace

std::vector<SearchWords> search_readings(SearchField field, std::string_view text) {
    if (field == SearchField::barcode) return barcode_readings(text);
    std::vector<SearchWords> readings;
    if (is_plain(text)) {
        add_reading(readings, split_plain(text));
    } else {
        const std::string folded = fold(plain_spelling(text));
        for (const SearchWords& words : words_of_plain(folded).readings)
            add_reading(readings, in_parts(words));
        if (readings.empty()) add_reading(readings, signs_of(folded));
    }
    if (field == SearchField::catalog_number && !readings.empty())
        add_reading(readings, {joined(readings.back())});
    return readings;
}

}  // namespace pressings

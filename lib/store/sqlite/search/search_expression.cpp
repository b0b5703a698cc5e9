#include "store/sqlite/search/search_expression.hpp"

namespace pressings::store::sqlite {

namespace {

bool is_kept(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// U+E100 and the character, as UTF-8.
void append_for_private_use(std::string& text, char c) {
    const auto byte = static_cast<unsigned char>(c);
    text += '\xEE';
    text += static_cast<char>(0x84 | (byte >> 6U));
    text += static_cast<char>(0x80 | (byte & 0x3FU));
}

std::string_view column_of(SearchField field) {
    return field == SearchField::catalog_number ? "catalog_number" : to_string(field);
}

std::string phrase_text(const SearchPhrase& phrase, bool is_prefix) {
    std::string text;
    if (phrase.field) {
        text += column_of(*phrase.field);
        text += " : ";
    }
    text += '"';
    append_words(text, phrase.words);
    text += '"';
    if (is_prefix) text += " *";
    return text;
}

}  // namespace

void append_words(std::string& text, const SearchWords& words) {
    bool is_first = true;
    for (const std::string& word : words) {
        if (!is_first) text += ' ';
        is_first = false;
        for (const char c : word) {
            if (is_kept(c)) {
                text += c;
            } else {
                append_for_private_use(text, c);
            }
        }
    }
}

SearchExpression search_expression(const SearchQuery& query) {
    SearchExpression expression;
    std::uint8_t number = 0;
    for (const SearchTerm& term : query.terms) {
        expression.match += expression.match.empty() ? "(" : " AND (";
        bool is_first = true;
        for (const SearchPhrase& phrase : term.any_of) {
            if (!is_first) expression.match += " OR ";
            is_first = false;
            expression.match += phrase_text(phrase, term.is_prefix);
            expression.term_of_phrase.push_back(number);
        }
        expression.match += ')';
        ++number;
    }
    return expression;
}

}  // namespace pressings::store::sqlite

#include "store/postgresql/search/search_vector.hpp"

#include <map>

#include <fmt/format.h>

namespace pressings::store::postgresql {

namespace {

constexpr std::size_t k_longest_lexeme = 2046;  // bytes
constexpr int k_last_position = 16383;
constexpr std::size_t k_most_bytes = 1'000'000;  // a little less than PostgreSQL's 2^20 - 1

/// What a lexeme and a position take in a tsvector, at most.
constexpr std::size_t k_bytes_beside_lexeme = 4;
constexpr std::size_t k_bytes_of_position = 2;

bool goes_on_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string lexeme(SearchField field, std::string_view word) {
    std::string text{static_cast<char>('0' + static_cast<int>(field))};
    if (word.size() >= k_longest_lexeme) {
        std::size_t end = k_longest_lexeme - 1;
        while (end > 0 && goes_on_character(word[end]))
            --end;
        word = word.substr(0, end);
    }
    return text.append(word);
}

void append_quoted(std::string& text, std::string_view lexeme) {
    text += '\'';
    for (const char c : lexeme) {
        if (c == '\'' || c == '\\') text += c;
        text += c;
    }
    text += '\'';
}

/// Lexemes and where they are, as long as there is room.
class Vector {
  public:
    void add(const std::string& lexeme, int position) {
        const bool is_new = !m_lexemes.contains(lexeme);
        const std::size_t bytes =
            k_bytes_of_position + (is_new ? lexeme.size() + k_bytes_beside_lexeme : 0);
        if (m_bytes + bytes > k_most_bytes) return;
        m_bytes += bytes;
        auto& positions = m_lexemes[lexeme];
        if (position <= k_last_position) positions.push_back(position);
    }

    std::string text() const {
        std::string text;
        for (const auto& [lexeme, positions] : m_lexemes) {
            if (!text.empty()) text += ' ';
            append_quoted(text, lexeme);
            char before = ':';
            for (const int position : positions) {
                text += fmt::format("{}{}", before, position);
                before = ',';
            }
        }
        return text;
    }

  private:
    std::map<std::string, std::vector<int>> m_lexemes;
    std::size_t m_bytes = 0;
};

std::string part_text(const SearchPart& part) {
    std::string text = "(";
    for (const std::string& word : part.words) {
        if (text.size() > 1) text += " <-> ";
        append_quoted(text, lexeme(part.field, word));
    }
    return text + (part.is_prefix ? ":*)" : ")");
}

void append_element(std::string& array, std::string_view text) {
    array += array.empty() ? "{\"" : ",\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') array += '\\';
        array += c;
    }
    array += '"';
}

}  // namespace

std::string search_vector(const sql::SearchDocument& document) {
    Vector vector;
    for (const SearchField field : k_search_fields) {
        int position = 0;
        for (const SearchWords& words : document.readings[static_cast<std::size_t>(field)]) {
            for (const std::string& word : words)
                vector.add(lexeme(field, word), ++position);
            ++position;
        }
    }
    return vector.text();
}

SearchExpression search_expression(const std::vector<SearchPart>& parts) {
    SearchExpression expression;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool is_first = i == 0 || parts[i - 1].term != parts[i].term;
        const std::string text = part_text(parts[i]);
        if (is_first) {
            expression.all += i == 0 ? "(" : ") & (";
        } else {
            expression.all += " | ";
        }
        expression.all += text;
        append_element(expression.parts, text);
    }
    expression.all += ')';
    expression.parts += '}';
    return expression;
}

}  // namespace pressings::store::postgresql

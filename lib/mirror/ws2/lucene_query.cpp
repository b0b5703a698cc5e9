#include "mirror/ws2/lucene_query.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_longest = 8 << 10;
constexpr int k_deepest = 30;

struct Field {
    std::string_view name;
    std::string_view column;
};

constexpr std::array<Field, 10> k_fields{{{"releasegroup", "titles"},
                                          {"releasegroupaccent", "titles"},
                                          {"alias", "{titles artists}"},
                                          {"release", "titles"},
                                          {"artist", "artists"},
                                          {"artistname", "artists"},
                                          {"creditname", "artists"},
                                          {"sortname", "artists"},
                                          {"arid", "credited"},
                                          {"", "{titles artists}"}}};

const Field* find_field(std::string_view name) {
    const auto* const found = std::find_if(k_fields.begin(), k_fields.end(),
                                           [&](const Field& field) { return field.name == name; });
    return found == k_fields.end() ? nullptr : found;
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Something the query cannot be.
struct NotUnderstood {};

/// Reads by descending; what it reads it writes in FTS5's language.
class Reader {
  public:
    explicit Reader(std::string_view text) : m_text(text) {}

    std::string run() {
        std::string query = either(*find_field(""), 0);
        skip_space();
        if (m_at != m_text.size()) throw NotUnderstood{};
        return query;
    }

  private:
    std::string either(const Field& field, int depth) {
        if (depth > k_deepest) throw NotUnderstood{};
        std::string query = all(field, depth);
        while (!at_end() && !is_next(')')) {
            take_word("OR");  // two terms side by side are joined by it as well
            query += " OR " + all(field, depth);
        }
        return query;
    }

    std::string all(const Field& field, int depth) {
        std::string query = term(field, depth);
        while (take_word("AND"))
            query += " AND " + term(field, depth);
        return query;
    }

    std::string term(const Field& outer, int depth) {
        skip_space();
        const Field* field = &outer;
        const std::size_t colon = field_end();
        if (colon != std::string_view::npos) {
            field = find_field(m_text.substr(m_at, colon - m_at));
            if (field == nullptr) throw NotUnderstood{};
            m_at = colon + 1;
        }
        if (is_next('(')) {
            ++m_at;
            std::string query = either(*field, depth + 1);
            if (!is_next(')')) throw NotUnderstood{};
            ++m_at;
            return '(' + query + ')';
        }
        return value(*field);
    }

    /// Where the name of a field ends, if one begins here.
    std::size_t field_end() const {
        std::size_t at = m_at;
        while (at < m_text.size() && m_text[at] >= 'a' && m_text[at] <= 'z')
            ++at;
        const bool is_field = at > m_at && at < m_text.size() && m_text[at] == ':';
        return is_field ? at : std::string_view::npos;
    }

    std::string value(const Field& field) {
        bool is_prefix = false;
        std::string text = is_next('"') ? phrase() : word(is_prefix);
        if (field.column == "credited") {
            std::erase(text, '-');
            text = ascii_lower(text);
        } else {
            text = fold(text);
        }
        std::erase(text, '"');
        if (text.empty()) throw NotUnderstood{};
        return std::string{field.column} + " : \"" + text + (is_prefix ? "\" *" : "\"");
    }

    std::string phrase() {
        std::string text;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size()) ++m_at;
            text += m_text[m_at];
        }
        if (m_at == m_text.size()) throw NotUnderstood{};
        ++m_at;
        return text;
    }

    /// "rumors~2": the words of the index that begin likewise.
    static std::string beginning(const std::string& text) {
        std::size_t end = std::min(text.size(), std::max<std::size_t>(3, text.size() / 2));
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            ++end;
        return text.substr(0, end);
    }

    void take_distance() {
        ++m_at;
        const bool is_told = m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '2';
        if (is_told) ++m_at;
        if (m_at < m_text.size() && !is_space(m_text[m_at]) && m_text[m_at] != ')') {
            throw NotUnderstood{};
        }
    }

    std::string word(bool& is_prefix) {
        constexpr std::string_view k_special = "\"()[]{}^~:!+|&?";
        std::string text;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (is_space(c) || c == ')') break;
            if (c == '~' && !text.empty()) {
                take_distance();
                is_prefix = true;
                return beginning(text);
            }
            if (c == '*' && (m_at + 1 == m_text.size() || is_space(m_text[m_at + 1]) ||
                             m_text[m_at + 1] == ')')) {
                is_prefix = true;
                ++m_at;
                break;
            }
            if (k_special.find(c) != std::string_view::npos) throw NotUnderstood{};
            if (c == '\\' && m_at + 1 < m_text.size()) ++m_at;
            text += m_text[m_at];
        }
        if (text == "NOT" || text == "AND" || text == "OR" || text.starts_with('-')) {
            throw NotUnderstood{};
        }
        return text;
    }

    bool take_word(std::string_view word) {
        skip_space();
        const std::size_t end = m_at + word.size();
        const bool is_word = m_text.substr(m_at, word.size()) == word &&
                             (end == m_text.size() || is_space(m_text[end]) || m_text[end] == '(');
        if (is_word) m_at = end;
        return is_word;
    }

    bool is_next(char c) {
        skip_space();
        return m_at < m_text.size() && m_text[m_at] == c;
    }
    bool at_end() {
        skip_space();
        return m_at == m_text.size();
    }
    void skip_space() {
        while (m_at < m_text.size() && is_space(m_text[m_at]))
            ++m_at;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

}  // namespace

std::optional<std::string> full_text_of_lucene(std::string_view query) {
    if (query.size() > k_longest || query.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    try {
        return Reader{query}.run();
    } catch (const NotUnderstood&) {
        return std::nullopt;
    }
}

}  // namespace pressings::mirror

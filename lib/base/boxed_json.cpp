#include "base/boxed_json.hpp"

#include <charconv>
#include <cstdint>

namespace pressings {

namespace {

constexpr std::string_view k_lid = "[[\"";
constexpr std::string_view k_floor = "\"]]";
constexpr std::size_t k_deepest = 64;
constexpr std::size_t k_longest_shown = 60;
constexpr std::string_view k_in_number = "+-.eE0123456789";
constexpr std::string_view k_white_space = " \t\r\n";

bool starts_number(char c) {
    return c == '-' || (c >= '0' && c <= '9');
}

template <typename Number>
bool is_beyond(std::string_view token) {
    Number number{};
    const auto result = std::from_chars(token.data(), token.data() + token.size(), number);
    return result.ec == std::errc::result_out_of_range;
}

bool is_unreadable_number(std::string_view token) {
    if (token.find_first_of(".eE") != token.npos) return is_beyond<double>(token);
    return token.front() == '-' ? is_beyond<std::int64_t>(token) : is_beyond<std::uint64_t>(token);
}

/// The code unit of a "\uXXXX" at `at`; nothing if there is none.
std::optional<unsigned> code_unit(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) != "\\u" || text.size() < at + 6) return std::nullopt;
    unsigned unit = 0;
    const char* const end = text.data() + at + 6;
    const auto result = std::from_chars(text.data() + at + 2, end, unit, 16);
    return result.ptr == end ? std::optional{unit} : std::nullopt;
}

bool has_half_surrogate(std::string_view text) {
    for (std::size_t at = text.find('\\'); at < text.size(); at = text.find('\\', at)) {
        const auto unit = code_unit(text, at);
        if (!unit || *unit < 0xD800 || *unit > 0xDFFF) {
            at += 2;
            continue;
        }
        const auto next = code_unit(text, at + 6);
        if (*unit > 0xDBFF || !next || *next < 0xDC00 || *next > 0xDFFF) return true;
        at += 12;
    }
    return false;
}

/// Goes through a document once.
class Boxing {
  public:
    explicit Boxing(std::string_view json) : m_json(json) {}

    std::optional<std::string> run() {
        while (m_at < m_json.size()) {
            const char c = m_json[m_at];
            if (c == '"') {
                take_string();
            } else if (starts_number(c)) {
                take_number();
            } else {
                take_sign(c);
            }
        }
        if (!m_has_box) return std::nullopt;
        return std::move(m_result);
    }

  private:
    void take_string() {
        const std::string_view text = string_here();
        m_at += text.size();
        const auto next = m_json.find_first_not_of(k_white_space, m_at);
        const bool is_key = next != m_json.npos && m_json[next] == ':';
        if (!is_key && has_half_surrogate(text)) {
            put_box("a string with half of a surrogate pair");
        } else {
            m_result += text;
        }
    }

    void take_number() {
        const auto end = std::min(m_json.find_first_not_of(k_in_number, m_at), m_json.size());
        const std::string_view token = m_json.substr(m_at, end - m_at);
        m_at = end;
        if (is_unreadable_number(token)) {
            put_box(token.substr(0, k_longest_shown));
        } else {
            m_result += token;
        }
    }

    void take_sign(char c) {
        const bool opens = c == '[' || c == '{';
        if (opens && m_depth >= k_deepest) {
            skip_nested();
            put_box("nested too deeply");
            return;
        }
        if (opens) ++m_depth;
        if ((c == ']' || c == '}') && m_depth > 0) --m_depth;
        m_result += c;
        ++m_at;
    }

    /// With its quotes; to the end of the document if it has no end.
    std::string_view string_here() const {
        std::size_t end = m_at + 1;
        while (end < m_json.size() && m_json[end] != '"')
            end += m_json[end] == '\\' ? 2 : 1;
        return m_json.substr(m_at, end + 1 - m_at);
    }

    void skip_nested() {
        std::size_t depth = 0;
        do {
            const char c = m_json[m_at];
            if (c == '[' || c == '{') ++depth;
            if (c == ']' || c == '}') --depth;
            m_at += c == '"' ? string_here().size() : 1;
        } while (depth > 0 && m_at < m_json.size());
    }

    void put_box(std::string_view what) {
        m_result += k_lid;
        m_result += what;
        m_result += k_floor;
        m_has_box = true;
    }

    std::string_view m_json;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::string m_result;
    bool m_has_box = false;
};

}  // namespace

std::optional<std::string> box_unreadable_values(std::string_view json) {
    return Boxing{json}.run();
}

std::string_view unboxed(std::string_view json) {
    if (!json.starts_with(k_lid) || !json.ends_with(k_floor)) return json;
    return json.substr(k_lid.size(), json.size() - k_lid.size() - k_floor.size());
}

}  // namespace pressings

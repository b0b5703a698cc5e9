#include "base/name_words.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/spelling.hpp"

namespace pressings {

namespace {

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    return text.toUTF8String(bytes);
}

bool is_blank(UChar32 c) {
    return u_isUWhiteSpace(c) != 0;
}

/// Letters that have no decomposition, as those write them who have no key for them.
const char* latin_spelling(UChar32 c) {
    switch (c) {
        case 0xE6:
            return "ae";
        case 0xF0:
        case 0x111:
            return "d";
        case 0xF8:
            return "o";
        case 0xFE:
            return "th";
        case 0x127:
            return "h";
        case 0x131:
            return "i";
        case 0x142:
            return "l";
        case 0x153:
            return "oe";
        case 0xD7:
            return "x";
        default:
            return nullptr;
    }
}

enum class Role { letter, sign, blank, apostrophe, dot, punctuation };

Role role_of(UChar32 c) {
    if (is_blank(c)) return Role::blank;
    if (c == '\'') return Role::apostrophe;
    if (c == '.') return Role::dot;
    if (c == '#' || c == '%' || c == '@' || c == '&') return Role::sign;
    if (c == '~' || c == '|' || c == 0x2044) return Role::punctuation;
    const auto type = u_charType(c);
    if (type == U_MATH_SYMBOL || type == U_CURRENCY_SYMBOL || type == U_OTHER_SYMBOL ||
        type == U_MODIFIER_SYMBOL) {
        return Role::sign;
    }
    return u_ispunct(c) != 0 ? Role::punctuation : Role::letter;
}

/// Which punctuation inside a word does not part it.
enum class Joined { none, abbreviations, all };

/// Takes a name, made plain, apart into words.
class WordReader {
  public:
    WordReader(const icu::UnicodeString& name, Joined joined) : m_name(name), m_joined(joined) {}

    std::vector<std::string> read() {
        for (m_at = 0; m_at < m_name.length(); m_at = m_name.moveIndex32(m_at, 1))
            take(m_name.char32At(m_at));
        end_word();
        return std::move(m_words);
    }

  private:
    void take(UChar32 c) {
        switch (role_of(c)) {
            case Role::letter:
                take_letter(c);
                break;
            case Role::sign:
                take_sign(c);
                break;
            case Role::blank:
                end_word();
                break;
            case Role::apostrophe:
                if (is_around_n()) end_word();
                break;
            case Role::dot:
                if (m_joined != Joined::all && !abbreviates()) end_word();
                m_since_dot = 0;
                break;
            case Role::punctuation:
                if (m_joined != Joined::all) end_word();
                break;
        }
    }

    void take_letter(UChar32 c) {
        if (const char* spelling = latin_spelling(c)) {
            m_word.append(icu::UnicodeString{spelling});
        } else {
            m_word.append(c);
        }
        ++m_since_dot;
    }

    void take_sign(UChar32 c) {
        if (const char* spelling = latin_spelling(c)) {
            m_word.append(icu::UnicodeString{spelling});
            return;
        }
        end_word();
        m_word.append(c == 0x266F ? UChar32{'#'} : c);
        end_word();
    }

    /// As in "R.E.M.": one letter before the dot, and one behind it.
    bool abbreviates() const {
        if (m_joined != Joined::abbreviations || m_since_dot != 1) return false;
        const UChar32 next = m_name.char32At(m_at + 1);
        return m_at + 1 < m_name.length() && role_of(next) == Role::letter;
    }

    /// As in "rock'n'roll".
    bool is_around_n() const {
        const auto is_n = [&](std::int32_t at) {
            return at >= 0 && at < m_name.length() && m_name.charAt(at) == u'n';
        };
        const auto is_mark = [&](std::int32_t at) {
            return at >= 0 && at < m_name.length() && m_name.charAt(at) == u'\'';
        };
        return (is_n(m_at + 1) && is_mark(m_at + 2)) || (is_n(m_at - 1) && is_mark(m_at - 2));
    }

    void end_word() {
        if (!m_word.isEmpty()) m_words.push_back(utf8(m_word));
        m_word.remove();
        m_since_dot = 0;
    }

    const icu::UnicodeString& m_name;
    Joined m_joined;
    std::int32_t m_at = 0;
    int m_since_dot = 0;
    icu::UnicodeString m_word;
    std::vector<std::string> m_words;
};

constexpr std::string_view k_unpunctuated = "abcdefghijklmnopqrstuvwxyz0123456789 ";

constexpr std::array<std::string_view, 3> k_and_signs{"&", "+", "n"};
constexpr std::array<std::string_view, 8> k_and_words{"and", "und", "et",  "y",
                                                      "e",   "og",  "och", "en"};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view short_form(std::string_view word) {
    if (word == "volume") return "vol";
    if (word == "part") return "pt";
    if (word == "featuring" || word == "ft") return "feat";
    if (word == "versus") return "vs";
    return word;
}

bool has_same_words(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const bool inside = i > 0 && i + 1 < a.size();
        if (a[i] == b[i] || short_form(a[i]) == short_form(b[i])) continue;
        if (!inside || !is_same_word(a[i], b[i])) return false;
    }
    return true;
}

}  // namespace

bool NameWords::is_empty() const {
    const auto& words = readings.front();
    return std::all_of(words.begin(), words.end(),
                       [](const std::string& word) { return word == "&" || word == "+"; });
}

NameWords words_of(std::string_view name) {
    return words_of_plain(plain_letters(name));
}

NameWords words_of_plain(std::string_view letters) {
    const auto text =
        icu::UnicodeString::fromUTF8({letters.data(), static_cast<std::int32_t>(letters.size())});
    NameWords words;
    words.readings[0] = WordReader{text, Joined::none}.read();
    // Without punctuation there is one way to read it.
    const bool is_plain = letters.find_first_not_of(k_unpunctuated) == std::string_view::npos;
    words.readings[1] =
        is_plain ? words.readings[0] : WordReader{text, Joined::abbreviations}.read();
    words.readings[2] = is_plain ? words.readings[0] : WordReader{text, Joined::all}.read();
    return words;
}

bool is_same(const NameWords& a, const NameWords& b) {
    if (a.is_empty() || b.is_empty()) return false;
    for (std::size_t i = 0; i < a.readings.size(); ++i) {
        if (has_same_words(a.readings[i], b.readings[i])) return true;
    }
    return false;
}

bool is_same_word(std::string_view a, std::string_view b) {
    if (a == b || short_form(a) == short_form(b)) return true;
    const bool a_sign = is_one_of(k_and_signs, a);
    const bool b_sign = is_one_of(k_and_signs, b);
    return (a_sign && (b_sign || is_one_of(k_and_words, b))) ||
           (b_sign && is_one_of(k_and_words, a));
}

bool is_sign(std::string_view word) {
    const auto text =
        icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())});
    return text.countChar32() == 1 && role_of(text.char32At(0)) == Role::sign;
}

bool is_conjunction(std::string_view word) {
    return is_one_of(k_and_signs, word) || is_one_of(k_and_words, word);
}

}  // namespace pressings

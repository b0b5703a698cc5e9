#include "domain/numerals.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace pressings {

namespace {

constexpr std::array<std::string_view, 20> k_small{
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 8> k_tens{"twenty", "thirty",  "forty",  "fifty",
                                                 "sixty",  "seventy", "eighty", "ninety"};
constexpr std::array<std::string_view, 12> k_ordinals{"first", "second", "third",    "fourth",
                                                      "fifth", "sixth",  "seventh",  "eighth",
                                                      "ninth", "tenth",  "eleventh", "twelfth"};
constexpr int k_highest_roman = 39;  // what comes behind is seldom a number and often a word

template <std::size_t Size>
std::optional<int> place_of(const std::array<std::string_view, Size>& words,
                            std::string_view word) {
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<int>(found - words.begin());
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool are_digits(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), is_digit);
}

std::string roman(int number) {
    constexpr std::array<std::string_view, 10> k_ones{"",  "i",  "ii",  "iii",  "iv",
                                                      "v", "vi", "vii", "viii", "ix"};
    return std::string(static_cast<std::size_t>(number / 10), 'x') +
           std::string{k_ones.at(static_cast<std::size_t>(number % 10))};
}

std::optional<int> roman_number(std::string_view word) {
    for (int number = 1; number <= k_highest_roman; ++number) {
        if (roman(number) == word) return number;
    }
    return std::nullopt;
}

std::string ordinal(int number) {
    const int last = number % 10;
    const bool is_teen = number % 100 / 10 == 1;
    const char* const ending = is_teen     ? "th"
                               : last == 1 ? "st"
                               : last == 2 ? "nd"
                               : last == 3 ? "rd"
                                           : "th";
    return std::to_string(number) + ending;
}

/// "blueprint" and "2" of "blueprint2".
std::vector<std::string> parted(const std::vector<std::string>& words) {
    std::vector<std::string> parts;
    for (const std::string& word : words) {
        const auto digits = std::find_if(word.begin(), word.end(), is_digit);
        const bool ends_in_digits = digits != word.begin() && digits != word.end() &&
                                    word.end() - digits <= 4 &&
                                    std::all_of(digits, word.end(), is_digit);
        if (!ends_in_digits) {
            parts.push_back(word);
            continue;
        }
        parts.emplace_back(word.begin(), digits);
        parts.emplace_back(digits, word.end());
    }
    return parts;
}

std::string without_zeros(std::string_view digits) {
    const auto first = digits.find_first_not_of('0');
    return std::string{first == std::string_view::npos ? digits.substr(digits.size() - 1)
                                                       : digits.substr(first)};
}

/// Takes words one after the other, and writes them anew.
class FigureWriter {
  public:
    explicit FigureWriter(std::vector<std::string> words) : m_words(std::move(words)) {}

    std::vector<std::string> write() {
        while (m_at < m_words.size()) {
            const bool is_first = m_at == 0;
            const std::string word = m_words[m_at++];
            if (auto figure = figure_of(word, is_first)) {
                drop_sign();
                m_written.push_back(std::move(*figure));
            } else {
                m_written.push_back(word);
            }
        }
        return std::move(m_written);
    }

  private:
    std::optional<std::string> figure_of(const std::string& word, bool is_first) {
        if (are_digits(word)) return word.size() <= 3 ? without_zeros(word) : word;
        if (const auto number = place_of(k_small, word)) return std::to_string(*number);
        if (const auto number = place_of(k_ordinals, word)) return ordinal(*number + 1);
        if (const auto tens = place_of(k_tens, word)) return std::to_string(all_of(*tens));
        if (word.size() == 1 && is_first) return std::nullopt;
        const auto number = roman_number(word);
        return number ? std::optional{std::to_string(*number)} : std::nullopt;
    }

    /// "twenty", and the "one" that may stand behind it.
    int all_of(int tens) {
        const int number = 10 * (tens + 2);
        if (m_at == m_words.size()) return number;
        const auto ones = place_of(k_small, m_words[m_at]);
        if (!ones || *ones == 0 || *ones > 9) return number;
        ++m_at;
        return number + *ones;
    }

    void drop_sign() {
        constexpr std::array<std::string_view, 5> k_signs{"#", "no", "nr", "number", "num"};
        if (m_written.size() > 1 && place_of(k_signs, m_written.back())) m_written.pop_back();
    }

    std::vector<std::string> m_words;
    std::size_t m_at = 0;
    std::vector<std::string> m_written;
};

}  // namespace

std::vector<std::string> with_figures(const std::vector<std::string>& words) {
    return FigureWriter{parted(words)}.write();
}

bool is_figure(std::string_view word) {
    const auto digits = std::min(word.find_first_not_of("0123456789"), word.size());
    const auto ending = word.substr(digits);
    return digits > 0 && digits <= 4 &&
           (ending.empty() || ending == "st" || ending == "nd" || ending == "rd" || ending == "th");
}

std::vector<std::string> spellings_of(std::string_view figure) {
    std::vector<std::string> spellings{std::string{figure}};
    if (!is_figure(figure)) return spellings;
    const int number = std::stoi(std::string{figure});
    if (!are_digits(figure)) {
        const bool has_word = number >= 1 && number <= static_cast<int>(k_ordinals.size());
        if (has_word) spellings.emplace_back(k_ordinals.at(static_cast<std::size_t>(number - 1)));
        return spellings;
    }
    if (number >= 1 && number <= k_highest_roman) spellings.push_back(roman(number));
    if (number < static_cast<int>(k_small.size())) {
        spellings.emplace_back(k_small.at(static_cast<std::size_t>(number)));
    }
    return spellings;
}

}  // namespace pressings

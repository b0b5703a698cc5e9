// What is done to text from outside before it meets a terminal, a log or a comparison.
#include "base/text.hpp"

#include <array>

#include <simdjson.h>

#include "fuzz/target.hpp"

namespace pressings::fuzz {

namespace {

bool valid(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size());
}

/// Of well-formed UTF-8: no C0 control, DEL, C1 control, or mark that breaks or reorders a line.
bool is_safe(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F) return false;
        const std::string_view pair = text.substr(i, 2);
        if (pair.size() == 2 && byte == 0xC2 && static_cast<unsigned char>(pair[1]) < 0xA0) {
            return false;
        }
        const std::string_view three = text.substr(i, 3);
        for (const std::string_view mark :
             {"\u2028", "\u2029", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066",
              "\u2067", "\u2068", "\u2069"}) {
            if (three == mark) return false;
        }
    }
    return true;
}

void take_escape(std::string_view input) {
    const std::string safe = escape_controls(input);
    require(valid(safe), "what was made safe is UTF-8");
    require(is_safe(safe), "and has nothing in it that a terminal obeys");
    require(escape_controls(safe) == safe, "what is safe stays as it is");
    if (valid(input) && is_safe(input)) require(safe == input, "and nothing else is changed");
    constexpr std::size_t k_longest_quote = 120 * 6 + 8;
    require(quote(input).size() <= k_longest_quote, "a quote is short");
    require(is_safe(quote(input)) && valid(quote(input)), "and safe");
}

void take_fold(std::string_view input) {
    const std::string folded = fold(input);
    require(valid(folded), "a folded text is UTF-8");
    require(fold(folded) == folded, "folding twice is folding once");
    require(fold(" \t" + std::string{input} + "\n ") == folded, "blanks around it do not count");
    require(trim(folded) == folded, "and are not kept");
}

void take_cut(std::string_view input) {
    const std::size_t bytes = number_from(input, input.size() + 2);
    const std::string shorter = shorten(input, bytes);
    constexpr std::string_view k_dots = "…";
    require(shorter.size() <= bytes + k_dots.size(), "a shortened text is as short as was asked");
    const bool cut = input.size() > bytes;
    require(cut ? shorter.ends_with(k_dots) : shorter == input, "what fits is not cut");
    if (valid(input)) require(valid(shorter), "characters are not cut");
    const std::string narrow = fit_width(input, bytes);
    require(display_width(narrow) <= bytes, "a fitted text is as narrow as was asked");
    require((display_width(input) <= bytes) == (narrow == input) || bytes == 0, "and cut if wider");
}

void take_words(std::string_view input) {
    constexpr std::array<std::string_view, 3> k_words{"release-worker", "run", ""};
    const std::string_view best = closest(input, k_words);
    require(best.empty() || best == k_words[0] || best == k_words[1], "a guess is a candidate");
    require(trim(trim(input)) == trim(input), "trimming twice is trimming once");
    require(ascii_lower(input).size() == input.size(), "a letter made small is as long");
}

}  // namespace

void take(std::string_view input) {
    require(is_utf8(input) == valid(input), "all agree what UTF-8 is");
    take_escape(input);
    take_fold(input);
    take_cut(input);
    take_words(input);
}

}  // namespace pressings::fuzz

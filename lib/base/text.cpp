#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "base/decomposition.hpp"

namespace pressings {

namespace {

constexpr std::string_view k_white_space = " \t\r\n\v\f";

/// Reads the character at `at` and moves behind it; negative if the bytes there are not UTF-8.
UChar32 next_character(std::string_view text, std::int32_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int32_t>(text.size());
    UChar32 character = 0;
    U8_NEXT(bytes, at, length, character);
    return character;
}

bool breaks_or_reorders_a_line(UChar32 c) {
    return (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string escaped(UChar32 c) {
    if (c == '\n') return "\\n";
    if (c == '\t') return "\\t";
    if (c == '\r') return "\\r";
    return fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(c));
}

std::size_t width_of(UChar32 c) {
    const auto category = u_charType(c);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
        category == U_FORMAT_CHAR) {
        return 0;
    }
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/// Letters to change, to add, to leave out, or to swap with a neighbour.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> rows(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                rows[i][j] = i + j;
                continue;
            }
            const std::size_t change = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, change});
            const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (is_swap) rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows.back().back();
}

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool is_ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// What ICU makes of it, without asking: there are no marks in it and nothing to decompose.
std::string fold_ascii(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    bool space = false;
    for (const char c : text) {
        if (!is_ascii_space(c)) {
            if (space && !folded.empty()) folded += ' ';
            folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        space = is_ascii_space(c);
    }
    return folded;
}

}  // namespace

bool is_utf8(std::string_view text) {
    std::int32_t at = 0;
    while (at < static_cast<std::int32_t>(text.size())) {
        if (next_character(text, at) < 0) return false;
    }
    return true;
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(k_white_space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(k_white_space) - first + 1);
}

std::string ascii_lower(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string escape_controls(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    std::int32_t at = 0;
    while (at < static_cast<std::int32_t>(text.size())) {
        const auto start = static_cast<std::size_t>(at);
        const UChar32 c = next_character(text, at);
        const auto bytes = text.substr(start, static_cast<std::size_t>(at) - start);
        if (c < 0) {
            for (const char byte : bytes) {
                safe += fmt::format("\\x{{{:02X}}}", static_cast<unsigned char>(byte));
            }
        } else if (u_charType(c) == U_CONTROL_CHAR || breaks_or_reorders_a_line(c)) {
            safe += escaped(c);
        } else {
            safe += bytes;
        }
    }
    return safe;
}

std::string escape_in_json(std::string json) {
    // What has to go begins with one of three bytes, of which most documents have none.
    if (json.find_first_of("\x7F\xC2\xE2") == std::string::npos) return json;
    std::string safe;
    safe.reserve(json.size() + json.size() / 8);
    std::int32_t at = 0;
    while (at < static_cast<std::int32_t>(json.size())) {
        const auto start = static_cast<std::size_t>(at);
        const UChar32 c = next_character(json, at);
        const bool unsafe = (c >= 0x7F && c <= 0x9F) || breaks_or_reorders_a_line(c);
        if (unsafe) {
            safe += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c));
        } else {
            safe.append(json, start, static_cast<std::size_t>(at) - start);
        }
    }
    return safe;
}

std::string fold(std::string_view text) {
    if (is_ascii(text)) return fold_ascii(text);
    const auto source =
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString decomposed = compatible_decomposition().normalize(source, error);
    decomposed.foldCase();
    icu::UnicodeString folded;
    bool space = false;
    for (std::int32_t at = 0; at < decomposed.length(); at = decomposed.moveIndex32(at, 1)) {
        const UChar32 c = decomposed.char32At(at);
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        if (u_isUWhiteSpace(c) == 0) {
            if (space && !folded.isEmpty()) folded.append(UChar32{' '});
            folded.append(c);
        }
        space = u_isUWhiteSpace(c) != 0;
    }
    std::string utf8;
    return folded.toUTF8String(utf8);
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    std::int32_t at = 0;
    while (at < static_cast<std::int32_t>(text.size())) {
        const UChar32 c = next_character(text, at);
        width += c < 0 ? 1 : width_of(c);
    }
    return width;
}

std::string fit_width(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string{text};
    if (columns == 0) return {};
    std::size_t width = 0;
    std::int32_t at = 0;
    std::size_t kept = 0;
    while (at < static_cast<std::int32_t>(text.size())) {
        const UChar32 c = next_character(text, at);
        width += c < 0 ? 1 : width_of(c);
        if (width > columns - 1) break;
        kept = static_cast<std::size_t>(at);
    }
    return std::string{text.substr(0, kept)} + "…";
}

std::string shorten(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string{text};
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U)
        --bytes;
    return std::string{text.substr(0, bytes)} + "…";
}

std::string percent_encoded(std::string_view text, std::string_view kept) {
    constexpr std::string_view k_unreserved =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    std::string encoded;
    for (const char c : text) {
        const bool is_plain = k_unreserved.find(c) != std::string_view::npos ||
                              kept.find(c) != std::string_view::npos;
        encoded +=
            is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

std::string quote(std::string_view text) {
    constexpr std::size_t k_longest = 120;
    return '"' + escape_controls(shorten(text, k_longest)) + '"';
}

std::string_view closest(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t k_longest = 64;
    const std::size_t dashes = std::min(word.find_first_not_of('-'), word.size());
    const std::size_t letters = word.size() - dashes;
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(1, letters / 3) + 1;
    if (word.size() > k_longest) return best;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

}  // namespace pressings

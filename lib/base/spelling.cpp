#include "base/spelling.hpp"

#include <cstdint>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "base/decomposition.hpp"

namespace pressings {

namespace {

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string utf8;
    return text.toUTF8String(utf8);
}

template <typename Each>
void for_each_character(const icu::UnicodeString& text, Each each) {
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
        each(text.char32At(at));
}

bool is_blank(UChar32 c) {
    return u_isUWhiteSpace(c) != 0;
}

bool is_dash(UChar32 c) {
    return u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212 || c == 0x301C;
}

bool is_apostrophe(UChar32 c) {
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2B9 || c == 0x2BB || c == 0x2BC ||
           (c >= 0x2018 && c <= 0x201B) || c == 0x2032;
}

bool is_double_quote(UChar32 c) {
    return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0x2033 || c == 0xAB || c == 0xBB;
}

/// Marks of trade, and what has no looks of its own: directions, joiners, variants.
bool says_nothing(UChar32 c) {
    return u_charType(c) == U_FORMAT_CHAR || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xA9 ||
           c == 0xAE || c == 0x2120 || c == 0x2122;
}

UChar32 on_keyboard(UChar32 c) {
    if (is_dash(c)) return '-';
    if (is_apostrophe(c)) return '\'';
    if (is_double_quote(c)) return '"';
    return c;
}

/// Runs of blanks as one, none at the ends.
icu::UnicodeString plain(const icu::UnicodeString& name) {
    icu::UnicodeString result;
    bool blank = false;
    for_each_character(name, [&](UChar32 c) {
        if (says_nothing(c)) return;
        if (!is_blank(c)) {
            if (blank && !result.isEmpty()) result.append(UChar32{' '});
            result.append(on_keyboard(c));
        }
        blank = is_blank(c);
    });
    return result;
}

/// Whether a mark behind `base` is a mere diacritic.
bool is_diacritic(UChar32 mark, UChar32 base) {
    if (u_charType(mark) != U_NON_SPACING_MARK) return false;
    if (mark == 0x306 && (base == 0x418 || base == 0x438)) return false;  // Й
    UErrorCode error = U_ZERO_ERROR;
    switch (uscript_getScript(base, &error)) {
        case USCRIPT_LATIN:
        case USCRIPT_GREEK:
        case USCRIPT_CYRILLIC:
        case USCRIPT_HEBREW:
        case USCRIPT_ARABIC:
        case USCRIPT_COMMON:
            return true;
        default:
            return false;
    }
}

icu::UnicodeString letters(std::string_view name) {
    UErrorCode error = U_ZERO_ERROR;
    // Twice: compatibility forms hold quotes and blanks of their own.
    const icu::UnicodeString decomposed =
        plain(compatible_decomposition().normalize(plain(from_utf8(name)), error));
    icu::UnicodeString result;
    UChar32 base = 0;
    for_each_character(decomposed, [&](UChar32 c) {
        if (is_diacritic(c, base)) return;
        if (u_charType(c) != U_NON_SPACING_MARK) base = c;
        result.append(c);
    });
    return result.foldCase();
}

}  // namespace

std::string plain_spelling(std::string_view name) {
    UErrorCode error = U_ZERO_ERROR;
    return to_utf8(
        plain(icu::Normalizer2::getNFCInstance(error)->normalize(from_utf8(name), error)));
}

std::string plain_letters(std::string_view name) {
    return to_utf8(letters(name));
}

std::string plain_signs(std::string_view name) {
    std::string signs = plain_letters(name);
    std::erase(signs, ' ');
    return signs;
}

}  // namespace pressings

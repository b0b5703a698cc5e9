#pragma once

#include <string>
#include <string_view>

/// Comparing names as people spell them. Unlike `fold`, which is for finding, nothing here makes
/// two names alike that a reader of their script would tell apart.
namespace pressings {

/// `name` as a keyboard has it: typographic quotes, dashes and blanks become ASCII ones, runs of
/// blanks one, invisible characters nothing. Case and letters stay.
std::string plain_spelling(std::string_view name);

/// The same without case, width and other compatibility forms, and without the diacritics of
/// Latin, Greek, Cyrillic, Hebrew and Arabic letters; marks of other scripts are letters there
/// (a kana's voicing, a Thai vowel), and so is Cyrillic short i.
std::string plain_letters(std::string_view name);

/// plain_letters without any blank: what is compared of a name that has no word in it ("( )").
std::string plain_signs(std::string_view name);

}  // namespace pressings

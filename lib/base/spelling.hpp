#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

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

/// The words of a name, punctuation left out; letters such as ø or æ as o and ae. A sign that says
/// something ("÷", "#", "♯", "$", "&", "+") is a word of its own. Where punctuation stands inside a
/// word there are several ways to read it, in this order: it parts ("ac dc"), it parts unless it
/// abbreviates ("rem" for R.E.M.), it does not part ("acdc").
struct NameWords {
    std::array<std::vector<std::string>, 3> readings;

    /// Whether there is nothing to tell the name by but punctuation and signs that stand for "and".
    bool is_empty() const;
};

NameWords words_of(std::string_view name);

/// Whether two names have the same words in one reading. Between other words, "&", "+" and "n" are
/// "and" in any of some languages; "vol" is volume, "pt" part, "feat" and "ft" featuring.
bool is_same(const NameWords& a, const NameWords& b);

/// The same for a pair of words that stand between others.
bool is_same_word(std::string_view a, std::string_view b);

/// "and", "&", "und", …
bool is_conjunction(std::string_view word);

}  // namespace pressings

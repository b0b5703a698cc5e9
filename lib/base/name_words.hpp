#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace pressings {

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
/// The same of a name that plain_letters made already.
NameWords words_of_plain(std::string_view letters);

/// Whether two names have the same words in one reading. Between other words, "&", "+" and "n" are
/// "and" in any of some languages; "vol" is volume, "pt" part, "feat" and "ft" featuring.
bool is_same(const NameWords& a, const NameWords& b);

/// The same for a pair of words that stand between others.
bool is_same_word(std::string_view a, std::string_view b);

/// Whether a word is a sign such as "÷" or "#", and no letter or figure.
bool is_sign(std::string_view word);

/// "and", "&", "und", …
bool is_conjunction(std::string_view word);

}  // namespace pressings

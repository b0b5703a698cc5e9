#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/catalogue.hpp"

/// What somebody wants an edition to be, as it is typed: "country=GB,XE,format=cd,date=earliest".
namespace pressings {

enum class EditionKey { country, format, status, label, date, packaging, tracks, barcode };

/// "country", "format", ...
std::string_view to_string(EditionKey key);

/// The names of all keys, in their order.
std::span<const std::string_view> edition_keys();

/// A key, and the values that would do, the best first; spelled as MusicBrainz and we spell them
/// where that is known.
struct EditionWish {
    EditionKey key = EditionKey::country;
    std::vector<std::string> values;

    friend bool operator==(const EditionWish&, const EditionWish&) = default;
};

using EditionWishes = std::vector<EditionWish>;

/// Reads a list of KEY=VALUE, parted by commas; a part without "=" is one more value of the key
/// before it, "\," is a comma inside a value. A string says what is wrong, with the nearest that
/// would do: an unknown key, a key twice, a value that no edition can have.
std::variant<EditionWishes, std::string> parse_wishes(std::string_view text);

/// The same of what is not wanted; date and tracks, which every edition has more or less of, are
/// wrong here.
std::variant<EditionWishes, std::string> parse_exclusions(std::string_view text);

/// Which of the wish's values an edition has, by its place in the list. Nothing for a wish whose
/// values are not had but ordered by: date and tracks.
std::optional<std::size_t> matched_value(const EditionWish& wish, const Release& release);

/// What an edition has of that, for people: "GB, US", "1973-03-01", "10"; nothing if not known.
std::optional<std::string> edition_value(EditionKey key, const Release& release);

}  // namespace pressings

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/mbid.hpp"

namespace pressings {

/// What of an album it can be found by; the best first.
enum class SearchField { title, artist, catalog_number, barcode, label, release, track };

inline constexpr std::array<SearchField, 7> k_search_fields{
    SearchField::title, SearchField::artist,  SearchField::catalog_number, SearchField::barcode,
    SearchField::label, SearchField::release, SearchField::track};

/// "artist", "title", "release", "label", "catno", "barcode", "track".
std::string_view to_string(SearchField field);

/// One of those; "album" is the title.
std::optional<SearchField> parse_search_field(std::string_view name);

/// A name of an album, or of something on it.
struct SearchName {
    SearchField field = SearchField::title;
    std::string text;

    bool operator==(const SearchName&) const = default;
};

/// Words that stand one after the other.
using SearchWords = std::vector<std::string>;

/// The ways to read a name as words, the usual one first: case, accents, width and punctuation do
/// not count; punctuation inside a word parts it or not ("AC/DC": "ac dc", "acdc"); each character
/// of a script without blanks is a word; a name of punctuation alone ("!!!") is one. A catalogue
/// number is one word too ("BLP 1577": "blp1577"); a barcode is its figures without leading zeros.
std::vector<SearchWords> search_readings(SearchField field, std::string_view text);

/// Words in a field; without one, in any.
struct SearchPhrase {
    std::optional<SearchField> field;
    SearchWords words;
};

/// A part of what is looked for: any of the phrases will do.
struct SearchTerm {
    std::vector<SearchPhrase> any_of;
    bool is_prefix = false;       ///< the last word may go on
    bool is_conjunction = false;  ///< "and", "&", "-": says nothing beside others
    std::string typed;            ///< as the user has it, without quotes

    /// Whether the name has it.
    bool occurs_in(const SearchName& name) const;
    /// The same of a name that was read already.
    bool occurs_in(SearchField field, std::span<const SearchWords> readings) const;
};

/// What a user looks for: albums that have all of it.
struct SearchQuery {
    std::vector<SearchTerm> terms;
    std::vector<Mbid> mbids;  ///< of an album, release, artist, label, recording or track

    bool is_empty() const { return terms.empty() && mbids.empty(); }
};

/// Reads arguments of a command line: words; "several words" in quotes that stand so; FIELD:WORD,
/// FIELD:"SEVERAL WORDS" (if the shell has taken the quotes, the rest of that argument); WORD* for
/// words that begin so; MBIDs. "And" and punctuation
/// beside others are left out. What follows the most terms that an
/// index is asked for is left out.
SearchQuery parse_search(std::span<const std::string> arguments);

/// The same where each word may go on: for when nothing has just these words.
SearchQuery with_prefixes(SearchQuery query);

/// How an album answers a query, for the order of what was found.
struct SearchFit {
    std::vector<SearchField> fields;  ///< of each term, the best that has it
    std::size_t title_words = 0;      ///< that were found in the title
    std::size_t artist_words = 0;     ///< that were found in the artist
    bool whole_title = false;         ///< the title has no other words
    bool whole_artist = false;        ///< nor has the artist
    int releases = 0;                 ///< of the album: what has many editions is looked for most
};

/// More is better: title and artist before numbers, labels, releases and tracks; a title or an
/// artist that was named whole before one that has more words.
double search_score(const SearchFit& fit);

}  // namespace pressings

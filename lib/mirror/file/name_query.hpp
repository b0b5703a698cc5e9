#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/mbid.hpp"

/// Words as the full-text index has them. All text here is folded.
namespace pressings::mirror {

/// Whether a title may have no word that the index finds it by: it has no Latin letter or digit.
/// Such titles are kept whole as well.
bool is_wordless(std::string_view title);

/// An MBID as one word of the index.
std::string mbid_word(const Mbid& mbid);

/// Several, each a word.
std::string mbid_words(const std::vector<Mbid>& mbids);

/// A query for any of the title's words and any of the artist's, or words that begin as they do;
/// of both if both have any. For what was spelled wrong. "" if there is no word.
std::string near_query(std::string_view title, std::string_view artist,
                       const std::optional<Mbid>& credited);

/// A query of FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax) for all words of the title
/// among the titles, all of the artist among the names, and the artist credited. Articles and "and"
/// do not count, unless there is nothing else. "" if the title has no word.
std::string full_text_query(std::string_view title, std::string_view artist,
                            const std::optional<Mbid>& credited);

}  // namespace pressings::mirror

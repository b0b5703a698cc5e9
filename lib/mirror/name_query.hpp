#pragma once

#include <string>
#include <string_view>

/// Words as the full-text index has them. All text here is folded.
namespace pressings::mirror {

/// Whether a title may have no word that the index finds it by: it has no Latin letter or digit.
/// Such titles are kept whole as well.
bool is_wordless(std::string_view title);

/// A query of FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax) for all words of the title
/// among the titles, and all of the artist among the names. Articles and "and" do not count, unless
/// there is nothing else. "" if the title has no word.
std::string full_text_query(std::string_view title, std::string_view artist);

}  // namespace pressings::mirror

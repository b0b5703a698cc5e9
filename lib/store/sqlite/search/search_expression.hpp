#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/search_query.hpp"

namespace pressings::store::sqlite {

/// A query in the words of FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax).
struct SearchExpression {
    std::string match;
    std::vector<std::uint8_t> term_of_phrase;  ///< which term each phrase is of, in their order
};

SearchExpression search_expression(const SearchQuery& query);

/// Words as FTS5's tokenizer `ascii` keeps them whole: what it takes for a separator becomes a
/// character for private use. They are appended, with blanks between them.
void append_words(std::string& text, const SearchWords& words);

/// Between two names, so that no phrase goes from one to the next.
inline constexpr std::string_view k_between_names = "\uE000";

}  // namespace pressings::store::sqlite

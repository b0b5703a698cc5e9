#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/postgresql/search/search_parts.hpp"
#include "store/sql/search/search_index.hpp"

namespace pressings::store::postgresql {

/// The words of an album as the text of a tsvector
/// (https://www.postgresql.org/docs/15/datatype-textsearch.html). A lexeme is a word behind the
/// number of its field: '0money'. Each field counts its positions from 1, and leaves one out
/// between two readings, so that no phrase goes from one to the next. What is beyond PostgreSQL's
/// limits is cut: the ends of long words, the places of words that have thousands before them, and
/// the last words of what would take more than a megabyte.
std::string search_vector(const sql::SearchDocument& document);

/// The texts of tsqueries.
struct SearchExpression {
    std::string all;    ///< what an album must have: one of the parts of each term
    std::string parts;  ///< an array: each part alone
};

SearchExpression search_expression(const std::vector<SearchPart>& parts);

}  // namespace pressings::store::postgresql

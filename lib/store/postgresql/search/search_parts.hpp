#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "domain/search_query.hpp"
#include "store/sql/search/found_terms.hpp"

namespace pressings::store::postgresql {

/// One phrase in one field: what an album has or has not, whatever else is looked for.
struct SearchPart {
    std::size_t term = 0;  ///< of the query
    SearchField field = SearchField::title;
    SearchWords words;
    bool is_prefix = false;  ///< the last word may go on
};

/// All parts of the terms, term by term. A phrase that may be in any field is one in each.
std::vector<SearchPart> search_parts(const SearchQuery& query);

/// How an album answers that has these of the parts.
SearchFit fit_of(std::span<const SearchPart> parts, std::span<const std::size_t> found,
                 const sql::DocumentFacts& facts);

}  // namespace pressings::store::postgresql

#pragma once

#include <cstdint>
#include <vector>

#include "domain/search_query.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/search/search_index.hpp"

namespace pressings::store::sql {

/// The best first, at most `limit` (0: all), as the catalogue is in the view that is open. What the
/// index does not have yet is indexed in memory for this answer.
std::vector<FoundAlbum> find_albums(Connection& connection, SearchIndex& index,
                                    const SearchQuery& query, std::int64_t limit);

/// For each term that the album has, the best of its names that has it.
std::vector<SearchName> matching_names(Connection& connection, std::int64_t album_id,
                                       const SearchQuery& query);

}  // namespace pressings::store::sql

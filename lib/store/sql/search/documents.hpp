#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "store/sql/connection.hpp"
#include "store/sql/search/search_index.hpp"

namespace pressings::store::sql {

/// Calls `visit` with what the album can be found by, each name once, in the order of SearchField,
/// its own title and artist first of theirs; until it says false.
void each_search_name(Connection& connection, std::int64_t album_id,
                      const std::function<bool(SearchName)>& visit);

SearchDocument load_document(Connection& connection, std::int64_t album_id);

/// Albums that are not in the index as they are now, in order of id, at most so many (0: all).
std::vector<std::int64_t> unindexed_albums(Connection& connection, std::int64_t most);

/// Brings at most so many into the index, in the caller's transaction; how many. 0: it is up to
/// date.
std::int64_t index_some(Connection& connection, SearchIndex& index, std::int64_t most);

/// That the album's names are others now, or will be in this transaction.
void mark_outdated(Connection& connection, std::int64_t album_id);
/// The same of all albums with a release of that label.
void mark_label_outdated(Connection& connection, std::int64_t label_id);

}  // namespace pressings::store::sql

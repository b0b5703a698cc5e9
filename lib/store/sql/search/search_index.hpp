#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "domain/search_query.hpp"

namespace pressings::store::sql {

/// What an album can be found by.
struct SearchDocument {
    std::int64_t album_id = 0;
    /// For each of k_search_fields the readings of its names, in their order. No phrase goes from
    /// one to the next.
    std::array<std::vector<SearchWords>, k_search_fields.size()> readings;
    std::int64_t title_words = 0;   ///< in its own title
    std::int64_t artist_words = 0;  ///< in its own artist credit
    std::int64_t releases = 0;      ///< present ones
};

/// An album that has all of what is looked for.
struct FoundAlbum {
    std::int64_t album_id = 0;
    double score = 0;  ///< search_score of the domain
};

/// What comes first in an answer.
bool is_better(const FoundAlbum& a, const FoundAlbum& b);

/// The words of the catalogue's albums, as an engine keeps them.
class SearchIndex {
  public:
    virtual ~SearchIndex() = default;

    /// Of an album that is not in it.
    virtual void add(const SearchDocument& document) = 0;
    virtual void remove(std::int64_t album_id) = 0;
    /// The best first, at most `limit` (0: all), in the view that is open.
    virtual std::vector<FoundAlbum> hits(const SearchQuery& query, std::int64_t limit) = 0;
    /// Gives back the room of what was removed, if it is much: empties the index, perhaps.
    virtual void sweep() {}
    /// An empty one in memory.
    virtual std::unique_ptr<SearchIndex> passing() const = 0;
};

}  // namespace pressings::store::sql

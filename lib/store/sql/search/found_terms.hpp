#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/search_query.hpp"

namespace pressings::store::sql {

/// What the order of the answers is told by, beside the words.
struct DocumentFacts {
    std::int64_t title_words = 0;
    std::int64_t artist_words = 0;
    std::int64_t releases = 0;
};

/// Where an album has the terms of a query, gathered in any order.
class FoundTerms {
  public:
    /// The term of this number has a phrase of so many words in this field.
    void add(std::size_t term, SearchField field, std::size_t words);
    SearchFit fit(const DocumentFacts& facts) const;

  private:
    struct Term {
        std::optional<SearchField> best;  ///< nothing: not found
        std::size_t words_in_title = 0;
        std::size_t words_in_artist = 0;
    };

    std::vector<Term> m_terms;
};

}  // namespace pressings::store::sql

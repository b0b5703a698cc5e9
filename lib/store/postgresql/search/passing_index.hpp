#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "store/postgresql/search/search_parts.hpp"
#include "store/sql/search/search_index.hpp"

namespace pressings::store::postgresql {

/// An index in memory, which looks at each album: for the few that the database's does not have
/// yet.
class PassingIndex : public sql::SearchIndex {
  public:
    void add(const sql::SearchDocument& document) override { m_documents.push_back(document); }
    void remove(std::int64_t album_id) override;
    std::vector<sql::FoundAlbum> hits(const SearchQuery& query, std::int64_t limit) override;
    std::unique_ptr<sql::SearchIndex> passing() const override;

  private:
    std::vector<sql::SearchDocument> m_documents;
};

/// The best first, at most `limit` (0: all).
void keep_best(std::vector<sql::FoundAlbum>& found, std::int64_t limit);

}  // namespace pressings::store::postgresql

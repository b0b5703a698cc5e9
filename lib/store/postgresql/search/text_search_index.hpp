#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "store/sql/connection.hpp"
#include "store/sql/search/search_index.hpp"

namespace pressings::store::postgresql {

/// The index in the table search_documents, by PostgreSQL's own text search.
class TextSearchIndex : public sql::SearchIndex {
  public:
    /// `connection` must outlive it.
    explicit TextSearchIndex(sql::Connection& connection) : m_connection(connection) {}

    void add(const sql::SearchDocument& document) override;
    void remove(std::int64_t album_id) override;
    std::vector<sql::FoundAlbum> hits(const SearchQuery& query, std::int64_t limit) override;
    std::unique_ptr<sql::SearchIndex> passing() const override;

  private:
    sql::Connection& m_connection;
};

}  // namespace pressings::store::postgresql

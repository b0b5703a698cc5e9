#pragma once

#include <memory>
#include <vector>

#include "sqlite/statements.hpp"
#include "store/sql/search/search_index.hpp"

namespace pressings::store::sqlite {

/// The words in FTS5.
class FtsIndex final : public sql::SearchIndex {
  public:
    /// Both must outlive it.
    FtsIndex(SQLite::Database& database, pressings::sqlite::Statements& statements)
        : m_database(database), m_statements(statements) {}

    void add(const sql::SearchDocument& document) override;
    void remove(std::int64_t album_id) override;
    std::vector<sql::FoundAlbum> hits(const SearchQuery& query, std::int64_t limit) override;
    void sweep() override;
    std::unique_ptr<SearchIndex> passing() const override;

  private:
    void add_function();

    SQLite::Database& m_database;
    pressings::sqlite::Statements& m_statements;
    bool m_has_function = false;
};

}  // namespace pressings::store::sqlite

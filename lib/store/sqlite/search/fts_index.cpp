#include "store/sqlite/search/fts_index.hpp"

#include <span>
#include <string>

#include "store/sql/connection.hpp"
#include "store/sqlite/engine/schema.hpp"
#include "store/sqlite/search/fts_sql.hpp"
#include "store/sqlite/search/score_function.hpp"
#include "store/sqlite/search/search_expression.hpp"

namespace pressings::store::sqlite {

namespace {

std::string column_text(const std::vector<SearchWords>& readings) {
    std::string text;
    for (const SearchWords& words : readings) {
        if (!text.empty()) text.append(" ").append(k_between_names).append(" ");
        append_words(text, words);
    }
    return text;
}

class PassingIndex final : public sql::SearchIndex {
  public:
    PassingIndex() : m_database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        make_schema(m_database);
        m_database.exec("PRAGMA foreign_keys = OFF");  // its albums are in the catalogue
    }

    void add(const sql::SearchDocument& document) override { m_index.add(document); }
    void remove(std::int64_t album_id) override { m_index.remove(album_id); }
    std::vector<sql::FoundAlbum> hits(const SearchQuery& query, std::int64_t limit) override {
        return m_index.hits(query, limit);
    }
    std::unique_ptr<SearchIndex> passing() const override { return m_index.passing(); }

  private:
    SQLite::Database m_database;
    pressings::sqlite::Statements m_statements{m_database};
    FtsIndex m_index{m_database, m_statements};
};

}  // namespace

void FtsIndex::add(const sql::SearchDocument& document) {
    m_statements.query(fts::k_insert_document)
        .bind(document.album_id, document.title_words, document.artist_words, document.releases)
        .run();
    const std::int64_t id = m_statements.last_insert_id();
    Query row = m_statements.query(fts::k_insert_words);
    int parameter = 1;
    row.bind_one(parameter, id);
    for (const auto& readings : document.readings)
        row.bind_one(++parameter, column_text(readings));
    row.run();
}

void FtsIndex::remove(std::int64_t album_id) {
    m_statements.query(fts::k_delete_document).bind(album_id).run();
}

void FtsIndex::add_function() {
    if (!m_has_function) add_score_function(m_database);
    m_has_function = true;
}

std::vector<sql::FoundAlbum> FtsIndex::hits(const SearchQuery& query, std::int64_t limit) {
    add_function();
    const SearchExpression expression = search_expression(query);
    std::vector<sql::FoundAlbum> found;
    Query row = m_statements.query(fts::k_search_hits);
    row.bind(expression.match, std::span<const std::uint8_t>{expression.term_of_phrase},
             sql::row_limit(limit));
    while (row.step())
        found.push_back({row.integer(0), row.number(1)});
    return found;
}

/// Documents that were replaced stay until they are more than the others.
void FtsIndex::sweep() {
    constexpr std::int64_t k_allowed = 10'000;
    const auto named = m_statements.integer(fts::k_count_documents);
    if (m_statements.integer(fts::k_count_all_documents) <= 2 * named + k_allowed) return;
    for (const auto statement :
         {fts::k_delete_words, fts::k_delete_documents, fts::k_delete_outdated}) {
        m_statements.query(statement).run();
    }
}

std::unique_ptr<sql::SearchIndex> FtsIndex::passing() const {
    return std::make_unique<PassingIndex>();
}

}  // namespace pressings::store::sqlite

// See https://sqlite.org/fts5.html#custom_auxiliary_functions.
#include "store/sqlite/search/score_function.hpp"

#include <cstdint>
#include <span>

#include <sqlite3.h>

#include "store/sql/search/found_terms.hpp"

namespace pressings::store::sqlite {

namespace {

class FoundRow {
  public:
    FoundRow(const Fts5ExtensionApi& api, Fts5Context* context, std::span<const std::uint8_t> terms)
        : m_api(api), m_context(context), m_term_of_phrase(terms) {}

    SearchFit fit(const sql::DocumentFacts& facts) {
        const int phrases = m_api.xPhraseCount(m_context);
        for (int phrase = 0; phrase < phrases; ++phrase)
            look_at(phrase);
        return m_terms.fit(facts);
    }

  private:
    void look_at(int phrase) {
        const auto index = static_cast<std::size_t>(phrase);
        const std::size_t term = index < m_term_of_phrase.size() ? m_term_of_phrase[index] : 0;
        Fts5PhraseIter place{};
        int column = -1;
        m_api.xPhraseFirstColumn(m_context, phrase, &place, &column);
        for (; column >= 0; m_api.xPhraseNextColumn(m_context, &place, &column)) {
            m_terms.add(term, static_cast<SearchField>(column),
                        static_cast<std::size_t>(m_api.xPhraseSize(m_context, phrase)));
        }
    }

    const Fts5ExtensionApi& m_api;
    Fts5Context* m_context;
    std::span<const std::uint8_t> m_term_of_phrase;
    sql::FoundTerms m_terms;
};

void score(const Fts5ExtensionApi* api, Fts5Context* found, sqlite3_context* context, int count,
           sqlite3_value** values) {
    if (count != 4) return sqlite3_result_error(context, "search_score wants four values", -1);
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_value_blob(values[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
    try {
        const sql::DocumentFacts facts{sqlite3_value_int64(values[1]),
                                       sqlite3_value_int64(values[2]),
                                       sqlite3_value_int64(values[3])};
        const SearchFit fit = FoundRow{*api, found, {bytes, size}}.fit(facts);
        sqlite3_result_double(context, search_score(fit));
    } catch (...) {
        sqlite3_result_error_nomem(context);
    }
}

fts5_api* api_of(SQLite::Database& database) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database.getHandle(), "SELECT fts5(?1)", -1, &statement, nullptr) ==
        SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

}  // namespace

void add_score_function(SQLite::Database& database) {
    fts5_api* const api = api_of(database);
    if (api == nullptr) {
        throw SQLite::Exception("this SQLite was built without FTS5", SQLITE_ERROR);
    }
    const int result = api->xCreateFunction(api, "search_score", nullptr, score, nullptr);
    if (result != SQLITE_OK) throw SQLite::Exception(database.getHandle(), result);
}

}  // namespace pressings::store::sqlite

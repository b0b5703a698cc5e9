#include "store/postgresql/search/text_search_index.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "store/postgresql/search/passing_index.hpp"
#include "store/postgresql/search/search_vector.hpp"

namespace pressings::store::postgresql {

namespace {

using sql::FoundAlbum;

constexpr std::string_view k_add =
    "INSERT INTO search_documents (album_id, title_words, artist_words, releases, words) "
    "VALUES ($1, $2, $3, $4, $5::text::tsvector) ON CONFLICT (album_id) DO UPDATE SET "
    "title_words = excluded.title_words, artist_words = excluded.artist_words, "
    "releases = excluded.releases, words = excluded.words";
constexpr std::string_view k_remove = "DELETE FROM search_documents WHERE album_id = $1";

// The parts that an album has, by their numbers from 1 on. (Its words are unpacked once for all of
// them.)
constexpr std::string_view k_hits =
    "SELECT d.album_id, d.title_words, d.artist_words, d.releases, ARRAY("
    " SELECT p.number FROM (SELECT d.words || ''::tsvector AS words OFFSET 0) w, "
    " unnest($2::text::tsquery[]) WITH ORDINALITY p (part, number) WHERE w.words @@ p.part) "
    "FROM search_documents d WHERE d.words @@ (SELECT $1::text::tsquery)";

/// "{1,5}", counted from 0.
std::vector<std::size_t> numbers_in(std::string_view array) {
    std::vector<std::size_t> numbers;
    const char* at = array.data();
    const char* const end = at + array.size();
    while (at != end) {
        std::size_t number = 0;
        const auto [behind, error] = std::from_chars(at, end, number);
        if (error == std::errc{}) numbers.push_back(number - 1);
        at = error == std::errc{} ? behind : at + 1;
    }
    return numbers;
}

FoundAlbum found_album(const sql::Query& row, const std::vector<SearchPart>& parts) {
    const sql::DocumentFacts facts{row.integer(1), row.integer(2), row.integer(3)};
    const SearchFit fit = fit_of(parts, numbers_in(row.text(4)), facts);
    return {row.integer(0), search_score(fit)};
}

}  // namespace

void TextSearchIndex::add(const sql::SearchDocument& document) {
    m_connection.query(k_add)
        .bind(document.album_id, document.title_words, document.artist_words, document.releases,
              search_vector(document))
        .run();
}

void TextSearchIndex::remove(std::int64_t album_id) {
    m_connection.query(k_remove).bind(album_id).run();
}

std::vector<FoundAlbum> TextSearchIndex::hits(const SearchQuery& query, std::int64_t limit) {
    const std::vector<SearchPart> parts = search_parts(query);
    const SearchExpression expression = search_expression(parts);
    std::vector<FoundAlbum> found;
    sql::Query row{m_connection.streamed(k_hits)};
    row.bind(expression.all, expression.parts);
    while (row.step())
        found.push_back(found_album(row, parts));
    keep_best(found, limit);
    return found;
}

std::unique_ptr<sql::SearchIndex> TextSearchIndex::passing() const {
    return std::make_unique<PassingIndex>();
}

}  // namespace pressings::store::postgresql

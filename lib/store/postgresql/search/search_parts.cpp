#include "store/postgresql/search/search_parts.hpp"

namespace pressings::store::postgresql {

std::vector<SearchPart> search_parts(const SearchQuery& query) {
    std::vector<SearchPart> parts;
    for (std::size_t i = 0; i < query.terms.size(); ++i) {
        const SearchTerm& term = query.terms[i];
        for (const SearchPhrase& phrase : term.any_of) {
            for (const SearchField field : k_search_fields) {
                if (phrase.field.value_or(field) == field)
                    parts.push_back({i, field, phrase.words, term.is_prefix});
            }
        }
    }
    return parts;
}

SearchFit fit_of(std::span<const SearchPart> parts, std::span<const std::size_t> found,
                 const sql::DocumentFacts& facts) {
    sql::FoundTerms terms;
    for (const std::size_t i : found)
        terms.add(parts[i].term, parts[i].field, parts[i].words.size());
    return terms.fit(facts);
}

}  // namespace pressings::store::postgresql

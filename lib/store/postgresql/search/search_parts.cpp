#include "store/postgresql/search/search_parts.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace pressings::store::postgresql {

namespace {

/// Where one term was found.
struct FoundTerm {
    std::optional<SearchField> best;
    std::size_t words_in_title = 0;
    std::size_t words_in_artist = 0;
};

void add_place(FoundTerm& term, const SearchPart& part) {
    const std::size_t words = part.words.size();
    if (!term.best || part.field < *term.best) term.best = part.field;
    if (part.field == SearchField::title)
        term.words_in_title = std::max(term.words_in_title, words);
    if (part.field == SearchField::artist)
        term.words_in_artist = std::max(term.words_in_artist, words);
}

}  // namespace

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
                 const DocumentFacts& facts) {
    std::map<std::size_t, FoundTerm> terms;
    for (const std::size_t i : found)
        add_place(terms[parts[i].term], parts[i]);
    SearchFit fit;
    for (const auto& [number, term] : terms) {
        fit.fields.push_back(*term.best);
        fit.title_words += term.words_in_title;
        fit.artist_words += term.words_in_artist;
    }
    fit.whole_title = fit.title_words == static_cast<std::size_t>(facts.title_words);
    fit.whole_artist = fit.artist_words == static_cast<std::size_t>(facts.artist_words);
    fit.releases = static_cast<int>(facts.releases);
    return fit;
}

}  // namespace pressings::store::postgresql

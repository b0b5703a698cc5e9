#include "store/sql/search/found_terms.hpp"

#include <algorithm>

namespace pressings::store::sql {

void FoundTerms::add(std::size_t number, SearchField field, std::size_t words) {
    if (number >= m_terms.size()) m_terms.resize(number + 1);
    Term& term = m_terms[number];
    if (!term.best || field < *term.best) term.best = field;
    if (field == SearchField::title) term.words_in_title = std::max(term.words_in_title, words);
    if (field == SearchField::artist) term.words_in_artist = std::max(term.words_in_artist, words);
}

SearchFit FoundTerms::fit(const DocumentFacts& facts) const {
    SearchFit fit;
    for (const Term& term : m_terms) {
        if (term.best) fit.fields.push_back(*term.best);
        fit.title_words += term.words_in_title;
        fit.artist_words += term.words_in_artist;
    }
    fit.whole_title = fit.title_words == static_cast<std::size_t>(facts.title_words);
    fit.whole_artist = fit.artist_words == static_cast<std::size_t>(facts.artist_words);
    fit.releases = static_cast<int>(facts.releases);
    return fit;
}

}  // namespace pressings::store::sql

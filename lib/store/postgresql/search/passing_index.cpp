#include "store/postgresql/search/passing_index.hpp"

#include <algorithm>
#include <optional>

namespace pressings::store::postgresql {

namespace {

using sql::FoundAlbum;
using sql::SearchDocument;

/// Has the parts as the domain compares words.
class Reader {
  public:
    explicit Reader(const SearchQuery& query) : m_query(query), m_parts(search_parts(query)) {
        for (const SearchPart& part : m_parts)
            m_terms.push_back(alone(part));
    }

    std::optional<FoundAlbum> read(const SearchDocument& document) const {
        std::vector<std::size_t> found;
        std::size_t terms = 0;
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            const SearchPart& part = m_parts[i];
            const auto& readings = document.readings[static_cast<std::size_t>(part.field)];
            if (!m_terms[i].occurs_in(part.field, readings)) continue;
            if (found.empty() || m_parts[found.back()].term != part.term) ++terms;
            found.push_back(i);
        }
        if (terms < m_query.terms.size()) return std::nullopt;
        const sql::DocumentFacts facts{document.title_words, document.artist_words,
                                       document.releases};
        return FoundAlbum{document.album_id, search_score(fit_of(m_parts, found, facts))};
    }

  private:
    static SearchTerm alone(const SearchPart& part) {
        SearchTerm term;
        term.any_of.push_back({part.field, part.words});
        term.is_prefix = part.is_prefix;
        return term;
    }

    const SearchQuery& m_query;
    std::vector<SearchPart> m_parts;
    std::vector<SearchTerm> m_terms;
};

}  // namespace

void PassingIndex::remove(std::int64_t album_id) {
    std::erase_if(m_documents, [album_id](const SearchDocument& document) {
        return document.album_id == album_id;
    });
}

std::vector<FoundAlbum> PassingIndex::hits(const SearchQuery& query, std::int64_t limit) {
    const Reader reader{query};
    std::vector<FoundAlbum> found;
    for (const SearchDocument& document : m_documents) {
        if (const auto album = reader.read(document)) found.push_back(*album);
    }
    keep_best(found, limit);
    return found;
}

std::unique_ptr<sql::SearchIndex> PassingIndex::passing() const {
    return std::make_unique<PassingIndex>();
}

void keep_best(std::vector<FoundAlbum>& found, std::int64_t limit) {
    std::sort(found.begin(), found.end(), sql::is_better);
    const auto most = static_cast<std::size_t>(limit);
    if (limit > 0 && found.size() > most) found.resize(most);
}

}  // namespace pressings::store::postgresql

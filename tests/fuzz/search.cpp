// What a user types to search for, an argument a line.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "domain/search_query.hpp"
#include "fuzz/target.hpp"
#include "store/open_store.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::fuzz {

namespace {

/// A few albums, in the index.
class Catalogue {
  public:
    Catalogue() {
        std::vector<AlbumRequest> requests;
        for (const char* title : {"Blue Train", "AC/DC Live", "三毒史", "!!!", "Ágætis byrjun"}) {
            AlbumRequest request;
            request.album.title = title;
            CreditedArtist artist;
            artist.name = artist.artist.name = "Some One";
            request.album.artist_credit = {artist};
            requests.push_back(std::move(request));
        }
        m_store->albums().add_albums(requests, {});
        while (m_store->maintenance().index_albums(100) > 0) {
        }
    }

    std::size_t found(const SearchQuery& query) {
        std::size_t count = 0;
        m_store->catalogue().search(query, 10, [&](const store::SearchHit&) { ++count; });
        return count;
    }

  private:
    test::FakeClock m_clock;
    test::TemporaryFolder m_folder;
    std::unique_ptr<store::Store> m_store =
        store::open_store(m_folder.file("catalog.db"), {}, m_clock);
};

std::vector<std::string> lines_of(std::string_view input) {
    std::vector<std::string> lines;
    for (std::size_t start = 0; start <= input.size();) {
        const std::size_t end = std::min(input.find('\n', start), input.size());
        lines.emplace_back(input.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

void require_sound(const SearchQuery& query) {
    for (const SearchTerm& term : query.terms) {
        require(!term.any_of.empty(), "a term looks for something");
        for (const SearchPhrase& phrase : term.any_of) {
            require(!phrase.words.empty(), "a phrase has words");
            for (const std::string& word : phrase.words)
                require(!word.empty() && is_utf8(word), "words are text");
        }
    }
}

/// Whether the words say nothing of a field, a beginning or a phrase.
bool is_plain(const std::string& text) {
    return is_utf8(text) && text.find_first_of(":*\"") == std::string::npos &&
           text.find("“") == std::string::npos && text.find("”") == std::string::npos;
}

}  // namespace

void take(std::string_view input) {
    static Catalogue catalogue;
    const auto arguments = lines_of(input);
    const SearchQuery query = parse_search(arguments);
    require_sound(query);
    const std::size_t found = catalogue.found(query);
    require(catalogue.found(with_prefixes(query)) >= found, "beginnings find no less");
    const std::string whole{input};
    if (!is_plain(whole) || arguments.size() > 1 || !query.mbids.empty()) return;
    for (const SearchTerm& term : query.terms) {
        require(term.is_conjunction || term.occurs_in({SearchField::title, whole}),
                "a name has the words that were read from it");
    }
}

}  // namespace pressings::fuzz

#include "source/ws2/discography.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/json/search_json.hpp"
#include "source/ws2/artist_browse.hpp"
#include "source/ws2/ws2_lists.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;
/// The search and the releases of more are too much to lose with a worker that is killed.
constexpr std::size_t k_most_groups = 1'000;

/// What the search lists of the artist's groups; nothing if these are not as many as are counted,
/// or not those of the first page.
std::optional<std::vector<ListedEditions>> search_groups(Ws2Session& session, const Mbid& artist,
                                                         const ArtistList& list) {
    std::vector<ListedEditions> listings;
    std::unordered_set<Mbid> found;
    for (std::size_t offset = 0; offset < list.count();) {
        const std::string json = session.ask(
            fmt::format("/release-group?query={}&limit={}&offset={}&fmt=json",
                        percent_encoded("arid:" + artist.to_string()), k_page_limit, offset));
        const SearchPage page = parse_search_page(json);
        const auto listed = parse_listings(json);
        if (page.count != list.count() || page.received == 0 || listed.empty()) return {};
        listings.insert(listings.end(), listed.begin(), listed.end());
        for (const OfferedAlbum& offered : page.offered)
            found.insert(*offered.album.mbid);
        offset += page.received;
    }
    const auto& first = list.first_page();
    const bool is_exact = found.size() == list.count() &&
                          std::all_of(first.begin(), first.end(), [&](const Album& album) {
                              return found.contains(*album.mbid);
                          });
    return is_exact ? std::optional{std::move(listings)} : std::nullopt;
}

/// What is told by the first page and by the releases; nothing if that is not all.
std::optional<std::vector<Album>> confirmed(const ArtistList& list, const ArtistBrowse& browse) {
    std::vector<Album> albums = list.first_page();
    std::unordered_set<Mbid> known;
    for (const Album& album : albums)
        known.insert(*album.mbid);
    for (const auto& [mbid, group] : browse.met()) {
        if (known.insert(mbid).second) albums.push_back(group);
    }
    return albums.size() == list.count() ? std::optional{std::move(albums)} : std::nullopt;
}

/// Whether a page less is worth a try, for what fails here is met again, and told of, there.
bool is_passed_over(const SourceError& error) {
    return error.kind != ErrorKind::stopped && error.kind != ErrorKind::throttled &&
           error.reach == Reach::answered;
}

}  // namespace

ArtistGroups read_discography(Ws2Session& session, const Mbid& artist, const TypeFilter& types,
                              const std::string& inc) {
    ArtistList list{session, artist, types};
    const bool is_long = list.count() > k_page_limit && list.count() <= k_most_groups;
    if (!is_long || !types.wanted.empty()) return {list.all()};
    ArtistGroups found;
    try {
        if (const auto listings = search_groups(session, artist, list)) {
            ArtistBrowse browse{session, artist, {}, inc};
            browse.run(*listings);
            if (auto albums = confirmed(list, browse)) found.albums = std::move(*albums);
            found.whole = browse.take_whole();
        }
    } catch (const SourceError& error) {
        if (!is_passed_over(error)) throw;
    }
    if (found.albums.empty()) {
        found.albums = list.all();
    } else {
        std::erase_if(found.albums, [&](const Album& album) { return !is_taken(album, types); });
    }
    return found;
}

}  // namespace pressings::source

// What the search server answers: release groups and artists by their names.
#include <set>

#include "domain/album_match.hpp"
#include "fuzz/answer.hpp"
#include "fuzz/require_release.hpp"
#include "source/json/search_json.hpp"

namespace pressings::fuzz {

namespace {

void require_names(const std::vector<std::string>& names) {
    for (const std::string& name : names)
        require_storable(name);
}

void require_offered(const OfferedAlbum& offered) {
    require(offered.album.mbid && offered.album.title, "what is offered has an MBID and a title");
    require_whole(offered.album);
    require_names(offered.aliases);
    for (const auto& aliases : offered.artist_aliases)
        require_names(aliases);
    for (const OfferedAlbum::Edition& edition : offered.editions)
        require_storable(edition.title);
    require(offered.score.value_or(0) >= 0 && offered.score.value_or(0) <= 100, "a score is one");
}

/// Whatever was found, one album is asked for that is there, and it is either meant or not.
void require_matched(const std::vector<OfferedAlbum>& offered) {
    if (offered.empty()) return;
    const Album& first = offered.front().album;
    const AlbumMatch match = match_album({first.artist_credit, *first.title}, offered);
    require((match.verdict == MatchVerdict::safe) == match.mbid.has_value(), "safe is one group");
    require(match.candidates.size() <= k_most_candidates, "candidates are bounded");
    require(match.verdict == MatchVerdict::safe || !match.reason.empty(), "a refusal has a reason");
    for (const Candidate& candidate : match.candidates) {
        require_storable(candidate.title);
        require_storable(candidate.artist);
    }
}

void take_groups(std::string_view input) {
    if (const auto page = read_answer(input, source::parse_search_page)) {
        require(page->offered.size() <= page->received, "of what came, no more is read");
        for (const OfferedAlbum& offered : page->offered)
            require_offered(offered);
        require_matched(page->offered);
    }
    if (const auto offered = read_answer(input, source::parse_offered)) {
        if (*offered) require_offered(**offered);
    }
}

void take_listings(std::string_view input) {
    const auto listings = read_answer(input, source::parse_listings);
    if (!listings) return;
    std::set<Mbid> groups;
    for (const ListedEditions& listed : *listings) {
        require(groups.insert(listed.release_group).second, "a group is listed once");
        const std::set<Mbid> once{listed.releases.begin(), listed.releases.end()};
        require(once.size() == listed.releases.size(), "and each of its releases");
    }
}

void take_artists(std::string_view input) {
    read_answer(input, source::parse_artist_mbid);
    const auto found = read_answer(input, source::parse_artist_search);
    if (!found) return;
    for (const source::FoundArtist& artist : *found) {
        require_storable(artist.artist.name);
        require_names(artist.aliases);
    }
}

}  // namespace

void take(std::string_view input) {
    take_groups(input);
    take_listings(input);
    take_artists(input);
}

}  // namespace pressings::fuzz

#include "source/json/search_json.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "source/json/json_fields.hpp"
#include "source/json/odd_value.hpp"
#include "source/json/offered_json.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_found = 1'000;  // a page has 100
constexpr std::size_t k_most_entries = 10'000;

std::optional<FoundArtist> read_found(const JsonField& artist) {
    const auto mbid = artist["id"].mbid();
    const auto name = artist["name"].text();
    if (!mbid || !name) return std::nullopt;
    FoundArtist found;
    found.artist.mbid = mbid;
    found.artist.name = *name;
    found.artist.sort_name = artist["sort-name"].text();
    add_aliases(artist, found.aliases);
    return found;
}

/// Nothing where the list is not whole, or has what cannot be read.
std::optional<ListedEditions> read_listing(const JsonField& group) {
    try {
        ListedEditions listed{group["id"].required_mbid(), {}};
        const auto count = group["count"].number(0, std::numeric_limits<int>::max());
        std::set<Mbid> releases;
        group["releases"].for_each(k_most_entries, [&](const JsonField& release, std::size_t) {
            releases.insert(release["id"].required_mbid());
        });
        listed.releases.assign(releases.begin(), releases.end());
        const bool is_whole = count && static_cast<std::size_t>(*count) == releases.size();
        return is_whole ? std::optional{std::move(listed)} : std::nullopt;
    } catch (const OddValue&) {
        return std::nullopt;
    }
}

}  // namespace

SearchPage parse_search_page(std::string_view json) {
    const JsonDocument document{json, "the answer of the search"};
    const JsonField root = document.root();
    const JsonField groups = root["release-groups"];
    if (groups.is_missing()) groups.refuse("is missing");
    SearchPage page;
    page.count = static_cast<std::size_t>(
        root["count"].number(0, std::numeric_limits<int>::max()).value_or(0));
    groups.for_each(k_most_found, [&](const JsonField& group, std::size_t) {
        ++page.received;
        if (!group["id"].mbid() || !group["title"].text()) return;
        page.offered.push_back(read_offered(group));
    });
    return page;
}

std::optional<OfferedAlbum> parse_offered(std::string_view json) {
    const JsonDocument document{json, "the release group"};
    const JsonField group = document.root();
    if (!group["id"].mbid() || !group["title"].text()) return std::nullopt;
    return read_offered(group);
}

std::vector<ListedEditions> parse_listings(std::string_view json) {
    const JsonDocument document{json, "the answer of the search"};
    const JsonField root = document.root();
    const JsonField groups = root["release-groups"];
    if (groups.is_missing()) groups.refuse("is missing");
    std::vector<ListedEditions> listings;
    std::map<Mbid, int> times;
    groups.for_each(k_most_found, [&](const JsonField& group, std::size_t) {
        auto listed = read_listing(group);
        if (!listed) return;
        ++times[listed->release_group];
        listings.push_back(std::move(*listed));
    });
    std::erase_if(listings, [&](const auto& listed) { return times[listed.release_group] > 1; });
    return listings;
}

std::vector<FoundArtist> parse_artist_search(std::string_view json) {
    const JsonDocument document{json, "the answer of the search for artists"};
    const JsonField root = document.root();
    const JsonField artists = root["artists"];
    if (artists.is_missing()) artists.refuse("is missing");
    std::vector<FoundArtist> found;
    artists.for_each(k_most_found, [&](const JsonField& artist, std::size_t) {
        if (auto read = read_found(artist)) found.push_back(std::move(*read));
    });
    return found;
}

std::optional<Mbid> parse_artist_mbid(std::string_view json) {
    const JsonDocument document{json, "the answer about an artist"};
    const JsonField root = document.root();
    return root["id"].mbid();
}

}  // namespace pressings::source

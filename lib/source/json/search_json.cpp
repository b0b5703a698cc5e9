#include "source/json/search_json.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "source/json/json_fields.hpp"
#include "source/json/json_parts.hpp"
#include "source/json/odd_value.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_found = 1'000;  // a page has 100
constexpr std::size_t k_most_aliases = 200;
constexpr std::size_t k_most_entries = 10'000;

/// An artist has a few dozen at most; what is beyond the bound is no loss.
void read_aliases(const JsonField& owner, std::vector<std::string>& aliases) {
    const JsonField list = owner["aliases"];
    list.for_each(k_most_entries, [&](const JsonField& alias, std::size_t) {
        if (aliases.size() >= k_most_aliases) return;
        for (const char* key : {"name", "sort-name"}) {
            if (auto name = alias[key].text()) aliases.push_back(std::move(*name));
        }
    });
}

std::optional<int> read_score(const JsonField& score) {
    const auto value = score.number(0, std::numeric_limits<int>::max());
    return value ? std::optional{static_cast<int>(std::min<std::int64_t>(*value, 100))}
                 : std::nullopt;
}

OfferedAlbum read_offered(const JsonField& group) {
    OfferedAlbum offered;
    offered.album = read_release_group(group);
    offered.score = read_score(group["score"]);
    read_aliases(group, offered.aliases);
    group["releases"].for_each(k_most_entries, [&](const JsonField& release, std::size_t) {
        if (offered.editions.size() >= k_most_aliases) return;
        if (auto title = release["title"].text()) {
            offered.editions.push_back({std::move(*title), release["status"].text()});
        }
    });
    group["artist-credit"].for_each(k_most_entries, [&](const JsonField& credited, std::size_t) {
        read_aliases(credited["artist"], offered.artist_aliases.emplace_back());
    });
    return offered;
}

std::optional<FoundArtist> read_found(const JsonField& artist) {
    const auto mbid = artist["id"].mbid();
    const auto name = artist["name"].text();
    if (!mbid || !name) return std::nullopt;
    FoundArtist found;
    found.artist.mbid = mbid;
    found.artist.name = *name;
    found.artist.sort_name = artist["sort-name"].text();
    read_aliases(artist, found.aliases);
    return found;
}

std::optional<NamedRelease> read_named_release(const JsonField& release) {
    const JsonField group = release["release-group"];
    const auto mbid = group["id"].mbid();
    const auto title = release["title"].text();
    if (!mbid || !title) return std::nullopt;
    NamedRelease found;
    found.release_group = *mbid;
    found.edition = {*title, release["status"].text()};
    found.offered = read_offered(release);
    Album& album = found.offered.album;
    album.mbid = mbid;
    album.primary_type = group["primary-type"].text();
    album.first_release_date.reset();
    album.disambiguation.reset();
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

std::vector<NamedRelease> parse_named_releases(std::string_view json) {
    const JsonDocument document{json, "the answer of the search for releases"};
    const JsonField root = document.root();
    const JsonField releases = root["releases"];
    if (releases.is_missing()) releases.refuse("is missing");
    std::vector<NamedRelease> found;
    releases.for_each(k_most_found, [&](const JsonField& release, std::size_t) {
        if (auto read = read_named_release(release)) found.push_back(std::move(*read));
    });
    return found;
}

std::optional<NamedRelease> parse_named_release(std::string_view json) {
    const JsonDocument document{json, "the release"};
    return read_named_release(document.root());
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

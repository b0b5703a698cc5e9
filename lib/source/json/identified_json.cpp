#include "source/json/identified_json.hpp"

#include <limits>
#include <utility>

#include "source/json/json_fields.hpp"
#include "source/json/json_parts.hpp"
#include "source/json/odd_value.hpp"
#include "source/json/offered_json.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_found = 1'000;     // a page has 100
constexpr std::size_t k_most_related = 20'000;  // a page about an album has a few

OfferedAlbum::Edition read_edition(const JsonField& release) {
    return {release["title"].text().value_or(""), release["status"].text()};
}

/// The group that a release is of; by the artists of the release, where its own are not told.
std::optional<OfferedAlbum> read_group_of(const JsonField& release,
                                          const OfferedAlbum::Edition& edition) {
    const JsonField group = release["release-group"];
    if (group["id"].is_missing()) return std::nullopt;
    OfferedAlbum offered;
    if (group["title"].text()) {
        offered.album = read_release_group(group);
    } else {
        offered.album.mbid = group["id"].required_mbid();
    }
    if (offered.album.artist_credit.empty()) {
        offered.album.artist_credit = read_artist_credit(release["artist-credit"]);
    }
    if (!edition.title.empty()) offered.editions.push_back(edition);
    return offered;
}

std::optional<OfferedAlbum> read_named(const JsonField& release) {
    const JsonField group = release["release-group"];
    const auto mbid = group["id"].mbid();
    if (!mbid || !release["title"].text()) return std::nullopt;
    OfferedAlbum offered = read_offered(release);
    Album& album = offered.album;
    album.mbid = mbid;
    album.primary_type = group["primary-type"].text();
    album.first_release_date.reset();
    album.disambiguation.reset();
    return offered;
}

FoundRelease read_found_release(const JsonField& release) {
    FoundRelease found;
    found.mbid = release["id"].required_mbid();
    found.edition = read_edition(release);
    found.barcode = release["barcode"].text();
    found.label_info = read_label_info(release["label-info"]);
    found.group = read_group_of(release, found.edition);
    found.named = read_named(release);
    return found;
}

Album read_linked_group(const JsonField& group) {
    if (group["title"].text()) return read_release_group(group);
    Album album;
    album.mbid = group["id"].required_mbid();
    return album;
}

/// The group that a link leads to, under either name that the service gives it.
std::optional<Album> read_linked_group_of(const JsonField& relation) {
    for (const char* key : {"release-group", "release_group"}) {
        const JsonField group = relation[key];
        if (!group["id"].is_missing()) return read_linked_group(group);
    }
    return std::nullopt;
}

/// Its links are of many kinds, of which two are read.
LinkedUrl read_linked_url(const JsonField& url) {
    LinkedUrl linked;
    linked.url = url["resource"].required_text();
    const JsonField relations = url["relations"];
    relations.for_each(k_most_related, [&](const JsonField& relation, std::size_t) {
        if (auto group = read_linked_group_of(relation)) {
            OfferedAlbum offered;
            offered.album = std::move(*group);
            linked.groups.push_back(std::move(offered));
            return;
        }
        const JsonField release = relation["release"];
        const JsonField mbid = release["id"];
        if (!mbid.is_missing()) linked.releases.push_back(mbid.required_mbid());
    });
    return linked;
}

std::size_t read_count(const JsonField& root) {
    for (const char* key : {"count", "release-count"}) {
        const auto count = root[key].number(0, std::numeric_limits<int>::max());
        if (count) return static_cast<std::size_t>(*count);
    }
    return 0;
}

}  // namespace

FoundReleases parse_found_releases(std::string_view json) {
    const JsonDocument document{json, "the list of releases"};
    const JsonField root = document.root();
    const JsonField releases = root["releases"];
    if (releases.is_missing()) releases.refuse("is missing");
    FoundReleases found;
    found.count = read_count(root);
    releases.for_each(k_most_found, [&](const JsonField& release, std::size_t) {
        ++found.received;
        try {
            found.releases.push_back(read_found_release(release));
        } catch (const OddValue&) {
            // It is none that could be taken: what is told of it cannot be read.
        }
    });
    return found;
}

FoundRelease parse_found_release(std::string_view json) {
    const JsonDocument document{json, "the release"};
    const JsonField root = document.root();
    return read_found_release(root);
}

std::vector<LinkedUrl> parse_linked_urls(std::string_view json) {
    const JsonDocument document{json, "the answer about URLs"};
    const JsonField root = document.root();
    std::vector<LinkedUrl> linked;
    const JsonField urls = root["urls"];
    if (urls.is_missing()) {
        linked.push_back(read_linked_url(root));
        return linked;
    }
    urls.for_each(k_most_found, [&](const JsonField& url, std::size_t) {
        linked.push_back(read_linked_url(url));
    });
    return linked;
}

}  // namespace pressings::source

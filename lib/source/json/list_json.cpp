#include "source/json/list_json.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

#include "source/json/json_fields.hpp"
#include "source/json/json_parts.hpp"
#include "source/json/odd_value.hpp"
#include "source/json/release_json.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_listed = 1'000;   // a page has 100
constexpr std::size_t k_most_parts = 100'000;  // the longest series has some thousand
constexpr std::string_view k_part_of = "part of";

EntityFacts read_entity(const JsonField& entity) {
    EntityFacts facts{entity["id"].required_mbid(), std::nullopt};
    try {
        facts.name = entity["name"].text();
    } catch (const OddValue&) {  // it is looked at, however it is called
    }
    return facts;
}

Album read_group(const JsonField& group) {
    Album album;
    album.mbid = group["id"].required_mbid();
    try {
        album = read_release_group(group);
    } catch (const OddValue&) {  // its own import tells of that
    }
    return album;
}

std::optional<Album> read_group_of(const JsonField& release) {
    const JsonField group = release["release-group"];
    const JsonField mbid = group["id"];
    if (mbid.is_missing()) return std::nullopt;
    return read_group(group);
}

bool is_part(const JsonField& relation) {
    const JsonField type = relation["type"];
    return type.text() == k_part_of;
}

}  // namespace

EntityFacts parse_entity(std::string_view json) {
    const JsonDocument document{json, "the answer about an artist or a label"};
    return read_entity(document.root());
}

ListPage parse_listed_groups(std::string_view json) {
    GroupPage groups = parse_group_page(json);
    ListPage page;
    page.count = static_cast<std::size_t>(groups.count);
    for (const Album& album : groups.albums)
        page.items.push_back(album.mbid.value());
    page.albums = std::move(groups.albums);
    return page;
}

ListPage parse_listed_releases(std::string_view json) {
    const JsonDocument document{json, "the list of a label's releases"};
    const JsonField root = document.root();
    const JsonField releases = root["releases"];
    const JsonField count_field = root["release-count"];
    const auto count = count_field.small_number(0, std::numeric_limits<int>::max());
    if (releases.is_missing()) releases.refuse("is missing");
    if (!count) count_field.refuse("is missing");  // an empty text says no more than none
    ListPage page;
    page.count = static_cast<std::size_t>(*count);
    releases.for_each(k_most_listed, [&](const JsonField& release, std::size_t) {
        page.items.push_back(release["id"].required_mbid());
        if (auto album = read_group_of(release)) page.albums.push_back(std::move(*album));
    });
    return page;
}

SeriesParts parse_series(std::string_view json) {
    const JsonDocument document{json, "the series"};
    const JsonField root = document.root();
    SeriesParts parts{read_entity(root), root["type"].text().value_or(""), {}, {}};
    std::unordered_set<Mbid> known;
    const JsonField relations = root["relations"];
    relations.for_each(k_most_parts, [&](const JsonField& relation, std::size_t) {
        if (!is_part(relation)) return;
        const JsonField group = relation["release_group"];
        const JsonField release = relation["release"];
        if (!group.is_missing()) {
            Album album = read_group(group);
            if (known.insert(*album.mbid).second) parts.groups.push_back(std::move(album));
        } else if (!release.is_missing()) {
            const Mbid mbid = release["id"].required_mbid();
            if (known.insert(mbid).second) parts.releases.push_back(mbid);
        }
    });
    return parts;
}

std::optional<Album> parse_group_of_release(std::string_view json) {
    const JsonDocument document{json, "the release"};
    const JsonField release = document.root();
    return read_group_of(release);
}

}  // namespace pressings::source

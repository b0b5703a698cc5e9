#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "source/json/json_codes.hpp"
#include "source/json/json_parts.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_entries = 10'000;
constexpr int k_most_tracks_on_disc = 99;
constexpr int k_most_images = 1'000'000;
constexpr int k_most_votes = 1'000'000'000;
constexpr int k_last_sector = 10'000'000;  // a CD has some 400,000

/// Reads and sorts: what a server prints in another order is no other list.
template <typename Item, typename Read>
std::optional<std::vector<Item>> read_sorted(const JsonField& list, Read read) {
    if (list.is_missing()) return std::nullopt;
    std::vector<Item> items;
    list.for_each(k_most_entries, [&](const JsonField& field, std::size_t) {
        if (auto item = read(field)) items.push_back(std::move(*item));
    });
    std::sort(items.begin(), items.end());
    return items;
}

std::optional<Alias> read_alias(const JsonField& alias) {
    Alias read;
    read.name = alias["name"].required_text();
    read.sort_name = alias["sort-name"].text();
    read.locale = read_term(alias["locale"]);
    read.type = read_term(alias["type"]);
    read.primary = alias["primary"].flag();
    read.begin = alias["begin"].date();
    read.end = alias["end"].date();
    read.ended = alias["ended"].flag();
    return read;
}

std::optional<Genre> read_genre(const JsonField& genre) {
    const auto name = read_term(genre["name"]);
    return Genre{name ? *name : genre["name"].required_text(), genre["id"].mbid(),
                 genre["count"].small_number(-k_most_votes, k_most_votes)};
}

/// MusicBrainz takes at most 99 tracks, each after the one before it; servers of old discs are not
/// that strict, so only the range is checked.
std::vector<int> read_offsets(const JsonField& list) {
    std::vector<int> offsets;
    list.for_each(k_most_tracks_on_disc, [&](const JsonField& offset, std::size_t) {
        const auto sector = offset.small_number(0, k_last_sector);
        if (!sector) offset.refuse("is missing");
        offsets.push_back(*sector);
    });
    return offsets;
}

std::optional<Disc> read_disc(const JsonField& disc) {
    return Disc{read_disc_id(disc["id"]), disc["sectors"].small_number(0, k_last_sector),
                disc["offset-count"].small_number(0, k_most_tracks_on_disc),
                read_offsets(disc["offsets"])};
}

/// https://musicbrainz.org/relationship/fc399d47-23a7-4c28-bfcf-0607a562b644
constexpr std::string_view k_transliteration = "transl-tracklisting";

/// Told by the release that it is made of, too: there the direction is "forward".
std::optional<Mbid> read_original(const JsonField& relation) {
    const JsonField release = relation["release"];
    const JsonField type = relation["type"];
    const JsonField direction = relation["direction"];
    if (release.is_missing() || type.text() != k_transliteration) return std::nullopt;
    if (direction.text() != "backward") return std::nullopt;
    return release["id"].required_mbid();
}

/// Relations to anything but a URL are passed over.
std::optional<ReleaseUrl> read_relation(const JsonField& relation) {
    const JsonField url = relation["url"];
    if (url.is_missing()) return std::nullopt;
    const auto type = read_term(relation["type"]);
    ReleaseUrl read;
    read.type = type ? *type : relation["type"].required_text();
    read.url = read_url(url["resource"]);
    read.begin = relation["begin"].date();
    read.end = relation["end"].date();
    read.ended = relation["ended"].flag();
    return read;
}

}  // namespace

std::optional<std::vector<Alias>> read_aliases(const JsonField& aliases) {
    return read_sorted<Alias>(aliases, read_alias);
}

std::optional<std::vector<Genre>> read_genres(const JsonField& genres) {
    return read_sorted<Genre>(genres, read_genre);
}

std::optional<std::vector<Disc>> read_discs(const JsonField& discs) {
    return read_sorted<Disc>(discs, read_disc);
}

std::optional<std::vector<ReleaseUrl>> read_urls(const JsonField& relations) {
    return read_sorted<ReleaseUrl>(relations, read_relation);
}

std::vector<Mbid> read_originals(const JsonField& relations) {
    auto originals = read_sorted<Mbid>(relations, read_original).value_or(std::vector<Mbid>{});
    originals.erase(std::unique(originals.begin(), originals.end()), originals.end());
    return originals;
}

std::optional<CoverArt> read_cover_art(const JsonField& archive) {
    CoverArt read;
    read.artwork = archive["artwork"].flag();
    read.front = archive["front"].flag();
    read.back = archive["back"].flag();
    read.count = archive["count"].small_number(0, k_most_images);
    read.darkened = archive["darkened"].flag();
    if (read == CoverArt{}) return std::nullopt;
    return read;
}

}  // namespace pressings::source

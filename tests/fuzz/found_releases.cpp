// What albums are found by other than a list of groups: releases of a title or with a barcode,
// those of a collection or a disc, and the pages of Discogs'.
#include "fuzz/answer.hpp"
#include "fuzz/require_release.hpp"
#include "source/json/identified_json.hpp"

namespace pressings::fuzz {

namespace {

void require_offered(const OfferedAlbum& offered) {
    require(offered.album.mbid.has_value(), "a group has an MBID");
    if (offered.album.title) require_whole(offered.album);
    for (const OfferedAlbum::Edition& edition : offered.editions)
        require_storable(edition.title);
}

void require_found(const source::FoundRelease& found) {
    if (found.barcode) require_storable(*found.barcode);
    for (const LabelInfo& info : found.label_info) {
        if (info.catalog_number) require_storable(*info.catalog_number);
        if (info.label) require_storable(info.label->name);
    }
    require_storable(found.edition.title);
    if (found.group) require_offered(*found.group);
    if (!found.named) return;
    require_offered(*found.named);
    require(found.named->album.title.has_value(), "what is offered for a name has a title");
    const Album& album = found.named->album;
    const AlbumMatch match = match_album({album.artist_credit, *album.title}, {&*found.named, 1});
    require((match.verdict == MatchVerdict::safe) == match.mbid.has_value(), "safe is one group");
}

}  // namespace

void take(std::string_view input) {
    if (const auto found = read_answer(input, source::parse_found_releases)) {
        require(found->releases.size() <= found->received, "of what came, no more is read");
        for (const source::FoundRelease& release : found->releases)
            require_found(release);
    }
    if (const auto found = read_answer(input, source::parse_found_release)) require_found(*found);
    const auto linked = read_answer(input, source::parse_linked_urls);
    if (!linked) return;
    for (const source::LinkedUrl& url : *linked) {
        require_storable(url.url);
        for (const OfferedAlbum& group : url.groups)
            require_offered(group);
    }
}

}  // namespace pressings::fuzz

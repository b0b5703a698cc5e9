#include "domain/told.hpp"

#include <algorithm>

namespace pressings {

namespace {

template <typename Value>
void fill(std::optional<Value>& told, const std::optional<Value>& stored) {
    if (!told) told = stored;
}

void fill(ArtistCredit& told, const ArtistCredit& stored) {
    if (told.empty()) told = stored;
}

/// Whether both may be the same thing: where one has no MBID there is nothing against it.
bool may_be_same(const std::optional<Mbid>& a, const std::optional<Mbid>& b) {
    return !a || !b || a == b;
}

void fill(Recording& told, const Recording& stored) {
    if (told.mbid != stored.mbid) return;
    fill(told.artist_credit, stored.artist_credit);
    if (!told.isrcs_told.told) told.isrcs = stored.isrcs;
}

void fill(Track& told, const Track& stored) {
    if (told.kind != stored.kind || !may_be_same(told.mbid, stored.mbid)) return;
    fill(told.artist_credit, stored.artist_credit);
    if (told.recording && stored.recording) fill(*told.recording, *stored.recording);
    fill(told.recording, stored.recording);
}

/// The item of the same position, if there is one.
template <typename Item>
const Item* counterpart(const Item& item, const std::vector<Item>& items) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& other) {
        return other.position == item.position;
    });
    return found == items.end() ? nullptr : &*found;
}

void fill(Medium& told, const Medium& stored) {
    if (!may_be_same(told.mbid, stored.mbid)) return;
    fill(told.discs, stored.discs);
    if (told.tracks && stored.tracks) {
        for (Track& track : *told.tracks) {
            if (const Track* other = counterpart(track, *stored.tracks)) fill(track, *other);
        }
    } else if (told.track_count == stored.track_count) {
        fill(told.tracks, stored.tracks);
    }
}

}  // namespace

Release fill_untold(Release told, const Release& stored) {
    fill(told.artist_credit, stored.artist_credit);
    fill(told.cover_art, stored.cover_art);
    if (!told.urls) told.originals = stored.originals;
    fill(told.urls, stored.urls);
    fill(told.aliases, stored.aliases);
    fill(told.genres, stored.genres);
    if (!told.label_info_told.told) told.label_info = stored.label_info;
    if (!told.media_told.told) told.media = stored.media;
    for (Medium& medium : told.media) {
        if (const Medium* other = counterpart(medium, stored.media)) fill(medium, *other);
    }
    return told;
}

}  // namespace pressings

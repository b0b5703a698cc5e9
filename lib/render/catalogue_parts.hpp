#pragma once

#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// A release, with the album that it is of.
struct ReleaseOfAlbum {
    const store::AlbumRecord& album;
    const store::ReleaseRecord& release;
};

/// A track, with all that it is part of.
struct TrackOfRelease {
    const store::AlbumRecord& album;
    const store::ReleaseRecord& release;
    const Medium& medium;
    const Track& track;
};

/// Calls `each` with every track of a release as a TrackOfRelease, in their order.
template <typename Each>
void for_each_track(const ReleaseOfAlbum& of, const Each& each) {
    for (const Medium& medium : of.release.release.media) {
        if (!medium.tracks) continue;
        for (const Track& track : *medium.tracks)
            each(TrackOfRelease{of.album, of.release, medium, track});
    }
}

}  // namespace pressings::render

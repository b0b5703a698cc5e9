#pragma once

#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// A release, with the album that it is of.
struct ReleaseOfAlbum {
    const store::AlbumRecord& album;
    const store::ReleaseRecord& release;
};

}  // namespace pressings::render

#pragma once

#include <string>
#include <vector>

#include "render/catalogue_parts.hpp"

namespace pressings::render {

/// The catalogue as rows of CSV. Names are those of the JSON where there is one; what is not known
/// is empty; lists are joined by "; " in their order, an empty place kept where another list goes
/// along with it. album-import reads the albums' rows.
std::vector<std::string> album_columns();
std::vector<std::string> album_cells(const store::AlbumRecord& album);

std::vector<std::string> release_columns();
std::vector<std::string> release_cells(const ReleaseOfAlbum& of);

std::vector<std::string> track_columns();
std::vector<std::string> track_cells(const store::TrackRecord& track);

}  // namespace pressings::render

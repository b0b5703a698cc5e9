#pragma once

#include <nlohmann/json_fwd.hpp>

#include "store/catalogue_reader.hpp"

namespace pressings {

/// An album as JSON, with those of its releases that fit `filter`, each with its tracks.
nlohmann::ordered_json album_with_releases(store::CatalogueReader& catalogue,
                                           const store::AlbumRecord& album,
                                           store::ReleaseFilter filter);

}  // namespace pressings

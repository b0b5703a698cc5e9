#pragma once

#include <nlohmann/json_fwd.hpp>

#include "store/catalogue_reader.hpp"

namespace pressings {

/// What could not be read of an album at its last import.
std::vector<store::OddityRecord> oddities_of(store::CatalogueReader& catalogue,
                                             std::int64_t album_id);

/// An album as JSON, with those of its releases that fit `filter`, each with its tracks, and with
/// its oddities.
nlohmann::ordered_json album_with_releases(store::CatalogueReader& catalogue,
                                           const store::AlbumRecord& album,
                                           store::ReleaseFilter filter);

}  // namespace pressings

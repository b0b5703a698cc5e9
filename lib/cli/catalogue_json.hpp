#pragma once

#include <nlohmann/json_fwd.hpp>

#include "store/catalogue_reader.hpp"

namespace pressings::cli {

/// The catalogue as JSON; the schemas are schema/json/album.json, release.json,
/// change.json and stats.json.
nlohmann::ordered_json album_json(const store::AlbumRecord& album);
nlohmann::ordered_json release_json(const store::ReleaseRecord& release);
nlohmann::ordered_json change_json(const store::ChangeRecord& change);
nlohmann::ordered_json stats_json(const store::CatalogueStats& stats);

}  // namespace pressings::cli

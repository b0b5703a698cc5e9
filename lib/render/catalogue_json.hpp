#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "render/catalogue_parts.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// The catalogue as JSON; the schemas are schema/json/album.json, release.json, change.json
/// and oddity.json. Tracks by themselves: see track_lines.hpp.

/// The artists of a credit; and the credit as it reads, null for none.
nlohmann::ordered_json credit_json(const ArtistCredit& credit);
nlohmann::ordered_json credit_line(const ArtistCredit& credit);
nlohmann::ordered_json album_json(const store::AlbumRecord& album);
nlohmann::ordered_json hit_json(const store::SearchHit& hit);
nlohmann::ordered_json release_json(const store::ReleaseRecord& release);
nlohmann::ordered_json change_json(const store::ChangeRecord& change);
nlohmann::ordered_json oddity_json(const store::OddityRecord& oddity);
nlohmann::ordered_json oddities_json(const std::vector<store::OddityRecord>& oddities);

}  // namespace pressings::render

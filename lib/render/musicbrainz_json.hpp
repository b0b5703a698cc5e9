#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/catalogue.hpp"

namespace pressings::render {

/// What the catalogue knows as MusicBrainz's web service and its dumps write it
/// (https://musicbrainz.org/doc/MusicBrainz_API), so that whoever reads those reads this. What is
/// not known is null, or an empty text where that is MusicBrainz's way; a list that was not told is
/// left out.
nlohmann::ordered_json musicbrainz_json(const Album& release_group);
/// With its release group, as in a line of the dump `release`.
nlohmann::ordered_json musicbrainz_json(const Release& release, const Album& release_group);
/// The same without it.
nlohmann::ordered_json musicbrainz_json(const Release& release);

}  // namespace pressings::render

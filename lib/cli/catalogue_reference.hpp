#pragma once

#include <cstdint>
#include <string>

#include "store/catalogue_reader.hpp"

namespace pressings::cli {

/// The id of the album that `text` names: an id of the catalogue, or an MBID. UsageError if it is
/// neither, or there is no such album.
std::int64_t find_album(store::CatalogueReader& catalogue, const std::string& text);

}  // namespace pressings::cli

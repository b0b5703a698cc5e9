#pragma once

#include "options.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings {

/// What the options ask for, the same for lists of albums, releases and tracks. UsageError if the
/// album is not there, or --since says no time.
store::Filter filter_of(const FilterOptions& options, store::CatalogueReader& catalogue);

store::AlbumFilter album_filter(const FilterOptions& options, store::CatalogueReader& catalogue);
store::ReleaseFilter release_filter(const FilterOptions& options,
                                    store::CatalogueReader& catalogue);

}  // namespace pressings

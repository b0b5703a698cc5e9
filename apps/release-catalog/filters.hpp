#pragma once

#include "options.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings {

/// What the options ask for, the same for lists of albums, releases and tracks. Values that nothing
/// has are named on standard error. UsageError if the album is not there, or --since says no time.
store::Filter filter_of(const FilterOptions& options, store::CatalogueReader& catalogue);

store::AlbumFilter album_filter(const FilterOptions& options, store::CatalogueReader& catalogue);
store::ReleaseFilter release_filter(const FilterOptions& options,
                                    store::CatalogueReader& catalogue);

/// For a list that is empty; on standard error.
void say_nothing_found();

}  // namespace pressings

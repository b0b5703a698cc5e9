#pragma once

#include <unicode/normalizer2.h>

namespace pressings {

/// Unicode's compatible decomposition (NFKD). LibraryError if there are no data for it.
const icu::Normalizer2& compatible_decomposition();

}  // namespace pressings

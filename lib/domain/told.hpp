#pragma once

#include "domain/catalogue.hpp"

namespace pressings {

/// A source may be asked for less than it has: what it was not asked for, it has not told. This is
/// `told` with what it leaves open taken from `stored`, the same release as it was known before.
/// What it says there is none of stays away.
Release fill_untold(Release told, const Release& stored);

}  // namespace pressings

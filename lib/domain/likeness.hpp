#pragma once

#include "domain/name_match.hpp"

namespace pressings {

/// How much alike two names look, 0 to 100: by the pairs of letters that they share, by how many
/// letters would have to be changed, by the words of the shorter that the longer has; the highest
/// of these. 100 is not the same: see closeness.
int likeness(const Name& told, const Name& found);

}  // namespace pressings

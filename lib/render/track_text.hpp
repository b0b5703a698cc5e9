#pragma once

#include <string>
#include <vector>

#include "domain/catalogue.hpp"

namespace pressings::render {

/// What an edition has in it, a line each, indented: its cover art, links, media with disc ids, and
/// tracks. None of this is escaped.
std::vector<std::string> release_lines(const Release& release);

}  // namespace pressings::render

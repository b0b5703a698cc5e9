#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/served_releases.hpp"

namespace pressings::test {

using Parameters = std::map<std::string, std::string>;

/// GET /ws/2/release-group?query=…: those of `groups` (JSON texts) whose title has the first phrase
/// of the query in it, any case, and whose artist credit the second or, behind "arid:", its artist.
/// The real search ranks by likeness and finds much more; limits are alike.
ServedAnswer search_groups(const std::vector<std::string>& groups, const Parameters& parameters);

/// GET /ws/2/release-group?artist=MBID, with `type`.
ServedAnswer browse_groups(const std::vector<std::string>& groups, const Parameters& parameters);

}  // namespace pressings::test

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/mbid.hpp"

namespace pressings::mirror {

/// The release groups that a search names by their MBIDs, "rgid:A" or "rgid:(A OR B)", each once;
/// nothing if it is any other search. What it names is looked up, for words are no matter of it.
std::optional<std::vector<Mbid>> groups_of_query(std::string_view query);

}  // namespace pressings::mirror

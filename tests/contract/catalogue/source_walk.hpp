#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace pressings::test {

/// Walks a release as MusicBrainz has it and as the catalogue has it, side by side. What differs,
/// and what MusicBrainz says that the walk knows no place for, each with its path.
std::vector<std::string> differences(const nlohmann::ordered_json& source,
                                     const nlohmann::ordered_json& catalogue);

}  // namespace pressings::test

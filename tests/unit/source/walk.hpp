#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "domain/catalogue.hpp"

namespace pressings::test {

using Json = nlohmann::json;

/// Compares what was parsed with the document it is from, field by field, by doctest's CHECK.
/// Written apart from the parser: what both say is what MusicBrainz said.
void check_release(const Release& release, const Json& json);
void check_group(const Album& album, const Json& json);

/// The genuine answers in a folder of tests/data/musicbrainz, sorted by name.
std::vector<std::filesystem::path> answers_in(const std::string& folder);

std::string read_file(const std::filesystem::path& path);

}  // namespace pressings::test

#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace pressings::test {

/// Holds a document against schema/json/NAME.json; what is wrong with it, empty if nothing is.
std::vector<std::string> schema_faults(const std::string& name, const nlohmann::json& document);

}  // namespace pressings::test

#pragma once

#include <cstdint>
#include <span>
#include <string>

/// What stands in a statement for the numbers of a list, which is parameter `n`: "id IN …".
#define PRESSINGS_IDS(n) "(SELECT value + 0 FROM json_each((?" #n ")))"

namespace pressings::store::sql {

/// As a parameter for PRESSINGS_IDS.
std::string id_list(std::span<const std::int64_t> ids);

/// Names of queues, as a parameter for json_each. A name holds no quote or backslash: it is checked
/// where it comes in, and one that did would match nothing.
std::string name_list(std::span<const std::string> names);

}  // namespace pressings::store::sql

#pragma once

#include <optional>
#include <string>

namespace pressings {

/// For a write that failed for no reason that is known better: what the limit on the size of files
/// has to do with it; nothing where there is no limit.
std::optional<std::string> size_limit_hint();

}  // namespace pressings

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pressings {

/// A short list as one text; nothing for an empty one. No item may have the separator in
/// it.
std::optional<std::string> join_list(const std::vector<std::string>& items, char separator);

/// The list again.
std::vector<std::string> split_list(std::string_view text, char separator);

}  // namespace pressings

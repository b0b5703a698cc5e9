#include "base/text_list.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace pressings {

std::optional<std::string> join_list(const std::vector<std::string>& items, char separator) {
    if (items.empty()) return std::nullopt;
    return fmt::format("{}", fmt::join(items, std::string_view{&separator, 1}));
}

std::vector<std::string> split_list(std::string_view text, char separator) {
    std::vector<std::string> items;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find(separator, start), text.size());
        items.emplace_back(text.substr(start, end - start));
        start = end + 1;
    }
    return items;
}

}  // namespace pressings

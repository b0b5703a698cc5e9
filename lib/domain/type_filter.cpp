#include "domain/type_filter.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/text_list.hpp"

namespace pressings {

namespace {

constexpr char k_between = ',';
constexpr char k_not = '-';

bool is_of_type(const Album& album, std::string_view type) {
    const std::string folded = ascii_lower(type);
    const auto& secondary = album.secondary_types;
    return ascii_lower(album.primary_type.value_or("")) == folded ||
           std::any_of(secondary.begin(), secondary.end(),
                       [&](const std::string& one) { return ascii_lower(one) == folded; });
}

bool is_of_any(const Album& album, const std::vector<std::string>& types) {
    return std::any_of(types.begin(), types.end(),
                       [&](const std::string& type) { return is_of_type(album, type); });
}

}  // namespace

bool is_taken(const Album& album, const TypeFilter& filter) {
    const bool is_known = album.title.has_value();
    if (!is_known) return true;
    if (is_of_any(album, filter.excluded)) return false;
    return filter.wanted.empty() || is_of_any(album, filter.wanted);
}

std::string to_text(const TypeFilter& filter) {
    std::vector<std::string> items = filter.wanted;
    for (const std::string& type : filter.excluded)
        items.push_back(k_not + type);
    return join_list(items, k_between).value_or("");
}

TypeFilter parse_type_filter(std::string_view text) {
    TypeFilter filter;
    for (const std::string& item : split_list(text, k_between)) {
        if (item.starts_with(k_not)) {
            filter.excluded.push_back(item.substr(1));
        } else {
            filter.wanted.push_back(item);
        }
    }
    return filter;
}

}  // namespace pressings

#include "mirror/ws2/group_search.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/text_list.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_longest = 8 << 10;
constexpr std::string_view k_field = "rgid:";

/// What stands in the brackets, or alone.
std::optional<std::string_view> named(std::string_view query) {
    if (!query.starts_with(k_field)) return std::nullopt;
    query.remove_prefix(k_field.size());
    if (!query.starts_with('(')) return query;
    if (!query.ends_with(')')) return std::nullopt;
    return trim(query.substr(1, query.size() - 2));
}

}  // namespace

std::optional<std::vector<Mbid>> groups_of_query(std::string_view query) {
    if (query.size() > k_longest) return std::nullopt;
    const auto list = named(trim(query));
    if (!list) return std::nullopt;
    std::vector<Mbid> groups;
    bool is_term = false;  // the last word was one
    for (const std::string& word : split_list(*list, ' ')) {
        if (word.empty()) continue;
        if (word == "OR" && is_term) {
            is_term = false;
            continue;
        }
        const auto group = Mbid::parse(word);
        if (!group) return std::nullopt;
        is_term = true;
        if (std::find(groups.begin(), groups.end(), *group) == groups.end()) {
            groups.push_back(*group);
        }
    }
    if (!is_term) return std::nullopt;
    return groups;
}

}  // namespace pressings::mirror

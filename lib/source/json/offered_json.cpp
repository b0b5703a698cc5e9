#include "source/json/offered_json.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "source/json/json_parts.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_aliases = 200;
constexpr std::size_t k_most_entries = 10'000;

std::optional<int> read_score(const JsonField& score) {
    const auto value = score.number(0, std::numeric_limits<int>::max());
    return value ? std::optional{static_cast<int>(std::min<std::int64_t>(*value, 100))}
                 : std::nullopt;
}

}  // namespace

void add_aliases(const JsonField& owner, std::vector<std::string>& aliases) {
    const JsonField list = owner["aliases"];
    list.for_each(k_most_entries, [&](const JsonField& alias, std::size_t) {
        if (aliases.size() >= k_most_aliases) return;
        for (const char* key : {"name", "sort-name"}) {
            if (auto name = alias[key].text()) aliases.push_back(std::move(*name));
        }
    });
}

OfferedAlbum read_offered(const JsonField& group) {
    OfferedAlbum offered;
    offered.album = read_release_group(group);
    offered.score = read_score(group["score"]);
    add_aliases(group, offered.aliases);
    group["releases"].for_each(k_most_entries, [&](const JsonField& release, std::size_t) {
        if (offered.editions.size() >= k_most_aliases) return;
        if (auto title = release["title"].text()) {
            offered.editions.push_back({std::move(*title), release["status"].text()});
        }
    });
    group["artist-credit"].for_each(k_most_entries, [&](const JsonField& credited, std::size_t) {
        add_aliases(credited["artist"], offered.artist_aliases.emplace_back());
    });
    return offered;
}

}  // namespace pressings::source

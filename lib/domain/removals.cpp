#include "domain/removals.hpp"

#include <algorithm>

namespace pressings {

bool RemovalLimit::permits(const Removals& in_window, const Removals& by_run,
                           std::int64_t looked_at) const {
    if (allowed) return by_run.all() <= *allowed;
    const auto share = static_cast<std::int64_t>(static_cast<double>(looked_at) * part);
    return in_window.albums <= albums && in_window.releases <= std::max(releases, share);
}

}  // namespace pressings

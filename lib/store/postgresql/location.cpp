#include "store/postgresql/location.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pressings::store::postgresql {

bool is_postgresql(const std::string& location) {
    constexpr std::array<std::string_view, 3> k_beginnings{"postgresql://", "postgres://",
                                                           "service="};
    return std::any_of(k_beginnings.begin(), k_beginnings.end(),
                       [&](std::string_view beginning) { return location.starts_with(beginning); });
}

}  // namespace pressings::store::postgresql

#pragma once

#include <optional>
#include <string_view>

namespace pressings {

/// Years from `first` to `last`, both included.
struct YearRange {
    static constexpr int k_earliest = 1;
    static constexpr int k_latest = 9999;

    int first = k_earliest;
    int last = k_latest;

    /// Reads `1973`, `1970..1979`, `..1979` or `1990..`; nothing for anything else: zeros in front,
    /// a range that ends before it begins.
    static std::optional<YearRange> parse(std::string_view text);

    friend bool operator==(const YearRange&, const YearRange&) = default;
};

}  // namespace pressings

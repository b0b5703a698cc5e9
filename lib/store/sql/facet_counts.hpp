#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "domain/release_facts.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// By what the releases that are present are counted; `known` is what is known of them.
enum class CountedBy { format, status, country, decade, known, label };

inline constexpr std::array<std::string_view, 6> k_counted_by{"format", "status", "country",
                                                              "decade", "known",  "label"};

/// Gathers what a transaction changes in the table release_counts.
class FacetCounts {
  public:
    /// A release that is present now (`change` is 1), or is no longer (-1).
    void count(const ReleaseFacts& release, int change);
    void write(Connection& connection) const;

  private:
    void count(CountedBy facet, std::string_view value, int change);

    std::array<std::map<std::string, std::int64_t, std::less<>>, k_counted_by.size()> m_changes;
};

}  // namespace pressings::store::sql

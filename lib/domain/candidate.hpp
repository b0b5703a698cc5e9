#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/mbid.hpp"
#include "domain/partial_date.hpp"

namespace pressings {

/// A release group that may be meant, as it is shown to whoever is to choose.
struct Candidate {
    Mbid mbid;
    std::string title;
    std::string artist;  ///< the credit as one line; "" if unknown
    std::optional<PartialDate> first_release_date{};
    std::optional<std::string> primary_type{};
    std::vector<std::string> secondary_types{};
    std::optional<std::string> disambiguation{};
    std::optional<int> score{};  ///< 0 to 100: of the search, else how much of the name it shares

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// So many are kept of them at most.
inline constexpr std::size_t k_most_candidates = 25;

}  // namespace pressings

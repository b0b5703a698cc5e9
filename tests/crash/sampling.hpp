#pragma once

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace pressings::test {

/// The number that the variable of the environment holds, else `otherwise`.
inline std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* const value = std::getenv(variable);
    return value != nullptr ? std::stoull(value) : otherwise;
}

/// What the tests that draw by lot begin with; the same gives the same.
inline std::uint64_t seed_of_tests() {
    return number_from("PRESSINGS_SEED", 1);
}

/// At most so many of them, drawn by lot; PRESSINGS_FAULTS says how many otherwise, or "all".
template <typename T>
std::vector<T> sample_of(std::vector<T> all, std::size_t at_most) {
    const char* const wanted = std::getenv("PRESSINGS_FAULTS");
    if (wanted != nullptr && std::string{wanted} == "all") return all;
    if (wanted != nullptr) at_most = std::stoul(wanted);
    if (all.size() <= at_most) return all;
    std::mt19937_64 random{seed_of_tests()};
    std::vector<T> some;
    std::sample(all.begin(), all.end(), std::back_inserter(some), at_most, random);
    return some;
}

}  // namespace pressings::test

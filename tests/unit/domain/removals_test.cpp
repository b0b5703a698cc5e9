#include "domain/removals.hpp"

#include <doctest/doctest.h>

using namespace pressings;

TEST_CASE("Three albums a day may go, and a fourth has to be allowed") {
    const RemovalLimit limit;
    CHECK(limit.permits({3, 0}, {3, 0}, 1'000'000));
    CHECK_FALSE(limit.permits({4, 0}, {1, 0}, 1'000'000));
}

TEST_CASE("Of releases ten may go, or a tenth of those that were looked at") {
    const RemovalLimit limit;
    CHECK(limit.permits({0, 10}, {0, 10}, 12));
    CHECK_FALSE(limit.permits({0, 11}, {0, 11}, 12));
    CHECK_FALSE(limit.permits({0, 11}, {0, 11}, 109));
    CHECK(limit.permits({0, 11}, {0, 11}, 110));
    CHECK_FALSE(limit.permits({0, 12}, {0, 1}, 110));
}

TEST_CASE("What somebody allows is for the run, whatever went before it") {
    RemovalLimit limit;
    limit.allowed = 5;
    CHECK(limit.permits({90, 90}, {2, 3}, 10));
    CHECK_FALSE(limit.permits({2, 4}, {2, 4}, 1'000));
    limit.allowed = 0;
    CHECK(limit.permits({90, 90}, {0, 0}, 10));
    CHECK_FALSE(limit.permits({1, 0}, {1, 0}, 10));
}

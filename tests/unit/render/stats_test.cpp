#include "render/stats.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"

using namespace pressings;
using render::bar;

TEST_CASE("A bar is as long as its share, to an eighth of a column") {
    CHECK(bar(4, 4, 3) == "███");
    CHECK(bar(2, 4, 3) == "█▌");
    CHECK(bar(1, 8, 1) == "▏");
    CHECK(display_width(bar(1, 3, 40)) == 14);
}

TEST_CASE("What is not nothing has a bar, what is nothing has none") {
    CHECK(bar(1, 1'000'000, 40) == "▏");
    CHECK(bar(0, 10, 40).empty());
    CHECK(bar(0, 0, 40).empty());
}

TEST_CASE("A bar is never longer than its columns") {
    CHECK(bar(7, 4, 5) == "█████");
}

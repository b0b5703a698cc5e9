#include "base/error.hpp"

#include <cerrno>

#include <doctest/doctest.h>

using namespace pressings;

TEST_CASE("An error number is told in words") {
    CHECK(errno_text(ENOENT) == "No such file or directory");
}

TEST_CASE("A usage error and a closed output are errors that can be told apart") {
    CHECK_THROWS_AS(throw UsageError("--batch 0"), Error);
    CHECK_THROWS_AS(throw OutputClosed("standard output"), Error);
    CHECK_THROWS_WITH(throw UsageError("--batch 0"), "--batch 0");
}

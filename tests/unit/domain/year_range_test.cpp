#include "domain/year_range.hpp"

#include <doctest/doctest.h>

using pressings::YearRange;

TEST_CASE("A year is a range of itself, and a range may be open on one side") {
    CHECK(YearRange::parse("1973") == YearRange{1973, 1973});
    CHECK(YearRange::parse("1970..1979") == YearRange{1970, 1979});
    CHECK(YearRange::parse("1973..1973") == YearRange{1973, 1973});
    CHECK(YearRange::parse("..1979") == YearRange{1, 1979});
    CHECK(YearRange::parse("1990..") == YearRange{1990, 9999});
}

TEST_CASE("What is no year, or ends before it begins, is no range of years") {
    for (const char* text :
         {"", "..", "seventies", "1973-", "1970-1979", "1979..1970", "0", "-1", "+5", "19735",
          "1970...1979", "1970..x", " 1973", "007", "1970..1975..1979"}) {
        CAPTURE(text);
        CHECK_FALSE(YearRange::parse(text));
    }
}

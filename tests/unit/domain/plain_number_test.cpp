#include "domain/plain_number.hpp"

#include <doctest/doctest.h>

using namespace pressings;

TEST_CASE("Blanks, hyphens and zeros in front do not tell barcodes apart") {
    CHECK(plain_barcode("0724382975229") == plain_barcode("724382975229"));
    CHECK(plain_barcode("0 724382-975229") == plain_barcode("724382975229"));
    CHECK(plain_barcode("724382975220") != plain_barcode("72438297522"));
    CHECK(plain_barcode("000").empty());
}

TEST_CASE("Blanks, hyphens and case do not tell catalogue numbers apart, zeros do") {
    CHECK(plain_catalog_number("SHVL 804") == plain_catalog_number("shvl-804"));
    CHECK(plain_catalog_number("WARP CD 092") != plain_catalog_number("WARPCD92"));
}

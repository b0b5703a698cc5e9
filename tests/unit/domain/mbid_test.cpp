#include "domain/mbid.hpp"

#include <array>
#include <string>
#include <unordered_set>
#include <vector>

#include <doctest/doctest.h>

using namespace pressings;

namespace {

constexpr const char* k_text = "f5093c06-23e3-404f-aeaa-40f72885ee3a";

}  // namespace

TEST_CASE("An MBID is printed as it was read") {
    const auto mbid = Mbid::parse(k_text);
    REQUIRE(mbid);
    CHECK(mbid->to_string() == k_text);
}

TEST_CASE("An MBID in capital letters is the same MBID") {
    CHECK(Mbid::parse("F5093C06-23E3-404F-AEAA-40F72885EE3A") == Mbid::parse(k_text));
}

TEST_CASE("Anything but 36 characters with hyphens in their places is no MBID") {
    for (const std::string text :
         {"", "f5093c06", "f5093c06-23e3-404f-aeaa-40f72885ee3",
          "f5093c06-23e3-404f-aeaa-40f72885ee3aa", "f5093c0623e3404faeaa40f72885ee3a",
          "{f5093c06-23e3-404f-aeaa-40f72885ee3a}", "f5093c06-23e3-404f-aeaa-40f72885ee3g",
          "f5093c062-3e3-404f-aeaa-40f72885ee3a", " f5093c06-23e3-404f-aeaa-40f72885ee3",
          "f5093c06-23e3-404f-aeaa-40f72885ee3 ", "f5093c06_23e3_404f_aeaa_40f72885ee3a",
          "f5093c06--3e3-404f-aeaa-40f72885ee3a"}) {
        CAPTURE(text);
        CHECK_FALSE(Mbid::parse(text));
    }
}

TEST_CASE("The bytes of an MBID stand in the order of its text") {
    const auto mbid = Mbid::parse("00010203-0405-0607-0809-0a0b0c0d0eff");
    REQUIRE(mbid);
    const std::array<std::uint8_t, 16> bytes{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255};
    CHECK(mbid->bytes() == bytes);
    CHECK(Mbid::from_bytes(bytes) == mbid);
}

TEST_CASE("Only 16 bytes are an MBID") {
    CHECK_FALSE(Mbid::from_bytes(std::vector<std::uint8_t>(15)));
    CHECK_FALSE(Mbid::from_bytes(std::vector<std::uint8_t>(17)));
    CHECK_FALSE(Mbid::from_bytes({}));
    CHECK(Mbid::from_bytes(std::vector<std::uint8_t>(16)) == Mbid{});
}

TEST_CASE("MBIDs are in the order of their text") {
    const auto low = Mbid::parse("0fffffff-ffff-ffff-ffff-ffffffffffff");
    const auto high = Mbid::parse("80000000-0000-0000-0000-000000000000");
    CHECK(low < high);
}

TEST_CASE("MBIDs can be kept in a hash table") {
    const std::unordered_set<Mbid> seen{*Mbid::parse(k_text)};
    CHECK(seen.contains(*Mbid::parse("F5093C06-23E3-404F-AEAA-40F72885EE3A")));
    CHECK_FALSE(seen.contains(Mbid{}));
}

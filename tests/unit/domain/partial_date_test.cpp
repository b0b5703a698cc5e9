#include "domain/partial_date.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace pressings;

TEST_CASE("A date is as exact as it was written") {
    CHECK(PartialDate::parse("1973") == PartialDate{1973, {}, {}});
    CHECK(PartialDate::parse("1973-03") == PartialDate{1973, 3, {}});
    CHECK(PartialDate::parse("1973-03-01") == PartialDate{1973, 3, 1});
}

TEST_CASE("The gaps that MusicBrainz leaves in a date are read") {
    CHECK(PartialDate::parse(R"(????-03)") == PartialDate{{}, 3, {}});
    CHECK(PartialDate::parse(R"(1973-??-01)") == PartialDate{1973, {}, 1});
    CHECK(PartialDate::parse(R"(????-??-01)") == PartialDate{{}, {}, 1});
    CHECK(PartialDate::parse(R"(????-03-01)") == PartialDate{{}, 3, 1});
}

TEST_CASE("Every form of a date is printed as it was read") {
    for (const std::string text : {"1973", "1973-03", "1973-03-01", R"(????-03)", R"(????-03-01)",
                                   R"(1973-??-01)", R"(????-??-01)", "0073-03-01"}) {
        CAPTURE(text);
        const auto date = PartialDate::parse(text);
        REQUIRE(date);
        CHECK(date->to_string() == text);
    }
}

TEST_CASE("A date of which nothing is known prints as nothing") {
    CHECK(PartialDate{}.to_string() == "");
}

TEST_CASE("A day that is in no calendar is refused") {
    for (const std::string text :
         {"1973-13", "1973-00", "1973-02-30", "1973-02-29", "1973-04-31", "1973-03-00",
          "1973-03-32", "1973-00-01", R"(????-02-30)", R"(1973-??-32)"}) {
        CAPTURE(text);
        CHECK_FALSE(PartialDate::parse(text));
    }
}

TEST_CASE("A 29th of February is a date in a leap year, and where the year is unknown") {
    CHECK(PartialDate::parse("1972-02-29") == PartialDate{1972, 2, 29});
    CHECK(PartialDate::parse(R"(????-02-29)") == PartialDate{{}, 2, 29});
    CHECK_FALSE(PartialDate::parse("1900-02-29"));
}

TEST_CASE("What is not spelled as MusicBrainz spells dates is refused") {
    for (const std::string text : {"",
                                   "????",
                                   R"(????-??)",
                                   R"(????-??-??)",
                                   "1973-??",
                                   "1973-03-??",
                                   "1973-",
                                   "1973-3",
                                   "73",
                                   "73-03",
                                   "19730301",
                                   "1973/03/01",
                                   "1973-03-01T00:00",
                                   "1973-03-01 ",
                                   " 1973",
                                   "-973",
                                   "197?",
                                   "1973-0?",
                                   "1973-+1",
                                   "abcd"}) {
        CAPTURE(text);
        CHECK_FALSE(PartialDate::parse(text));
    }
}

TEST_CASE("Dates are in the order of time, and a less exact one before those within it") {
    CHECK(*PartialDate::parse("1973-03") < *PartialDate::parse("1973-03-01"));
    CHECK(*PartialDate::parse("1973-03-01") < *PartialDate::parse("1973-11"));
    CHECK(*PartialDate::parse("1973-11") < *PartialDate::parse("1974"));
}

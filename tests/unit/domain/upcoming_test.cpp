#include "domain/upcoming.hpp"

#include <doctest/doctest.h>

using namespace pressings;
using namespace std::chrono_literals;

namespace {

const Day k_today{std::chrono::year{2026} / 11 / 29};

Ahead ahead(const char* date, std::optional<std::chrono::days> within = std::nullopt) {
    return ahead_of(PartialDate::parse(date).value(), k_today, within);
}

}  // namespace

TEST_CASE("A day is ahead from tomorrow on") {
    CHECK(ahead("2026-11-28") == Ahead::no);
    CHECK(ahead("2026-11-29") == Ahead::no);
    CHECK(ahead("2026-11-30") == Ahead::yes);
    CHECK(ahead("2031-01-01") == Ahead::yes);
}

TEST_CASE("A month or a year is ahead if all of it is, and may be if some of it is") {
    CHECK(ahead("2026-10") == Ahead::no);
    CHECK(ahead("2026-11") == Ahead::maybe);
    CHECK(ahead("2026-12") == Ahead::yes);
    CHECK(ahead("2025") == Ahead::no);
    CHECK(ahead("2026") == Ahead::maybe);
    CHECK(ahead("2027") == Ahead::yes);
    CHECK(ahead("2026-\?\?-01") == Ahead::maybe);
    const Day last{std::chrono::year{2026} / 12 / 31};
    CHECK(ahead_of(*PartialDate::parse("2026"), last) == Ahead::no);
}

TEST_CASE("A date without a year is never ahead") {
    CHECK(ahead("\?\?\?\?-12") == Ahead::no);
    CHECK(ahead("\?\?\?\?-12-24") == Ahead::no);
}

TEST_CASE("Within so many days counts from today to the first day that a date may mean") {
    CHECK(ahead("2026-12-09", std::chrono::days{10}) == Ahead::yes);
    CHECK(ahead("2026-12-10", std::chrono::days{10}) == Ahead::no);
    CHECK(ahead("2026-12", std::chrono::days{10}) == Ahead::yes);
    CHECK(ahead("2027", std::chrono::days{10}) == Ahead::no);
    CHECK(ahead("2026", std::chrono::days{10}) == Ahead::maybe);
}

TEST_CASE("The last day of a month is that of its year, and a day is exact with all its parts") {
    const auto february = span_of(*PartialDate::parse("2028-02"));
    REQUIRE(february);
    CHECK(february->last == Day{std::chrono::year{2028} / 2 / 29});
    CHECK(exact_day(*PartialDate::parse("2028-02-29")) == february->last);
    CHECK_FALSE(exact_day(*PartialDate::parse("2028-02")));
    CHECK_FALSE(exact_day(*PartialDate::parse("2028-\?\?-01")));
}

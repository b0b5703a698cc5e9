#include "base/time.hpp"

#include <optional>
#include <string>

#include <doctest/doctest.h>

using namespace pressings;

namespace {

constexpr Millis k_second = 1000;
constexpr Millis k_minute = 60 * k_second;
constexpr Millis k_hour = 60 * k_minute;
constexpr Millis k_day = 24 * k_hour;

}  // namespace

TEST_CASE("A time is written as RFC 3339 in UTC with milliseconds") {
    CHECK(format_time(0) == "1970-01-01T00:00:00.000Z");
    CHECK(format_time(1'795'446'245'678) == "2026-11-23T15:04:05.678Z");
}

TEST_CASE("A time before 1970 is written as well") {
    CHECK(format_time(-1) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("What is written as a time is read back as the same time") {
    for (const Millis time : {Millis{0}, Millis{-1}, Millis{1'795'446'245'678}}) {
        CHECK(parse_time(format_time(time)) == time);
    }
}

TEST_CASE("A time with an offset is read as the moment that it is in UTC") {
    const auto noon = parse_time("2026-11-23T12:00:00Z");
    REQUIRE(noon);
    CHECK(parse_time("2026-11-23T14:00:00+02:00") == noon);
    CHECK(parse_time("2026-11-23T06:30:00-05:30") == noon);
    CHECK(parse_time("2026-11-24T01:00:00+13:00") == noon);
}

TEST_CASE("The T and the Z of a time may be small, or a space stand between day and time") {
    CHECK(parse_time("1970-01-01t00:00:01z") == k_second);
    CHECK(parse_time("1970-01-01 00:00:01Z") == k_second);
}

TEST_CASE("A plain day is read as its midnight in UTC") {
    CHECK(parse_time("1970-01-02") == k_day);
}

TEST_CASE("Of a fraction of a second three digits count, however many there are") {
    CHECK(parse_time("1970-01-01T00:00:00.5Z") == 500);
    CHECK(parse_time("1970-01-01T00:00:00.123987Z") == 123);
}

TEST_CASE("A leap second is read as the second after it") {
    CHECK(parse_time("1970-01-01T23:59:60Z") == k_day);
}

TEST_CASE("What is no RFC 3339 time is not read") {
    for (const std::string text :
         {"", "yesterday", "2026", "2026-11", "2026-13-01", "2026-02-29", "26-11-23", "2026-11-23T",
          "2026-11-23T15:04", "2026-11-23T15:04:05", "2026-11-23T24:00:00Z", "2026-11-23T15:60:00Z",
          "2026-11-23T15:04:61Z", "2026-11-23T15:04:05.Z", "2026-11-23T15:04:05+0200",
          "2026-11-23T15:04:05+24:00", "2026-11-23T15:04:05Z ", "2026-11-23x15:04:05Z",
          " 2026-11-23"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_time(text));
    }
}

TEST_CASE("A duration is a whole number and its unit") {
    CHECK(parse_duration("500ms") == 500);
    CHECK(parse_duration("30s") == 30 * k_second);
    CHECK(parse_duration("5m") == 5 * k_minute);
    CHECK(parse_duration("5min") == 5 * k_minute);
    CHECK(parse_duration("12h") == 12 * k_hour);
    CHECK(parse_duration("30d") == 30 * k_day);
    CHECK(parse_duration("2w") == 14 * k_day);
}

TEST_CASE("A duration without a unit is in seconds") {
    CHECK(parse_duration("90") == 90 * k_second);
    CHECK(parse_duration("0") == 0);
}

TEST_CASE("A malformed duration is not read") {
    for (const std::string text :
         {"", "s", "-1s", "-0", "+1s", "1.5h", "5 m", " 5m", "5M", "1h30m", "5y"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("A duration longer than a century is not read, not even where it would overflow") {
    CHECK(parse_duration("36525d") == 36525 * k_day);
    for (const std::string text :
         {"36526d", "5218w", "9223372036854775807w", "9223372036854775807ms",
          "9223372036854775808s", "99999999999999999999"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("A duration is shown in the unit that fits it") {
    CHECK(format_duration(0) == "0 ms");
    CHECK(format_duration(812) == "812 ms");
    CHECK(format_duration(12'345) == "12.3 s");
    CHECK(format_duration(4 * k_minute + 10 * k_second) == "4 min 10 s");
    CHECK(format_duration(3 * k_hour + 5 * k_minute) == "3 h 5 min");
    CHECK(format_duration(12 * k_day + 4 * k_hour) == "12 d 4 h");
}

TEST_CASE("A duration just short of the next unit does not claim to have reached it") {
    CHECK(format_duration(59'999) == "59.9 s");
    CHECK(format_duration(k_hour - 1) == "59 min 59 s");
    CHECK(format_duration(k_day - 1) == "23 h 59 min");
}

TEST_CASE(
    "The machine's clock is past the day these lines were written, its other one never falls") {
    Clock& clock = system_clock();
    CHECK(clock.now_ms() > parse_time("2026-01-01"));
    const Millis before = clock.steady_ms();
    CHECK(clock.steady_ms() >= before);
}

// Dates as exact as they are known, points in time, and durations.
#include "base/time.hpp"
#include "domain/partial_date.hpp"
#include "fuzz/target.hpp"

namespace pressings::fuzz {

namespace {

void take_date(std::string_view input) {
    const auto date = PartialDate::parse(input);
    if (!date) return;
    require(date->to_string() == input, "a date is printed as it was read");
    require(date->year || date->month || date->day, "a date says something");
}

void take_time(std::string_view input) {
    const auto time_ms = parse_time(input);
    if (!time_ms) return;
    const std::string printed = format_time(*time_ms);
    constexpr std::size_t k_usual_size = 24;
    // An hour east or west of the first or the last year is in a year that is not written.
    if (printed.size() != k_usual_size || printed.front() == '-') return;
    require(parse_time(printed) == time_ms, "a time is read as it was printed");
}

void take_duration(std::string_view input) {
    const auto duration_ms = parse_duration(input);
    if (!duration_ms) return;
    constexpr Millis k_century_ms = Millis{36525} * 24 * 60 * 60 * 1000;
    require(*duration_ms >= 0 && *duration_ms <= k_century_ms, "a duration is bounded");
    require(parse_duration(std::to_string(*duration_ms) + "ms") == duration_ms, "and exact");
    require(!format_duration(*duration_ms).empty(), "and can be said");
}

}  // namespace

void take(std::string_view input) {
    take_date(input);
    take_time(input);
    take_duration(input);
}

}  // namespace pressings::fuzz

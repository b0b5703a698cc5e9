#pragma once

#include <chrono>
#include <optional>

#include "domain/partial_date.hpp"

/// Whether a date, as exact as it is known, lies ahead of a day.
namespace pressings {

using Day = std::chrono::sys_days;

/// The days that a date may mean: "2027-03" is any from the first of March to the last. Nothing
/// without a year.
struct DateSpan {
    Day first;
    Day last;
};

std::optional<DateSpan> span_of(const PartialDate& date);

enum class Ahead {
    no,     ///< today or earlier, whatever day it means
    maybe,  ///< some days that it may mean are ahead, some are not: "2026" in November 2026
    yes,
};

/// With `within`, in days, a date is ahead only if the first day that it may mean (of those ahead)
/// is not later than that.
Ahead ahead_of(const PartialDate& date, Day today,
               std::optional<std::chrono::days> within = std::nullopt);

/// The day of a date that is known to the day.
std::optional<Day> exact_day(const PartialDate& date);

}  // namespace pressings

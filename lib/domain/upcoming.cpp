#include "domain/upcoming.hpp"

namespace pressings {

std::optional<DateSpan> span_of(const PartialDate& date) {
    namespace chrono = std::chrono;
    if (!date.year) return std::nullopt;
    const chrono::year year{*date.year};
    // A day of an unknown month may be any in the year.
    const bool has_month = date.month.has_value();
    const auto number = [](std::optional<int> part, int otherwise) {
        return static_cast<unsigned>(part.value_or(otherwise));
    };
    const chrono::month first{number(date.month, 1)};
    const chrono::month last{number(date.month, 12)};
    if (has_month && date.day) {
        const Day day{year / first / chrono::day{number(date.day, 1)}};
        return DateSpan{day, day};
    }
    return DateSpan{year / first / chrono::day{1}, year / last / chrono::last};
}

Ahead ahead_of(const PartialDate& date, Day today, std::optional<std::chrono::days> within) {
    const auto span = span_of(date);
    if (!span || span->last <= today) return Ahead::no;
    if (within && span->first > today + *within) return Ahead::no;
    return span->first > today ? Ahead::yes : Ahead::maybe;
}

std::optional<Day> exact_day(const PartialDate& date) {
    const auto span = span_of(date);
    return span && span->first == span->last ? std::optional{span->first} : std::nullopt;
}

}  // namespace pressings

#include "domain/partial_date.hpp"

#include <chrono>

#include <fmt/format.h>

namespace pressings {

namespace {

/// One part of a date: a number, "?" for each digit if unknown.
struct Part {
    bool valid = false;
    std::optional<int> value;
};

Part read_part(std::string_view text, std::size_t digits) {
    if (text.size() != digits) return {};
    if (text.find_first_not_of('?') == std::string_view::npos) return {true, std::nullopt};
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return {true, value};
}

/// Whether there is such a day in some year (in the one given, if it is).
bool exists(const PartialDate& date) {
    if (date.month && (*date.month < 1 || *date.month > 12)) return false;
    if (!date.day) return true;
    constexpr int k_some_leap_year = 2000;
    const std::chrono::year year{date.year.value_or(k_some_leap_year)};
    const std::chrono::month month{static_cast<unsigned>(date.month.value_or(1))};
    const std::chrono::day day{static_cast<unsigned>(*date.day)};
    return std::chrono::year_month_day{year, month, day}.ok();
}

std::string print_part(std::optional<int> value, int digits) {
    return value ? fmt::format("{:0{}}", *value, digits)
                 : std::string(static_cast<std::size_t>(digits), '?');
}

}  // namespace

std::optional<PartialDate> PartialDate::parse(std::string_view text) {
    constexpr std::size_t k_year_size = 4;
    constexpr std::size_t k_month_size = 7;
    constexpr std::size_t k_day_size = 10;
    if (text.size() != k_year_size && text.size() != k_month_size && text.size() != k_day_size) {
        return std::nullopt;
    }
    PartialDate date;
    const Part year = read_part(text.substr(0, k_year_size), 4);
    if (!year.valid) return std::nullopt;
    date.year = year.value;
    if (text.size() >= k_month_size) {
        const Part month = read_part(text.substr(5, 2), 2);
        if (text[4] != '-' || !month.valid) return std::nullopt;
        date.month = month.value;
    }
    if (text.size() == k_day_size) {
        const Part day = read_part(text.substr(8, 2), 2);
        if (text[7] != '-' || !day.valid) return std::nullopt;
        date.day = day.value;
    }
    // "1973-??" would come back as "1973": only what prints as it was read is a date.
    if (!exists(date) || date.to_string() != text) return std::nullopt;
    return date;
}

std::string PartialDate::to_string() const {
    if (!year && !month && !day) return {};
    std::string text = print_part(year, 4);
    if (month || day) text.append("-").append(print_part(month, 2));
    if (day) text.append("-").append(print_part(day, 2));
    return text;
}

}  // namespace pressings

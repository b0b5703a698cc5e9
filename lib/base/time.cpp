#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace pressings {

namespace {

constexpr Millis k_second = 1000;
constexpr Millis k_minute = 60 * k_second;
constexpr Millis k_hour = 60 * k_minute;
constexpr Millis k_day = 24 * k_hour;
constexpr Millis k_longest = 36525 * k_day;

std::string link_target(const char* path) {
    std::array<char, 64> target{};
    const ssize_t length = ::readlink(path, target.data(), target.size());
    return {target.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
}

/// By how many nanoseconds the monotonic clock of our time namespace is ahead of the machine's. A
/// container can have a clock of its own (time_namespaces(7)).
std::int64_t offset_of_namespace() {
    // The file tells of the namespace of our children, which is ours unless somebody is at work.
    if (link_target("/proc/self/ns/time") != link_target("/proc/self/ns/time_for_children")) {
        return 0;
    }
    std::ifstream offsets{"/proc/self/timens_offsets"};
    std::string name;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    while (offsets >> name >> seconds >> nanoseconds) {
        if (name == "monotonic") return seconds * 1'000'000'000 + nanoseconds;
    }
    return 0;
}

class SystemClock final : public Clock {
  public:
    Millis now_ms() override { return nanoseconds(CLOCK_REALTIME) / k_nanoseconds; }
    Millis steady_ms() override {
        return (nanoseconds(CLOCK_MONOTONIC) - m_offset) / k_nanoseconds;
    }

  private:
    static constexpr std::int64_t k_nanoseconds = 1'000'000;  // a millisecond

    static std::int64_t nanoseconds(clockid_t id) {
        timespec now{};
        clock_gettime(id, &now);
        return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
    }

    const std::int64_t m_offset = offset_of_namespace();
};

/// Takes `digits` digits off the front of `text`; nothing if they are not there.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// The fraction of a second behind "…:05", in milliseconds; more digits than three are cut off.
std::optional<Millis> take_fraction(std::string_view& text) {
    if (!take(text, ".")) return 0;
    Millis value = 0;
    int digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 3) value = value * 10 + (text.front() - '0');
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 3; ++digits)
        value *= 10;
    return value;
}

/// "Z", "+02:00" or "-05:30" as milliseconds east of UTC.
std::optional<Millis> take_offset(std::string_view& text) {
    if (take(text, "Zz")) return 0;
    const bool west = !text.empty() && text.front() == '-';
    if (!take(text, "+-")) return std::nullopt;
    const auto hours = take_number(text, 2);
    if (!hours || !take(text, ":")) return std::nullopt;
    const auto minutes = take_number(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const Millis offset = *hours * k_hour + *minutes * k_minute;
    return west ? -offset : offset;
}

std::optional<Millis> take_day(std::string_view& text) {
    const auto year = take_number(text, 4);
    if (!year || !take(text, "-")) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take(text, "-")) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return Millis{std::chrono::sys_days{date}.time_since_epoch().count()} * k_day;
}

std::optional<Millis> take_time_of_day(std::string_view& text) {
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ":")) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || !take(text, ":")) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    return *hour * k_hour + *minute * k_minute + *second * k_second + *fraction;
}

}  // namespace

Clock& system_clock() {
    static SystemClock clock;
    return clock;
}

std::string format_time(Millis time_ms) {
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds{time_ms}};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int{date.year()},
                       unsigned{date.month()}, unsigned{date.day()}, clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

std::optional<Millis> parse_time(std::string_view text) {
    const auto day = take_day(text);
    if (!day || text.empty()) return day;
    if (!take(text, "Tt ")) return std::nullopt;
    const auto time = take_time_of_day(text);
    if (!time) return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return *day + *time - *offset;
}

std::optional<Millis> parse_duration(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, Millis>, 8> k_units{{{"", k_second},
                                                                                 {"ms", 1},
                                                                                 {"s", k_second},
                                                                                 {"m", k_minute},
                                                                                 {"min", k_minute},
                                                                                 {"h", k_hour},
                                                                                 {"d", k_day},
                                                                                 {"w", 7 * k_day}}};
    Millis number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || text.starts_with('-')) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    for (const auto& [name, unit] : k_units) {
        if (text == name && number <= k_longest / unit) return number * unit;
    }
    return std::nullopt;
}

std::string format_duration(Millis duration_ms) {
    if (duration_ms < k_second) return fmt::format("{} ms", duration_ms);
    if (duration_ms < k_minute) {
        return fmt::format("{}.{} s", duration_ms / k_second, duration_ms % k_second / 100);
    }
    const auto two_units = [&](Millis large, const char* large_name, Millis small,
                               const char* small_name) {
        return fmt::format("{} {} {} {}", duration_ms / large, large_name,
                           duration_ms % large / small, small_name);
    };
    if (duration_ms < k_hour) return two_units(k_minute, "min", k_second, "s");
    if (duration_ms < k_day) return two_units(k_hour, "h", k_minute, "min");
    return two_units(k_day, "d", k_hour, "h");
}

}  // namespace pressings

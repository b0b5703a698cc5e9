#include "clock_leap.hpp"

#include <fmt/format.h>

#include "cli/log.hpp"

namespace pressings {

bool warn_of_leap(Millis believed_ms) {
    constexpr Millis k_hour = 3'600'000;
    const Millis now = system_clock().now_ms();
    if (now - believed_ms < k_hour) return false;
    cli::log(cli::LogLevel::warning,
             fmt::format("the clock has leapt to {}; until it has stayed so for a day, what is "
                         "deleted for its age is deleted as of {}",
                         format_time(now), format_time(believed_ms)));
    return true;
}

}  // namespace pressings

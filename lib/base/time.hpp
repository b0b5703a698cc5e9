#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pressings {

/// Milliseconds: since 1970-01-01 UTC where a point in time is meant, else a length of time.
using Millis = std::int64_t;

/// Where the tools read the time; tests pass a clock of their own.
class Clock {
  public:
    virtual ~Clock() = default;
    /// Wall-clock time, milliseconds since 1970 UTC; may jump.
    virtual Millis now_ms() = 0;
    /// Milliseconds of a clock that never jumps and is the same for all processes of one boot.
    virtual Millis steady_ms() = 0;
};

/// The machine's own clocks.
Clock& system_clock();

/// "2026-11-23T15:04:05.678Z" (RFC 3339, UTC, milliseconds).
std::string format_time(Millis time_ms);

/// Reads an RFC 3339 time or a plain date ("2026-11-23"); nothing if it is neither.
std::optional<Millis> parse_time(std::string_view text);

/// Reads "500ms", "30s", "5m", "12h", "30d", "2w"; a bare number is seconds. Nothing if it is
/// malformed, negative or longer than a century.
std::optional<Millis> parse_duration(std::string_view text);

/// For people: "812 ms", "12.3 s", "4 min 10 s", "3 h 5 min", "12 d 4 h".
std::string format_duration(Millis duration_ms);

}  // namespace pressings

#include "domain/believed_time.hpp"

namespace pressings {

namespace {

constexpr Millis k_day = 24 * 3'600'000;

}  // namespace

ClockTrail follow_clock(const ClockTrail& trail, Millis now_ms) {
    if (trail.believed_ms == 0 || now_ms <= trail.believed_ms + k_day) return {now_ms, 0};
    const bool is_new = trail.leap_seen_ms == 0 || now_ms < trail.leap_seen_ms;
    if (is_new) return {trail.believed_ms, now_ms};
    if (now_ms < trail.leap_seen_ms + k_day) return trail;
    return {now_ms, 0};
}

Millis believed_time(const ClockTrail& trail, Millis now_ms) {
    return follow_clock(trail, now_ms).believed_ms;
}

}  // namespace pressings

#pragma once

#include "base/time.hpp"

namespace pressings {

/// What is remembered of the wall clock, to tell a leap of it from time that passed.
struct ClockTrail {
    Millis believed_ms = 0;   ///< the latest time that was believed; 0: none yet
    Millis leap_seen_ms = 0;  ///< a time far ahead of that, when it was first seen; 0: none was
};

/// The trail after the clock was seen to show `now_ms`. A time that is more than a day ahead of the
/// latest one is believed only when the clock has shown it for a day, with nobody setting it back:
/// a battery that is empty, or a slip of the hand, is found out by then.
ClockTrail follow_clock(const ClockTrail& trail, Millis now_ms);

/// The time to reckon with where something is deleted for its age: `now_ms` if it is believed, else
/// the latest that was.
Millis believed_time(const ClockTrail& trail, Millis now_ms);

}  // namespace pressings

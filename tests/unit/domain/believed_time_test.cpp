// When a wall clock that leapt is believed.
#include "domain/believed_time.hpp"

#include <doctest/doctest.h>

using namespace pressings;

namespace {

constexpr Millis k_hour = 3'600'000;
constexpr Millis k_day = 24 * k_hour;
constexpr Millis k_now = 20'000 * k_day;
constexpr Millis k_far = k_now + 4000 * k_day;

}  // namespace

TEST_CASE("Time that passes is believed at once") {
    CHECK(believed_time({}, k_now) == k_now);
    CHECK(believed_time({k_now, 0}, k_now + k_day) == k_now + k_day);
    CHECK(follow_clock({k_now, 0}, k_now + k_hour).believed_ms == k_now + k_hour);
}

TEST_CASE("A clock that is set back is believed at once") {
    CHECK(believed_time({k_now, 0}, k_now - 100 * k_day) == k_now - 100 * k_day);
}

TEST_CASE("A leap of the clock is believed when the clock has stayed so for a day") {
    const ClockTrail leapt = follow_clock({k_now, 0}, k_far);
    CHECK(believed_time({k_now, 0}, k_far) == k_now);
    CHECK(believed_time(leapt, k_far + 23 * k_hour) == k_now);
    CHECK(believed_time(leapt, k_far + k_day) == k_far + k_day);
}

TEST_CASE("A leap that was taken back is forgotten") {
    const ClockTrail leapt = follow_clock({k_now, 0}, k_far);
    const ClockTrail mended = follow_clock(leapt, k_now + k_hour);
    CHECK(mended.believed_ms == k_now + k_hour);
    CHECK(believed_time(mended, k_far + 2 * k_day) == k_now + k_hour);
}

TEST_CASE("A leap half taken back has to stay for a day from then on") {
    const ClockTrail leapt = follow_clock({k_now, 0}, k_far);
    const ClockTrail less = follow_clock(leapt, k_far - 100 * k_day);
    CHECK(believed_time(less, k_far - 100 * k_day + 23 * k_hour) == k_now);
    CHECK(believed_time(less, k_far - 99 * k_day) == k_far - 99 * k_day);
}

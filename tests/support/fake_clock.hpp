#pragma once

#include "base/time.hpp"

namespace pressings::test {

/// A clock that moves when it is told to.
class FakeClock final : public Clock {
  public:
    Millis now_ms() override { return now; }
    Millis steady_ms() override { return steady; }
    void advance(Millis by_ms) {
        now += by_ms;
        steady += by_ms;
    }

    Millis now = 1'700'000'000'000;
    Millis steady = 5'000'000;
};

}  // namespace pressings::test

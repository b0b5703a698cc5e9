#pragma once

#include <atomic>

#include "base/time.hpp"

namespace pressings::test {

/// A clock that moves when it is told to, from any thread.
class FakeClock final : public Clock {
  public:
    Millis now_ms() override { return std::atomic_ref{now}.load(); }
    Millis steady_ms() override { return std::atomic_ref{steady}.load(); }
    void advance(Millis by_ms) {
        std::atomic_ref{now} += by_ms;
        std::atomic_ref{steady} += by_ms;
    }

    Millis now = 1'700'000'000'000;
    Millis steady = 5'000'000;
};

}  // namespace pressings::test

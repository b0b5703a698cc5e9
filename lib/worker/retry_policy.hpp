#pragma once

#include "base/time.hpp"
#include "source/release_source.hpp"
#include "store/job_queue.hpp"

namespace pressings::worker {

/// When a job whose attempt failed runs again. Pure: the same arguments give the same answer.
struct RetryPolicy {
    int max_attempts = 10;
    Millis first_wait_ms = 30'000;
    int factor = 3;  ///< each wait is this many times the one before
    Millis longest_wait_ms = 6 * 3'600'000;
    double jitter = 0.2;  ///< a wait is shortened by up to this part of it
    Millis shortest_throttled_wait_ms = 60'000;
    Millis longest_throttled_wait_ms = 3'600'000;

    /// The wait behind attempt number `attempt` (from 1), before jitter.
    Millis wait_ms(int attempt) const;

    struct Decision {
        store::Verdict verdict = store::Verdict::fail;
        Millis run_at_ms = 0;
    };
    /// What to do after `attempt` ended with this error; `random` is from [0, 1). How long a
    /// service asked us to wait is heeded where it throttled us.
    Decision decide(source::ErrorKind kind, std::optional<Millis> retry_after_ms, int attempt,
                    Millis now_ms, double random) const;
};

}  // namespace pressings::worker

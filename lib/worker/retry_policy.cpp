#include "worker/retry_policy.hpp"

#include <algorithm>

namespace pressings::worker {

Millis RetryPolicy::wait_ms(int attempt) const {
    Millis wait = first_wait_ms;
    for (int i = 1; i < attempt && wait < longest_wait_ms; ++i)
        wait *= factor;
    return std::min(wait, longest_wait_ms);
}

RetryPolicy::Decision RetryPolicy::decide(source::ErrorKind kind,
                                          std::optional<Millis> retry_after_ms, int attempt,
                                          Millis now_ms, double random) const {
    using source::ErrorKind;
    using store::Verdict;
    switch (kind) {
        case ErrorKind::permanent:
            return {Verdict::fail, now_ms};
        case ErrorKind::stopped:
            return {Verdict::stop, now_ms};
        case ErrorKind::throttled: {
            const Millis wait = std::clamp(retry_after_ms.value_or(0), shortest_throttled_wait_ms,
                                           longest_throttled_wait_ms);
            return {Verdict::quiet, now_ms + wait};
        }
        case ErrorKind::transient:
            break;
    }
    if (attempt >= max_attempts) return {Verdict::fail, now_ms};
    const auto wait = static_cast<double>(wait_ms(attempt));
    return {Verdict::retry, now_ms + static_cast<Millis>(wait * (1.0 - jitter * random))};
}

}  // namespace pressings::worker

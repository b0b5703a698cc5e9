#include "worker/retry_policy.hpp"

#include <doctest/doctest.h>

using namespace pressings;
using source::ErrorKind;
using store::Verdict;
using worker::RetryPolicy;

namespace {

constexpr Millis k_now = 1'000'000;

}  // namespace

TEST_CASE("Each wait is three times the one before, up to six hours") {
    const RetryPolicy policy;
    CHECK(policy.wait_ms(1) == 30'000);
    CHECK(policy.wait_ms(2) == 90'000);
    CHECK(policy.wait_ms(3) == 270'000);
    CHECK(policy.wait_ms(9) == 6 * 3'600'000);
    CHECK(policy.wait_ms(1000) == 6 * 3'600'000);
}

TEST_CASE("Ten attempts outlast half a day without the service") {
    const RetryPolicy policy;
    Millis total = 0;
    for (int attempt = 1; attempt < policy.max_attempts; ++attempt) {
        total += policy.decide(ErrorKind::transient, {}, attempt, 0, 0.999).run_at_ms;
    }
    CHECK(total > Millis{12} * 3'600'000);
}

TEST_CASE("A permanent error fails at once") {
    CHECK(RetryPolicy{}.decide(ErrorKind::permanent, {}, 1, k_now, 0.5).verdict == Verdict::fail);
}

TEST_CASE("A transient error is retried with jitter until the attempts are spent") {
    const RetryPolicy policy;
    const auto early = policy.decide(ErrorKind::transient, {}, 1, k_now, 0.999);
    const auto late = policy.decide(ErrorKind::transient, {}, 1, k_now, 0.0);
    CHECK(early.verdict == Verdict::retry);
    CHECK(late.run_at_ms == k_now + 30'000);
    CHECK(early.run_at_ms < late.run_at_ms);
    CHECK(early.run_at_ms >= k_now + 24'000);
    CHECK(policy.decide(ErrorKind::transient, {}, 10, k_now, 0.5).verdict == Verdict::fail);
}

TEST_CASE("A throttled request spends no attempt and waits as long as the service says") {
    const RetryPolicy policy;
    const auto decision = policy.decide(ErrorKind::throttled, 300'000, 10, k_now, 0.5);
    CHECK(decision.verdict == Verdict::quiet);
    CHECK(decision.run_at_ms == k_now + 300'000);
}

TEST_CASE("The service's word is bounded: neither at once nor never") {
    const RetryPolicy policy;
    CHECK(policy.decide(ErrorKind::throttled, 0, 1, k_now, 0.5).run_at_ms == k_now + 60'000);
    CHECK(policy.decide(ErrorKind::throttled, Millis{999'999'999}, 1, k_now, 0.5).run_at_ms ==
          k_now + 3'600'000);
}

TEST_CASE("Work that was stopped is handed back and due at once") {
    const auto decision = RetryPolicy{}.decide(ErrorKind::stopped, {}, 3, k_now, 0.5);
    CHECK(decision.verdict == Verdict::stop);
    CHECK(decision.run_at_ms == k_now);
}

#include "domain/recovery.hpp"

#include <ostream>
#include <string>

#include <doctest/doctest.h>

using namespace pressings;

namespace {

constexpr Millis k_now = 1'000'000;

/// A job with these deaths before, whose worker came to an end, and what becomes of it.
struct Case {
    WorkerEnd end;
    WorkerDeaths before;
    JobState state;
    WorkerDeaths after;
    std::optional<Millis> run_at_ms;
    bool attempt_is_spent;
    const char* code;
};

constexpr auto k_pending = JobState::pending;
constexpr auto k_failed = JobState::failed;
constexpr Millis k_cool = k_now + Millis{6} * 3'600'000;

const Case k_cases[] = {
    {WorkerEnd::stopped, {0, 0}, k_pending, {0, 0}, {}, false, "lease_expired"},
    {WorkerEnd::stopped, {2, 9}, k_pending, {2, 9}, {}, false, "lease_expired"},
    {WorkerEnd::restarted, {0, 0}, k_pending, {0, 0}, {}, false, "machine_restarted"},
    {WorkerEnd::restarted, {3, 30}, k_pending, {3, 30}, {}, false, "machine_restarted"},
    {WorkerEnd::killed, {0, 0}, k_pending, {0, 1}, {}, false, "worker_killed"},
    {WorkerEnd::killed, {0, 1}, k_pending, {0, 2}, k_now, false, "worker_killed"},
    {WorkerEnd::killed, {0, 8}, k_pending, {0, 9}, k_now, false, "worker_killed"},
    {WorkerEnd::killed, {0, 9}, k_pending, {0, 10}, k_cool, false, "worker_killed"},
    {WorkerEnd::killed, {0, 999}, k_pending, {0, 1000}, k_cool, false, "worker_killed"},
    {WorkerEnd::killed, {3, 0}, k_pending, {3, 1}, {}, false, "worker_killed"},
    {WorkerEnd::crashed, {0, 0}, k_pending, {1, 0}, k_now, true, "worker_died"},
    {WorkerEnd::crashed, {1, 0}, k_pending, {2, 0}, k_now, true, "worker_died"},
    {WorkerEnd::crashed, {2, 0}, k_pending, {3, 0}, k_cool, true, "crashed"},
    {WorkerEnd::crashed, {3, 0}, k_failed, {4, 0}, {}, true, "crashed"},
    {WorkerEnd::out_of_memory, {0, 0}, k_pending, {1, 0}, k_now, true, "worker_died"},
    {WorkerEnd::out_of_memory, {3, 0}, k_failed, {4, 0}, {}, true, "crashed"},
    {WorkerEnd::crashed, {0, 9}, k_pending, {1, 9}, k_now, true, "worker_died"},
};

}  // namespace

TEST_CASE("What becomes of a job depends on how its worker came to its end, and how often") {
    for (const Case& one : k_cases) {
        CAPTURE(static_cast<int>(one.end));
        CAPTURE(one.before.crashes);
        CAPTURE(one.before.kills);
        const TakenBack job = take_back(one.end, one.before, k_now);
        CHECK(job.state == one.state);
        CHECK(job.deaths == one.after);
        if (one.state == k_pending) CHECK(job.run_at_ms == one.run_at_ms);
        CHECK(job.attempt_is_spent == one.attempt_is_spent);
        CHECK(job.error.code == one.code);
        CHECK_FALSE(job.error.message.empty());
    }
}

TEST_CASE("A job is suspected after a crash, or after the second kill") {
    CHECK_FALSE(WorkerDeaths{0, 0}.is_suspect());
    CHECK_FALSE(WorkerDeaths{0, 1}.is_suspect());
    CHECK(WorkerDeaths{0, 2}.is_suspect());
    CHECK(WorkerDeaths{1, 0}.is_suspect());
}

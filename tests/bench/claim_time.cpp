// Times claims of one job each through the store, then hands all of them back.
//   claim_time DATABASE CLAIMS     prints the median of a claim, in microseconds
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "store/open_store.hpp"

int main(int argc, char** argv) {
    using namespace pressings;
    using Clock = std::chrono::steady_clock;
    if (argc != 3) return 2;
    const long claims = std::stol(argv[2]);
    const auto store = store::open_store(argv[1], {}, system_clock());
    store->queue().start_worker("bench");
    std::vector<ClaimedJob> held;
    std::vector<double> times;
    for (long i = 0; i < claims; ++i) {
        const auto begun = Clock::now();
        auto jobs = store->queue().claim({}, 60'000);
        times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begun).count());
        if (jobs.empty()) return 1;
        held.push_back(std::move(jobs.front()));
    }
    for (const ClaimedJob& job : held) {
        store::FailedAttempt attempt;
        attempt.job = job;
        attempt.verdict = store::Verdict::requeue;
        attempt.run_at_ms = 0;
        store->queue().finish_failed(attempt);
    }
    std::sort(times.begin(), times.end());
    std::printf("%.1f\n", times[times.size() / 2]);
}

// How workers share the rate of requests: by the moments that they take, not by when a request
// happens to arrive.
#include "worker/shared_gate.hpp"

#include <algorithm>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/request_slots.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// The real clock, which keeps for each thread what it told it last: the moment that was taken is
/// the last that slots asked for. A gate asks once more, how long that took.
class RememberingClock final : public Clock {
  public:
    Millis now_ms() override { return system_clock().now_ms(); }
    Millis steady_ms() override {
        s_told_before = s_told;
        return s_told = system_clock().steady_ms();
    }
    static Millis told() { return s_told; }
    static Millis told_before() { return s_told_before; }

  private:
    static thread_local Millis s_told;
    static thread_local Millis s_told_before;
};
thread_local Millis RememberingClock::s_told = 0;
thread_local Millis RememberingClock::s_told_before = 0;

/// A worker: takes its turns on some threads and writes the moments, as many bytes each.
void take_turns(const std::string& location, double rate, int file) {
    constexpr int k_threads = 2;
    constexpr int k_turns = 6;
    RememberingClock clock;
    worker::Heartbeat heartbeat{system_clock()};
    const auto slots = store::open_request_slots(location, {}, clock);
    worker::SharedGate gate{*slots, "127.0.0.1", rate, clock, heartbeat};
    std::vector<std::jthread> threads;
    for (int n = 0; n < k_threads; ++n) {
        threads.emplace_back([&] {
            for (int turn = 0; turn < k_turns; ++turn) {
                if (!gate.wait_turn({})) ::_exit(1);
                const Millis taken = RememberingClock::told_before();
                if (::write(file, &taken, sizeof taken) != sizeof taken) ::_exit(1);
            }
        });
    }
}

}  // namespace

TEST_CASE("Workers take their turns at the rate that is allowed, however they are held up") {
    constexpr int k_workers = 8;
    const TemporaryFolder folder;
    const std::string database = folder.write("catalog.db", "");
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    for (int n = 0; n < k_workers; ++n) {
        if (::fork() > 0) continue;
        take_turns(database, 150.0, ends[1]);
        ::_exit(0);
    }
    ::close(ends[1]);
    std::vector<Millis> taken;
    for (Millis moment = 0; ::read(ends[0], &moment, sizeof moment) == sizeof moment;)
        taken.push_back(moment);
    ::close(ends[0]);
    for (int n = 0; n < k_workers; ++n) {
        int status = 0;
        ::wait(&status);
        CHECK(status == 0);
    }
    REQUIRE(taken.size() == k_workers * 12);
    std::sort(taken.begin(), taken.end());
    for (std::size_t n = 1; n < taken.size(); ++n)
        CHECK(taken[n] - taken[n - 1] >= 7);  // 6.67 ms, rounded so that no second has one more
}

TEST_CASE("A rate below one a second is kept as well") {
    const TemporaryFolder folder;
    RememberingClock clock;
    const auto slots = store::open_request_slots(folder.write("catalog.db", ""), {}, clock);
    worker::Heartbeat heartbeat{system_clock()};
    worker::SharedGate gate{*slots, "musicbrainz.org", 0.25, clock, heartbeat};
    REQUIRE(gate.wait_turn({}));
    const Millis first = RememberingClock::told_before();
    const Millis wait = slots->take("musicbrainz.org", 1);
    CHECK(RememberingClock::told() + wait == first + 4000);
}

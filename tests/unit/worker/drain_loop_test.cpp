// What a worker keeps doing while jobs are under way and between them: leases, chores, signs of
// life, looking again. The clock stands still but for what a test does to it.
#include <atomic>
#include <csignal>
#include <stdexcept>

#include <doctest/doctest.h>
#include <unistd.h>

#include "source/fault_table.hpp"
#include "support/eventually.hpp"
#include "support/open_catalogue.hpp"
#include "unit/worker/scripted_source.hpp"
#include "worker/drain.hpp"

using namespace pressings;
using namespace pressings::test;
using source::GroupReleases;
using worker::DrainOptions;

namespace {

GroupReleases one_release(const Mbid& group) {
    Album album;
    album.mbid = group;
    album.title = "An album";
    GroupReleases found;
    found.release_group = album;
    Release only = release(1, "A release");
    only.mbid = group;
    found.releases.push_back(only);
    found.requests = 1;
    return found;
}

worker::DrainSummary drain(
    OpenCatalogue& catalogue, source::ReleaseSource& source, const DrainOptions& options,
    SignalEvents* signals = nullptr, const worker::Drain::Report& report = [](const auto&) {}) {
    worker::Heartbeat heartbeat{catalogue.clock};
    worker::Drain worker{
        catalogue.store->queue(), source, catalogue.clock, heartbeat, options, signals, nullptr};
    return worker.run(report);
}

/// Lets `steps` seconds pass one by one; false if the job's lease was not prolonged in one of them.
bool is_kept_for(OpenCatalogue& catalogue, store::Store& seen, std::int64_t job_id, int steps) {
    for (int step = 0; step < steps; ++step) {
        catalogue.clock.advance(1'000);
        const bool renewed = eventually([&] {
            const auto job = seen.jobs().job(job_id);
            return job && job->lease_left_ms.value_or(0) > 2'000;
        });
        if (!renewed) return false;
    }
    return true;
}

constexpr Millis k_short_lease_ms = 3'000;

}  // namespace

TEST_CASE("A job that takes many leases is kept, however many others come and go beside it") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    for (int n = 2; n <= 9; ++n)
        catalogue.add(album_request(n));
    const auto rival = catalogue.reopen();
    rival->queue().start_worker("rival");
    std::atomic<int> others{0};
    ScriptedSource source{[&](const Mbid& group, auto) {
        if (group == mbid(1)) {
            eventually([&] { return others == 8; }, std::chrono::seconds{60});
        } else {
            catalogue.clock.advance(600);  // less than a lease is left alone for
            CHECK(rival->queue().recover().empty());
            ++others;
        }
        return one_release(group);
    }};
    DrainOptions options;
    options.concurrency = 2;
    options.lease_ms = k_short_lease_ms;
    const auto summary = drain(catalogue, source, options);
    CHECK(summary.done == 9);
    CHECK(summary.lost == 0);
}

TEST_CASE("A worker that was asked to stop keeps its jobs until the grace is over") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    const auto seen = catalogue.reopen();
    SignalEvents signals;
    bool kept = false;
    ScriptedSource source{[&](const Mbid& group, auto) {
        ::kill(::getpid(), SIGTERM);
        kept = is_kept_for(catalogue, *seen, *added.job_id, 4);
        return one_release(group);
    }};
    DrainOptions options;
    options.lease_ms = k_short_lease_ms;
    CHECK(drain(catalogue, source, options, &signals).done == 1);
    CHECK(kept);
}

TEST_CASE("A worker that fails of itself hands back what it holds, and no attempt is spent") {
    OpenCatalogue catalogue;
    const auto reported = catalogue.add(album_request(1));
    const auto held = catalogue.add(album_request(2));
    ScriptedSource source{[](const Mbid& group, const std::stop_token& stop) {
        if (group == mbid(1)) return one_release(group);
        eventually([&] { return stop.stop_requested(); });
        throw source::SourceError(source::ErrorKind::stopped, "stopped", "stopped");
    }};
    DrainOptions options;
    options.concurrency = 2;
    const auto full_disk = [](const worker::AttemptReport&) {
        throw std::runtime_error("the disk is full");
    };
    CHECK_THROWS_WITH(drain(catalogue, source, options, nullptr, full_disk), "the disk is full");
    CHECK(catalogue.job(*reported.job_id).state == JobState::done);
    CHECK(catalogue.job(*held.job_id).state == JobState::pending);
    CHECK(catalogue.job(*held.job_id).attempts == 0);
    CHECK(catalogue.claim(2).size() == 1);
}

TEST_CASE("A worker whose work hangs shows no sign of life") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    std::atomic<int> turns{0};
    std::atomic<int> shown{0};
    int shown_while_hanging = -1;
    DrainOptions options;
    options.upkeep = [&] { ++turns; };
    options.upkeep_interval_ms = 0;
    options.on_alive = [&] { ++shown; };
    options.longest_silence_ms = 60'000;
    ScriptedSource source{[&](const Mbid& group, auto) {
        catalogue.clock.advance(60'001);
        const int turns_before = turns + 1;  // that turn may have looked at the clock before
        eventually([&] { return turns > turns_before; });
        const int before = shown;
        catalogue.clock.advance(5'000);
        eventually([&] { return turns > turns_before + 2; });
        shown_while_hanging = shown - before;
        return one_release(group);
    }};
    drain(catalogue, source, options);
    CHECK(shown_while_hanging == 0);
    CHECK(shown > 0);
}

TEST_CASE("A loop does its chores now and then, not only at its end") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    int chores = 0;
    DrainOptions options;
    options.loop = true;
    options.max_jobs = 3;
    options.upkeep = [&] { ++chores; };
    options.upkeep_interval_ms = 60'000;
    ScriptedSource source{[&](const Mbid& group, auto) {
        catalogue.clock.advance(40'000);
        return one_release(group);
    }};
    CHECK(drain(catalogue, source, options).done == 3);
    CHECK(chores == 2);  // after 80 of 120 seconds, and at the end
}

TEST_CASE("A loop that nobody wakes looks again when the poll interval is over, not before") {
    OpenCatalogue catalogue;
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    int turns = 0;
    DrainOptions options;
    options.loop = true;
    options.max_jobs = 1;
    options.poll_interval_ms = 20'000;
    options.upkeep_interval_ms = 0;
    options.upkeep = [&] {
        ++turns;
        if (turns == 1) {
            const auto other = catalogue.reopen();
            const auto request = album_request(1);
            other->albums().add_albums({&request, 1}, {});
            catalogue.clock.advance(19'999);
        } else if (turns == 3) {
            CHECK(source.asked().empty());
            catalogue.clock.advance(1);
        }
    };
    CHECK(drain(catalogue, source, options).done == 1);
}

TEST_CASE("What it cost to learn that an MBID is a release's is counted as well") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    struct OfReleases final : source::ReleaseSource {
        GroupReleases releases_of(const Mbid&, std::stop_token) override {
            source::SourceError none = source::answer_error("not_found", "none");
            none.requests = 2;
            throw none;
        }
        GroupReleases releases_of_group_with(const Mbid&, std::stop_token) override {
            auto found = one_release(mbid(7));
            found.requests = 3;
            return found;
        }
    } source;
    CHECK(drain(catalogue, source, {}).requests == 5);
}

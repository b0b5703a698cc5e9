// Whose fault a failure is: a job pays for its own, and for nobody else's.
#include <atomic>
#include <csignal>
#include <map>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>
#include <unistd.h>

#include "support/eventually.hpp"
#include "unit/worker/drained.hpp"
#include "unit/worker/led_drain.hpp"

using namespace pressings;
using namespace pressings::test;
using source::ErrorKind;
using source::GroupReleases;
using source::SourceError;
using worker::DrainOptions;

namespace {

constexpr Millis k_minute = 60'000;
constexpr Millis k_hour = 60 * k_minute;
constexpr int k_known = 9'000;  ///< an album that was imported at some earlier time

/// A catalogue of albums that wait, and one that was imported before.
struct Outbox {
    OpenCatalogue catalogue;
    int albums;

    explicit Outbox(int count) : albums(count) {
        for (int n = 1; n <= count; ++n)
            catalogue.add(album_request(n));
    }

    /// Puts in, and imports, what a source has to know.
    void add_known() {
        AlbumRequest request = album_request(k_known);
        request.priority = 1;
        catalogue.add(request);
        ScriptedSource right{[](const Mbid& group, auto) { return one_release(group); }};
        DrainOptions options;
        options.max_jobs = 1;
        REQUIRE(drain(catalogue, right, options).done == 1);
    }

    std::map<JobState, int> states() {
        std::map<JobState, int> states;
        store::JobFilter filter;
        filter.limit = 1'000;
        catalogue.store->jobs().jobs(filter, [&](const auto& job) { ++states[job.state]; });
        return states;
    }

    int attempts() {
        int attempts = 0;
        store::JobFilter filter;
        filter.limit = 1'000;
        catalogue.store->jobs().jobs(filter, [&](const auto& job) {
            if (job.state != JobState::done) attempts += job.attempts;
        });
        return attempts;
    }
};

/// As a service answers that lets nobody in.
[[noreturn]] void turn_away() {
    SourceError error{ErrorKind::transient, "forbidden", "HTTP 403"};
    error.reach = source::Reach::turned_away;
    throw error;
}

/// Answers as MusicBrainz would that has lost all albums but those of these numbers.
class LostSource final : public source::ReleaseSource {
  public:
    GroupReleases releases_of(const Mbid& group, std::stop_token) override {
        ++asked;
        if (group == mbid(k_known)) return one_release(group);
        fail("not_found", ErrorKind::permanent);
    }
    GroupReleases releases_of_group_with(const Mbid& release, std::stop_token stop) override {
        return releases_of(release, std::move(stop));
    }
    source::ReleaseFates fates_of(std::span<const Mbid> releases, std::stop_token) override {
        source::ReleaseFates fates;
        for (const Mbid& release : releases)
            fates.fates.push_back({release, std::nullopt, std::nullopt});
        return fates;
    }
    bool is_current() const override { return true; }

    std::atomic<int> asked = 0;
};

}  // namespace

TEST_CASE(
    "Three failures of one kind in a row are an outage: no attempt is spent, the rest waits") {
    for (const char* code : {"not_json", "bad_answer", "http_500", "cut_off", "incomplete"}) {
        CAPTURE(code);
        Outbox outbox{10};
        ScriptedSource source{[&](const Mbid&, auto) -> GroupReleases { fail(code); }};
        const auto summary = drain(outbox.catalogue, source, {});
        CHECK(source.asked().size() == 3);
        CHECK(summary.released == 3);
        CHECK(summary.retrying == 0);
        REQUIRE(summary.outage);
        CHECK(summary.outage->error.code == code);
        CHECK(summary.outage->jobs == 3);
        CHECK(outbox.states() == std::map<JobState, int>{{JobState::pending, 10}});
        CHECK(outbox.attempts() == 0);
    }
}

TEST_CASE("What it takes to find out whose fault it is counts among the requests of the run") {
    struct Well final : source::ReleaseSource {
        GroupReleases releases_of(const Mbid&, std::stop_token) override { fail("http_500"); }
        GroupReleases releases_of_group_with(const Mbid&, std::stop_token) override {
            fail("http_500");
        }
        int probe(std::span<const Mbid>, std::stop_token) override { return 2; }
    } source;
    Outbox outbox{3};
    const auto summary = drain(outbox.catalogue, source, {});
    CHECK(summary.retrying == 3);
    CHECK(summary.requests == 2);
}

TEST_CASE("In a row means that nothing goes well in between") {
    Outbox outbox{9};
    ScriptedSource source{[](const Mbid& group, auto) -> GroupReleases {
        for (const int n : {1, 2, 4, 5, 7, 8}) {
            if (group == mbid(n)) fail("http_500");
        }
        return one_release(group);
    }};
    const auto summary = drain(outbox.catalogue, source, {});
    CHECK_FALSE(summary.outage);
    CHECK(summary.done == 3);
    CHECK(summary.retrying == 6);
    CHECK(outbox.attempts() == 6);
}

TEST_CASE("In a row means of one kind") {
    Outbox outbox{8};
    ScriptedSource source{[](const Mbid& group, auto) -> GroupReleases {
        for (const int n : {3, 4, 7, 8}) {
            if (group == mbid(n)) fail("timeout");
        }
        fail("http_500");
    }};
    const auto summary = drain(outbox.catalogue, source, {});
    CHECK(source.asked().size() == 8);
    CHECK_FALSE(summary.outage);
    CHECK(summary.retrying == 8);
}

TEST_CASE("That a host is not found and that it cannot be reached is one kind") {
    Outbox outbox{5};
    ScriptedSource source{[](const Mbid& group, auto) -> GroupReleases {
        SourceError error{ErrorKind::transient, group == mbid(2) ? "dns" : "connect", "nobody"};
        error.reach = source::Reach::unreachable;
        throw error;
    }};
    CHECK(drain(outbox.catalogue, source, {}).outage->jobs == 3);
}

TEST_CASE("One refusal ends a drain: nothing is asked to find out more, no attempt is spent") {
    Outbox outbox{5};
    outbox.add_known();
    ScriptedSource source{[](const Mbid&, auto) -> GroupReleases { turn_away(); }};
    const auto summary = drain(outbox.catalogue, source, {});
    CHECK(source.asked().size() == 1);
    CHECK(summary.released == 1);
    CHECK(summary.remaining == 5);
    REQUIRE(summary.outage);
    CHECK(summary.outage->error.code == "forbidden");
    CHECK(summary.outage->jobs == 1);
    CHECK(outbox.attempts() == 0);
}

TEST_CASE("A loop that is turned away holds still for an hour") {
    Outbox outbox{3};
    ScriptedSource source{[](const Mbid&, auto) -> GroupReleases { turn_away(); }};
    SignalEvents signals;
    DrainOptions options;
    options.loop = true;
    std::atomic<int> holds = 0;
    options.held = [&](const worker::Outage& outage) { holds += outage.hold_ms == k_hour; };
    LedDrain loop{outbox.catalogue, source, options, &signals};
    const auto holds_again = [&](int times) {
        return eventually([&] {
            loop.turn();
            return holds == times;
        });
    };
    CHECK(holds_again(1));
    outbox.catalogue.clock.advance(k_hour - 1);
    loop.turn();
    CHECK(source.asked().size() == 1);
    outbox.catalogue.clock.advance(1);
    CHECK(holds_again(2));
    CHECK(source.asked().size() == 2);
    ::kill(::getpid(), SIGTERM);
    loop.end();
    CHECK(outbox.attempts() == 0);
}

TEST_CASE("Certain answers in a row hold nothing, and show that the source is there") {
    Outbox outbox{20};
    ScriptedSource source{[](const Mbid& group, auto) -> GroupReleases {
        for (const int n : {5, 6, 8, 9}) {
            if (group == mbid(n)) fail("http_500");
        }
        fail("not_found", ErrorKind::permanent);
    }};
    const auto summary = drain(outbox.catalogue, source, {});
    CHECK(summary.failed == 16);
    CHECK(summary.retrying == 4);
    CHECK_FALSE(summary.outage);
}

TEST_CASE(
    "Jobs that fail for reasons of their own fail after ten attempts, however many they are") {
    Outbox outbox{5};
    outbox.add_known();
    ScriptedSource source{[](const Mbid& group, auto) -> GroupReleases {
        if (group == mbid(k_known)) return one_release(group);
        fail("http_504");
    }};
    for (int run = 1; run <= 10; ++run) {
        const auto summary = drain(outbox.catalogue, source, {});
        CHECK_FALSE(summary.outage);
        CHECK(summary.retrying == (run < 10 ? 5 : 0));
        CHECK(summary.failed == (run < 10 ? 0 : 5));
        outbox.catalogue.clock.advance(7 * k_hour);
    }
    CHECK(outbox.states()[JobState::failed] == 5);
}

TEST_CASE("One job alone pays for nothing while the source does not know what it must know") {
    Outbox outbox{1};
    outbox.add_known();
    ScriptedSource source{[](const Mbid&, auto) -> GroupReleases { fail("not_json"); }};
    const auto summary = drain(outbox.catalogue, source, {});
    CHECK(summary.outage->jobs == 1);
    CHECK(summary.released == 1);
    CHECK(outbox.attempts() == 0);
}

TEST_CASE("The last attempt of a job is not spent by an outage either") {
    Outbox outbox{1};
    outbox.add_known();
    DrainOptions options;
    options.retry.max_attempts = 1;
    ScriptedSource source{[](const Mbid&, auto) -> GroupReleases { fail("not_json"); }};
    drain(outbox.catalogue, source, options);
    CHECK(outbox.states()[JobState::pending] == 1);
}

TEST_CASE("An outbox outlives a night behind a log-in page, a run every quarter of an hour") {
    for (const int jobs : {1, 2, 3, 133}) {
        CAPTURE(jobs);
        Outbox outbox{jobs};
        outbox.add_known();
        ScriptedSource portal{[](const Mbid&, auto) -> GroupReleases { fail("not_json"); }};
        for (Millis passed = 0; passed < 14 * k_hour; passed += 15 * k_minute) {
            drain(outbox.catalogue, portal, {});
            outbox.catalogue.clock.advance(15 * k_minute);
        }
        CHECK(outbox.states()[JobState::pending] == jobs);
        CHECK(outbox.attempts() == 0);
        outbox.catalogue.clock.advance(15 * k_minute);
        ScriptedSource right{[](const Mbid& group, auto) { return one_release(group); }};
        CHECK(drain(outbox.catalogue, right, {}).done == jobs);
    }
}

TEST_CASE("A service that wants quiet for long ends a drain, and no other job is taken") {
    Outbox outbox{5};
    ScriptedSource source{[](const Mbid&, auto) -> GroupReleases {
        SourceError error{ErrorKind::throttled, "throttled", "quiet"};
        error.retry_after_ms = 10 * k_minute;
        throw error;
    }};
    const auto summary = drain(outbox.catalogue, source, {});
    CHECK(source.asked().size() == 1);
    CHECK(summary.released == 1);
    CHECK(summary.remaining == 5);
    CHECK_FALSE(summary.outage);
    CHECK(outbox.attempts() == 0);
}

TEST_CASE("A service that is busy without end ends a drain after three jobs") {
    Outbox outbox{5};
    ScriptedSource source{
        [](const Mbid&, auto) -> GroupReleases { fail("throttled", ErrorKind::throttled); }};
    CHECK(drain(outbox.catalogue, source, {}).released == 3);
    CHECK(outbox.attempts() == 0);
}

TEST_CASE("A run that would remove too much stops, and every job of it is handed back") {
    Outbox outbox{12};
    ScriptedSource right{[](const Mbid& group, auto) { return one_release(group); }};
    REQUIRE(drain(outbox.catalogue, right, {}).done == 12);
    outbox.add_known();
    AddOptions refresh;
    refresh.refresh = true;
    for (int n = 1; n <= 12; ++n)
        outbox.catalogue.add(album_request(n), refresh);
    outbox.catalogue.store->queue().limit_removals({});
    for (const auto& [concurrency, group] : {std::pair{1, 1}, std::pair{4, 1}, std::pair{4, 64}}) {
        CAPTURE(concurrency);
        DrainOptions options;
        options.concurrency = concurrency;
        options.group = group;
        LostSource lost;
        const auto summary = drain(outbox.catalogue, lost, options);
        CHECK(summary.too_many_removals == Removals{4, 0});
        CHECK(summary.failed == 0);
        CHECK(summary.retrying == 0);
        CHECK(summary.remaining == 9);
        CHECK(outbox.attempts() == 0);
        CHECK(outbox.catalogue.store->jobs().status().releases == 10);
    }
    CHECK(outbox.catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("What would have been removed waits for an hour, and other jobs are done meanwhile") {
    Outbox outbox{2};
    ScriptedSource right{[](const Mbid& group, auto) { return one_release(group); }};
    REQUIRE(drain(outbox.catalogue, right, {}).done == 2);
    outbox.add_known();
    RemovalLimit none;
    none.albums = 0;
    outbox.catalogue.store->queue().limit_removals(none);
    AddOptions refresh;
    refresh.refresh = true;
    const auto added = outbox.catalogue.add(album_request(1), refresh);
    LostSource lost;
    CHECK(drain(outbox.catalogue, lost, {}).too_many_removals);
    const auto job = outbox.catalogue.job(*added.job_id);
    CHECK(job.error->code == "too_many_removals");
    CHECK(job.run_at_ms == outbox.catalogue.clock.now + k_hour);
    outbox.catalogue.add(album_request(k_known), refresh);
    CHECK(drain(outbox.catalogue, lost, {}).done == 1);
}

TEST_CASE("A time-out at the second question is no answer to the first") {
    struct SlowAtSecond final : source::ReleaseSource {
        GroupReleases releases_of(const Mbid&, std::stop_token) override {
            fail("not_found", ErrorKind::permanent);
        }
        GroupReleases releases_of_group_with(const Mbid&, std::stop_token) override {
            fail("timeout");
        }
    } source;
    Outbox outbox{1};
    CHECK(drain(outbox.catalogue, source, {}).retrying == 1);
    CHECK(outbox.catalogue.job(1).error->code == "timeout");
    CHECK(outbox.catalogue.job(1).state == JobState::pending);
}

TEST_CASE("After an error of the worker's own its jobs are handed back, and no attempt is spent") {
    Outbox outbox{6};
    ScriptedSource source{[](const Mbid& group, std::stop_token stop) -> GroupReleases {
        if (group == mbid(1)) return one_release(group);
        while (!stop.stop_requested())
            std::this_thread::yield();
        fail("stopped", ErrorKind::stopped);
    }};
    DrainOptions options;
    options.concurrency = 4;
    worker::Heartbeat heartbeat{outbox.catalogue.clock};
    worker::Drain worker{outbox.catalogue.store->queue(),
                         source,
                         outbox.catalogue.clock,
                         heartbeat,
                         options,
                         nullptr,
                         nullptr};
    CHECK_THROWS_AS(worker.run([](const worker::AttemptReport&) {
        throw std::runtime_error("the report cannot be written");
    }),
                    std::runtime_error);
    CHECK(outbox.states() == std::map<JobState, int>{{JobState::done, 1}, {JobState::pending, 5}});
    CHECK(outbox.attempts() == 0);
    CHECK(outbox.catalogue.job(2).error->code == "worker_failed");
}

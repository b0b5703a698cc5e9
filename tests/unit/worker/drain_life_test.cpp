// What a drain remembers from job to job: leases, bounds, signs of life, and when to look again.
#include <atomic>
#include <csignal>
#include <map>

#include <doctest/doctest.h>
#include <unistd.h>

#include "source/fault_table.hpp"
#include "support/eventually.hpp"
#include "unit/worker/drained.hpp"
#include "unit/worker/led_drain.hpp"

using namespace pressings;
using namespace pressings::test;
using source::ErrorKind;
using source::GroupReleases;
using source::SourceError;
using worker::AttemptEnd;
using worker::DrainOptions;

namespace {

void add_albums(OpenCatalogue& catalogue, int albums) {
    for (int n = 1; n <= albums; ++n) {
        catalogue.add(album_request(n));
        catalogue.clock.advance(1);  // due in this order
    }
}

worker::DrainSummary drain(
    OpenCatalogue& catalogue, ScriptedSource& source, const DrainOptions& options,
    const worker::Drain::Report& report = [](const auto&) {}) {
    worker::Heartbeat heartbeat{catalogue.clock};
    return worker::Drain{
        catalogue.store->queue(), source, catalogue.clock, heartbeat, options, nullptr, nullptr}
        .run(report);
}

DrainOptions loop() {
    DrainOptions options;
    options.loop = true;
    return options;
}

/// Sends this process a signal that a drain under test receives.
void send(int number) {
    ::kill(::getpid(), number);
}

}  // namespace

TEST_CASE("A lease is renewed before it runs out, though other jobs are taken all the while") {
    OpenCatalogue catalogue;
    add_albums(catalogue, 12);
    const auto other = catalogue.reopen();
    HeldFetches first;
    std::atomic<bool> begun = false;
    int others = 0;
    int stolen = 0;
    ScriptedSource source{[&](const Mbid& group, const auto& stop) {
        if (group == mbid(1) && !begun.exchange(true)) {
            first.wait(stop);
        } else {
            stolen += static_cast<int>(other->queue().recover().size());
            catalogue.clock.advance(15'000);  // a quarter of a lease
            if (++others == 11) first.open();
        }
        return one_release(group);
    }};
    DrainOptions options;
    options.concurrency = 2;
    CHECK(drain(catalogue, source, options).done == 12);
    CHECK(stolen == 0);
}

TEST_CASE("While a worker is asked to stop, leases are renewed, and work has all of --grace") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    add_albums(catalogue, 2);
    const auto other = catalogue.reopen();
    HeldFetches fetches;
    ScriptedSource source{[&](const Mbid& group, const auto& stop) {
        fetches.wait(stop);
        return one_release(group);
    }};
    DrainOptions options = loop();
    options.grace_ms = 300'000;
    LedDrain worker{catalogue, source, options, &signals};
    fetches.wait_for_arrivals(1);
    send(SIGTERM);
    worker.turn();
    for (Millis passed = 0; passed < 275'000; passed += 25'000) {
        catalogue.clock.advance(25'000);
        worker.turn();
        CHECK(other->queue().recover().empty());
    }
    catalogue.clock.advance(24'999);
    worker.turn();
    CHECK_FALSE(fetches.was_stopped());
    catalogue.clock.advance(1);
    worker.turn();
    CHECK(eventually([&] { return fetches.was_stopped(); }));
    fetches.open();
    const auto summary = worker.end();
    CHECK(summary.released == 1);
    CHECK(summary.remaining == 2);
    CHECK(catalogue.job(1).attempts == 0);
    CHECK(source.asked().size() == 1);
}

TEST_CASE("What is finished within --grace is written") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    add_albums(catalogue, 1);
    HeldFetches fetches;
    ScriptedSource source{[&](const Mbid& group, const auto& stop) {
        fetches.wait(stop);
        return one_release(group);
    }};
    LedDrain worker{catalogue, source, loop(), &signals};
    fetches.wait_for_arrivals(1);
    send(SIGTERM);
    worker.turn();
    catalogue.clock.advance(24'999);
    fetches.open();
    CHECK(worker.end().done == 1);
}

TEST_CASE("A worker whose fetch hangs shows no life, whatever else it does") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    add_albums(catalogue, 1);
    std::atomic<int> shown = 0;
    DrainOptions options = loop();
    options.on_alive = [&] { ++shown; };
    options.longest_silence_ms = 60'000;
    HeldFetches fetches;
    ScriptedSource source{[&](const Mbid& group, const auto& stop) {
        fetches.wait(stop);
        return one_release(group);
    }};
    LedDrain worker{catalogue, source, options, &signals};
    fetches.wait_for_arrivals(1);
    catalogue.clock.advance(59'000);
    worker.turn();
    const int before = shown;
    CHECK(before > 0);
    catalogue.clock.advance(2'000);
    for (int seconds = 0; seconds < 5; ++seconds) {
        worker.turn();
        catalogue.clock.advance(1'000);
    }
    CHECK(shown == before);
    fetches.open();
    send(SIGTERM);
    CHECK(worker.end().done == 1);
}

TEST_CASE("A worker with nothing to do shows life each second, and not more often") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    std::atomic<int> shown = 0;
    DrainOptions options = loop();
    options.on_alive = [&] { ++shown; };
    options.longest_silence_ms = 60'000;
    ScriptedSource source{[](const Mbid& group, const auto&) { return one_release(group); }};
    LedDrain worker{catalogue, source, options, &signals};
    catalogue.clock.advance(3'600'000);
    worker.turn();
    for (int seconds = 1; seconds <= 5; ++seconds) {
        const int before = shown;
        catalogue.clock.advance(999);
        worker.turn();
        CHECK(shown == before);
        catalogue.clock.advance(1);
        worker.turn();
        CHECK(shown == before + 1);
    }
    send(SIGTERM);
    worker.end();
}

TEST_CASE("A loop does its upkeep again and again, as often as it is told, and at its end") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    std::atomic<int> chores = 0;
    DrainOptions options = loop();
    options.upkeep = [&] { ++chores; };
    options.upkeep_interval_ms = 60'000;
    ScriptedSource source{[](const Mbid& group, const auto&) { return one_release(group); }};
    LedDrain worker{catalogue, source, options, &signals};
    worker.turn();
    for (int times = 0; times < 3; ++times) {
        catalogue.clock.advance(59'999);
        worker.turn();
        CHECK(chores == times);
        catalogue.clock.advance(1);
        worker.turn();
        CHECK(chores == times + 1);
    }
    send(SIGTERM);
    worker.end();
    CHECK(chores == 4);
}

TEST_CASE("An idle loop that hears of no change looks again after --poll-interval") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    DrainOptions options = loop();
    options.poll_interval_ms = 30'000;
    ScriptedSource source{[](const Mbid& group, const auto&) { return one_release(group); }};
    const auto other = catalogue.reopen();
    LedDrain worker{catalogue, source, options, &signals};
    worker.turn();
    const AlbumRequest album = album_request(1);
    other->albums().add_albums({&album, 1}, {});
    catalogue.clock.advance(29'999);
    worker.turn();
    CHECK(source.asked().empty());
    catalogue.clock.advance(1);
    worker.turn();
    CHECK(eventually([&] { return source.asked().size() == 1; }));
    send(SIGTERM);
    CHECK(worker.end().done == 1);
}

TEST_CASE("A loop takes a job when its time has come, though the next look were later") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    DrainOptions options = loop();
    options.poll_interval_ms = 3'600'000;
    std::atomic<bool> failed = false;
    ScriptedSource source{[&](const Mbid& group, const auto&) -> GroupReleases {
        if (!failed.exchange(true)) {
            throw SourceError(ErrorKind::transient, "timeout", "too slow");
        }
        return one_release(group);
    }};
    add_albums(catalogue, 1);
    const auto other = catalogue.reopen();
    LedDrain worker{catalogue, source, options, &signals};
    REQUIRE(eventually([&] { return other->jobs().job(1)->error.has_value(); }));
    worker.turn();
    catalogue.clock.advance(other->jobs().job(1)->run_at_ms - catalogue.clock.now_ms() - 1);
    worker.turn();
    CHECK(source.asked().size() == 1);
    catalogue.clock.advance(1);
    worker.turn();
    CHECK(eventually([&] { return source.asked().size() == 2; }));
    send(SIGTERM);
    CHECK(worker.end().done == 1);
}

TEST_CASE("--max-jobs is the number of jobs taken, one by one or many at once, in a loop too") {
    for (const int group : {1, 32}) {
        for (const bool loops : {false, true}) {
            CAPTURE(group);
            CAPTURE(loops);
            OpenCatalogue catalogue;
            add_albums(catalogue, 7);
            DrainOptions options;
            options.loop = loops;
            options.group = group;
            options.max_jobs = 5;
            ScriptedSource source{
                [](const Mbid& album, const auto&) { return one_release(album); }};
            const auto summary = drain(catalogue, source, options);
            CHECK(summary.done == 5);
            CHECK(summary.remaining == 2);
            CHECK(source.asked().size() == 5);
        }
    }
}

TEST_CASE("At --max-time no job is taken any more, right before it one is, in a loop too") {
    for (const bool loops : {false, true}) {
        for (const auto& [max_time, done] : {std::pair{2'000, 2}, std::pair{2'001, 3}}) {
            CAPTURE(max_time);
            OpenCatalogue catalogue;
            add_albums(catalogue, 5);
            ScriptedSource source{[&](const Mbid& group, const auto&) {
                catalogue.clock.advance(1'000);
                return one_release(group);
            }};
            DrainOptions options;
            options.loop = loops;
            options.max_time_ms = max_time;
            CHECK(drain(catalogue, source, options).done == done);
        }
    }
}

TEST_CASE("Each way in which an attempt ends is counted as what it is") {
    // done, retrying, failed, lost, released: 5, 4, 3, 2 and 1 of them
    const std::string ends = "drfdrfdrfdrdllt";
    OpenCatalogue catalogue;
    add_albums(catalogue, static_cast<int>(ends.size()));
    const auto other = catalogue.reopen();
    ScriptedSource source{[&](const Mbid& group, const auto&) -> GroupReleases {
        std::int64_t id = 1;
        while (mbid(static_cast<int>(id)) != group)
            ++id;
        switch (ends[static_cast<std::size_t>(id - 1)]) {
            case 'r':
                throw SourceError(ErrorKind::transient, "timeout", "too slow");
            case 'f':
                throw source::answer_error("not_found", "none such");
            case 't':
                throw SourceError(ErrorKind::throttled, "throttled", "busy");
            case 'l':
                other->control().apply({&id, 1}, store::JobAction::cancel, store::Mode::write);
                [[fallthrough]];
            default:
                return one_release(group);
        }
    }};
    std::map<AttemptEnd, int> reported;
    const auto summary =
        drain(catalogue, source, {}, [&](const auto& attempt) { ++reported[attempt.end]; });
    CHECK(summary.done == 5);
    CHECK(summary.retrying == 4);
    CHECK(summary.failed == 3);
    CHECK(summary.lost == 2);
    CHECK(summary.released == 1);
    CHECK(summary.remaining == 5);
    CHECK(reported == std::map<AttemptEnd, int>{{AttemptEnd::done, 5},
                                                {AttemptEnd::retrying, 4},
                                                {AttemptEnd::failed, 3},
                                                {AttemptEnd::lost, 2},
                                                {AttemptEnd::released, 1}});
}

TEST_CASE("Nothing is taken while a suspect is in hand, and no suspect while anything is") {
    // The suspect has the priority 0; one time it is taken first, one time last.
    for (const int priority : {-1, 1}) {
        CAPTURE(priority);
        OpenCatalogue catalogue;
        add_albums(catalogue, 1);
        make_suspect(catalogue);
        AlbumRequest request = album_request(2);
        request.priority = priority;
        catalogue.add(request);
        const auto other = catalogue.reopen();
        HeldFetches fetches;
        ScriptedSource source{[&](const Mbid& group, const auto& stop) {
            fetches.wait(stop);
            return one_release(group);
        }};
        DrainOptions options;
        options.concurrency = 4;
        LedDrain worker{catalogue, source, options};
        fetches.wait_for_arrivals(1);
        worker.turn();
        const auto running = other->jobs().status().running;
        CHECK(running.size() == 1);
        if (!running.empty()) CHECK(running.front().id == (priority > 0 ? 2 : 1));
        fetches.open();
        CHECK(worker.end().done == 2);
    }
}

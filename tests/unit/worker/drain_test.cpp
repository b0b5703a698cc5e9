#include "worker/drain.hpp"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "source/fault_table.hpp"
#include "store/request_slots.hpp"
#include "unit/worker/drained.hpp"

using namespace pressings;
using namespace pressings::test;
using source::ErrorKind;
using source::GroupReleases;
using source::SourceError;
using worker::AttemptEnd;
using worker::DrainOptions;

TEST_CASE("A drain imports what is due and ends") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    const auto summary = drain(catalogue, source, {});
    CHECK(summary.done == 3);
    CHECK(summary.releases == 3);
    CHECK(summary.requests == 3);
    CHECK(summary.remaining == 0);
    CHECK(catalogue.store->jobs().status().releases == 3);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("A drain counts the oddities of all its jobs") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    ScriptedSource source{[](const Mbid& group, auto) {
        GroupReleases found = one_release(group);
        if (group != mbid(3)) found.oddities.push_back({mbid(50), "date", "1", "is no date", 1});
        return found;
    }};
    CHECK(drain(catalogue, source, {}).oddities == 2);
}

TEST_CASE("With nothing due, a drain asks for nothing and writes no job") {
    OpenCatalogue catalogue;
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    const auto summary = drain(catalogue, source, {});
    CHECK(summary.done == 0);
    CHECK(source.asked().empty());
}

TEST_CASE("Fetches overlap, and jobs that are at hand are written in groups") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 100; ++n)
        catalogue.add(album_request(n));
    std::atomic<int> now{0};
    std::atomic<int> most{0};
    ScriptedSource source{[&](const Mbid& group, auto) {
        const int running = ++now;
        int seen = most;
        while (running > seen && !most.compare_exchange_weak(seen, running)) {
        }
        std::this_thread::yield();
        auto found = one_release(group);
        --now;
        return found;
    }};
    DrainOptions options;
    options.concurrency = 4;
    options.group = 32;
    CHECK(drain(catalogue, source, options).done == 100);
    CHECK(most <= 4);
    CHECK(source.asked().size() == 100);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("What can never succeed fails at once, what may is tried again later") {
    OpenCatalogue catalogue;
    const auto gone = catalogue.add(album_request(1));
    const auto slow = catalogue.add(album_request(2));
    const auto busy = catalogue.add(album_request(3));
    ScriptedSource source{[](const Mbid& group, auto) -> GroupReleases {
        if (group == mbid(1)) throw source::answer_error("not_found", "none such");
        if (group == mbid(2)) throw SourceError(ErrorKind::transient, "timeout", "too slow");
        throw SourceError(ErrorKind::throttled, "throttled", "busy");
    }};
    std::vector<Ended> ended;
    const auto summary = drain(catalogue, source, {}, &ended);
    CHECK(summary.failed == 1);
    CHECK(summary.retrying == 1);
    CHECK(summary.released == 1);
    CHECK(summary.remaining == 2);
    CHECK(catalogue.job(*gone.job_id).state == JobState::failed);
    CHECK(catalogue.job(*gone.job_id).error->code == "not_found");
    CHECK(catalogue.job(*slow.job_id).attempts == 1);
    CHECK(catalogue.job(*busy.job_id).attempts == 0);
    CHECK(catalogue.job(*busy.job_id).run_at_ms == catalogue.clock.now + 60'000);
}

TEST_CASE("A source that breaks down costs an attempt, never the worker") {
    OpenCatalogue catalogue;
    const auto bad = catalogue.add(album_request(1));
    catalogue.add(album_request(2));
    ScriptedSource source{[](const Mbid& group, auto) -> GroupReleases {
        if (group == mbid(1)) throw std::runtime_error("a bug");
        return one_release(group);
    }};
    const auto summary = drain(catalogue, source, {});
    CHECK(summary.done == 1);
    CHECK(catalogue.job(*bad.job_id).error->code == "internal");
}

TEST_CASE("The bound on jobs is kept") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 5; ++n)
        catalogue.add(album_request(n));
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    DrainOptions options;
    options.max_jobs = 2;
    options.group = 32;
    const auto summary = drain(catalogue, source, options);
    CHECK(summary.done == 2);
    CHECK(summary.remaining == 3);
}

TEST_CASE("No job is taken once the time is up") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 5; ++n)
        catalogue.add(album_request(n));
    ScriptedSource source{[&](const Mbid& group, auto) {
        catalogue.clock.advance(1'000);
        return one_release(group);
    }};
    DrainOptions options;
    options.max_time_ms = 1'500;
    CHECK(drain(catalogue, source, options).done == 2);
}

TEST_CASE("A job that was taken over while it was fetched is reported lost") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    const auto other = catalogue.reopen();
    ScriptedSource source{[&](const Mbid& group, auto) {
        other->control().apply({&*added.job_id, 1}, store::JobAction::cancel, store::Mode::write);
        return one_release(group);
    }};
    CHECK(drain(catalogue, source, {}).lost == 1);
    CHECK(catalogue.store->jobs().status().releases == 0);
}

TEST_CASE("A worker takes over what a dead one left, before anything else") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    {
        const auto dead = catalogue.reopen();
        dead->queue().start_worker("dead");
        REQUIRE(dead->queue().claim({}, 60'000).size() == 1);
    }
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    CHECK(drain(catalogue, source, {}).done == 1);
}

TEST_CASE("A source that is down ends the drain after a few attempts, and the other jobs wait") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 10; ++n)
        catalogue.add(album_request(n));
    ScriptedSource source{[](const Mbid&, auto) -> GroupReleases {
        throw SourceError(ErrorKind::transient, "connect", "nobody there");
    }};
    const auto summary = drain(catalogue, source, {});
    CHECK(summary.released == 3);
    CHECK(source.asked().size() == 3);
    CHECK(summary.remaining == 10);
}

TEST_CASE("Upkeep is done at the end of a drain, whatever was due") {
    OpenCatalogue catalogue;
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    int chores = 0;
    DrainOptions options;
    options.upkeep = [&] { ++chores; };
    drain(catalogue, source, options);
    CHECK(chores == 1);
}

TEST_CASE("A worker shows that it lives as long as what is under way gets on") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 2; ++n)
        catalogue.add(album_request(n));
    int shown = 0;
    DrainOptions options;
    options.on_alive = [&] { ++shown; };
    options.longest_silence_ms = 60'000;
    ScriptedSource source{[&](const Mbid& group, auto) {
        catalogue.clock.advance(2'000);
        return one_release(group);
    }};
    drain(catalogue, source, options);
    CHECK(shown >= 2);
}

TEST_CASE("What is taken back from a dead worker is told") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    {
        const auto dead = catalogue.reopen();
        dead->queue().start_worker("dead");
        REQUIRE(dead->queue().claim({}, 60'000).size() == 1);
    }
    std::vector<std::int64_t> told;
    DrainOptions options;
    options.recovered = [&](const store::Recovered& job) { told.push_back(job.job_id); };
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    drain(catalogue, source, options);
    CHECK(told == std::vector{*added.job_id});
}

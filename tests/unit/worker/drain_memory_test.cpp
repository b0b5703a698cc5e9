// What a drain remembers of the attempts before, and what ends that: a success forgives, another
// failure begins a new row, time makes what was learnt old.
#include <algorithm>
#include <atomic>
#include <csignal>

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

void add_albums(OpenCatalogue& catalogue, int albums) {
    for (int n = 1; n <= albums; ++n)
        catalogue.add(album_request(n));
}

int number_of(const Mbid& group) {
    int number = 1;
    while (mbid(number) != group)
        ++number;
    return number;
}

/// Ends the job of each album as its letter says: done, a failure, or throttled.
GroupReleases end_as(const std::string& letters, const Mbid& group) {
    switch (letters[static_cast<std::size_t>(number_of(group) - 1)]) {
        case 'f':
            fail("http_500");
        case 't':
            fail("throttled", ErrorKind::throttled);
        default:
            return one_release(group);
    }
}

void stop(LedDrain& worker) {
    ::kill(::getpid(), SIGTERM);
    worker.turn();
}

}  // namespace

TEST_CASE("A busy service ends a drain only if nothing but that is met three times in a row") {
    for (const std::string letters : {"ttdttdtt", "ttfttftt"}) {
        CAPTURE(letters);
        OpenCatalogue catalogue;
        add_albums(catalogue, static_cast<int>(letters.size()));
        ScriptedSource source{[&](const Mbid& group, auto) { return end_as(letters, group); }};
        CHECK(drain(catalogue, source, {}).released == 6);
        CHECK(source.asked().size() == letters.size());
    }
}

TEST_CASE("A list of an artist's albums is a success as well, and ends a row of failures") {
    struct ListingSource final : source::ReleaseSource {
        GroupReleases releases_of(const Mbid&, std::stop_token) override { fail("http_500"); }
        GroupReleases releases_of_group_with(const Mbid&, std::stop_token) override {
            fail("http_500");
        }
        source::ArtistGroups release_groups_of(const Mbid&, const TypeFilter&,
                                               std::stop_token) override {
            return {};
        }
    } source;
    OpenCatalogue catalogue;
    add_albums(catalogue, 2);
    catalogue.store->albums().add_discography(mbid(50), {}, "default", 0, store::Mode::write);
    catalogue.add(album_request(3));
    const auto summary = drain(catalogue, source, {});
    CHECK(summary.done == 1);
    CHECK_FALSE(summary.outage);
    CHECK(summary.retrying == 3);
}

TEST_CASE("An outage is over when something goes well that was under way, and the drain goes on") {
    OpenCatalogue catalogue;
    add_albums(catalogue, 5);
    HeldFetches good_ones;
    ScriptedSource source{[&](const Mbid& group, const auto& stop) {
        if (group == mbid(4) || group == mbid(5)) good_ones.wait(stop);
        return end_as("fffdd", group);
    }};
    DrainOptions options;
    options.concurrency = 4;
    worker::Heartbeat heartbeat{catalogue.clock};
    worker::Drain worker{
        catalogue.store->queue(), source, catalogue.clock, heartbeat, options, nullptr, nullptr};
    const auto summary = worker.run([&](const worker::AttemptReport& attempt) {
        if (attempt.end == worker::AttemptEnd::released) good_ones.open();
    });
    CHECK(summary.released == 3);
    CHECK(summary.done == 2);
    CHECK_FALSE(summary.outage);
}

TEST_CASE("No suspect is taken while a failure waits for its cause: its job is in hand as well") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    make_suspect(catalogue);
    AlbumRequest first = album_request(2);
    first.priority = 1;
    catalogue.add(first);
    const auto other = catalogue.reopen();
    std::atomic<std::size_t> running_beside_suspect = 0;
    ScriptedSource source{[&](const Mbid& group, auto) {
        if (group == mbid(2)) fail("http_500");
        running_beside_suspect = other->jobs().status().running.size();
        return one_release(group);
    }};
    CHECK(drain(catalogue, source, {}).done == 1);
    CHECK(running_beside_suspect == 1);
}

TEST_CASE("A loop that has outlived an outage ends without one") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    add_albums(catalogue, 3);
    std::atomic<bool> is_ill = true;
    std::atomic<int> outages = 0;
    ScriptedSource source{[&](const Mbid& group, auto) {
        if (is_ill) fail("not_json");
        return one_release(group);
    }};
    DrainOptions options;
    options.loop = true;
    options.held = [&](const auto&) { ++outages; };
    LedDrain worker{catalogue, source, options, &signals};
    REQUIRE(eventually([&] { return outages == 1; }));
    is_ill = false;
    catalogue.clock.advance(options.hold_ms);
    CHECK(eventually([&] { return source.asked().size() == 6; }));
    stop(worker);
    const auto summary = worker.end();
    CHECK(summary.done == 3);
    CHECK_FALSE(summary.outage);
}

TEST_CASE("What a source has to know is learnt anew in each outage, for some of it may have gone") {
    constexpr int k_old = 9'001;
    constexpr int k_new = 9'002;
    SignalEvents signals;
    OpenCatalogue catalogue;
    const auto import = [](store::Store& store, int number) {
        const AlbumRequest request = album_request(number);
        store.albums().add_albums({&request, 1}, {});
        const auto job = store.queue().claim({}, k_minute).at(0);
        auto found = one_release(mbid(number));
        const store::Import whole{job, found.release_group, found.releases, 1};
        REQUIRE(store.queue().complete({&whole, 1}).front().accepted);
    };
    import(*catalogue.store, k_old);
    add_albums(catalogue, 1);
    ScriptedSource source{[](const Mbid& group, auto) -> GroupReleases {
        if (group == mbid(1)) fail("not_json");
        fail("not_found", ErrorKind::permanent);
    }};
    std::atomic<int> outages = 0;
    DrainOptions options;
    options.loop = true;
    options.held = [&](const auto&) { ++outages; };
    const auto other = catalogue.reopen();
    LedDrain worker{catalogue, source, options, &signals};
    REQUIRE(eventually([&] { return outages == 1; }));
    const auto is_asked_for = [&](int number) {
        const auto asked = source.asked();
        return std::find(asked.begin(), asked.end(), mbid(number)) != asked.end();
    };
    CHECK(is_asked_for(k_old));
    import(*other, k_new);
    catalogue.clock.advance(options.hold_ms);
    CHECK(eventually([&] { return outages == 2; }));
    CHECK(is_asked_for(k_new));
    stop(worker);
    worker.end();
}

TEST_CASE("A lease is renewed when a third of it has passed, and not with each turn") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    add_albums(catalogue, 1);
    const auto other = catalogue.reopen();
    HeldFetches fetches;
    ScriptedSource source{[&](const Mbid& group, const auto& stop) {
        fetches.wait(stop);
        return one_release(group);
    }};
    DrainOptions options;
    LedDrain worker{catalogue, source, options, &signals};
    fetches.wait_for_arrivals(1);
    const auto left_after = [&](Millis passed) {
        catalogue.clock.advance(passed);
        worker.turn();
        return other->jobs().job(1)->lease_left_ms.value();
    };
    CHECK(left_after(19'999) == 40'001);
    CHECK(left_after(1) == 60'000);
    CHECK(left_after(19'999) == 40'001);
    CHECK(left_after(1) == 60'000);
    fetches.open();
    CHECK(worker.end().done == 1);
}

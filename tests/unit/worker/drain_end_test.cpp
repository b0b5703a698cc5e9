// What becomes of the jobs in hand when a drain has to end before they are done, and in whose
// queues a drain looks.
#include <atomic>
#include <csignal>
#include <latch>
#include <map>

#include <doctest/doctest.h>
#include <unistd.h>

#include "support/eventually.hpp"
#include "unit/worker/drained.hpp"
#include "unit/worker/led_drain.hpp"

using namespace pressings;
using namespace pressings::test;
using source::GroupReleases;
using worker::DrainOptions;

namespace {

constexpr int k_gone = 1;   ///< an album that was imported, and that the source has no longer
constexpr int k_slow = 2;   ///< one whose fetch ends when it is told to stop
constexpr int k_late = 3;   ///< one whose fetch ends in spite of that
constexpr int k_list = 50;  ///< an artist whose albums are listed as late

/// Has lost an album while others are under way.
struct LosingSource final : source::ReleaseSource {
    GroupReleases releases_of(const Mbid& group, std::stop_token stop) override {
        if (group == mbid(k_slow)) slow.wait(std::move(stop));
        if (group == mbid(k_late)) late.wait();
        if (group == mbid(k_gone)) fail("not_found", source::ErrorKind::permanent);
        return one_release(group);
    }
    GroupReleases releases_of_group_with(const Mbid& release, std::stop_token stop) override {
        return releases_of(release, std::move(stop));
    }
    source::ArtistGroups release_groups_of(const Mbid&, const TypeFilter&,
                                           std::stop_token) override {
        late.wait();
        Album album;
        album.mbid = mbid(60);
        album.title = "One of theirs";
        return {{album}, 1};
    }
    int prove(std::span<const Mbid>, std::stop_token) override { return 0; }
    bool is_current() const override { return true; }

    HeldFetches slow;
    std::latch late{1};
};

/// Has an album of the catalogue imported that `LosingSource` lacks, and a job for it.
void add_gone(OpenCatalogue& catalogue) {
    catalogue.add(album_request(k_gone));
    const auto job = catalogue.claim().at(0);
    REQUIRE(catalogue.complete(job, {release(100, "A release")}).accepted);
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(k_gone), refresh);
    RemovalLimit none;
    none.albums = 0;
    catalogue.store->queue().limit_removals(none);
}

AlbumRequest album_of(const std::string& queue, int number) {
    AlbumRequest request = album_request(number);
    request.queue = queue;
    return request;
}

}  // namespace

TEST_CASE("A run that would remove too much stops what is under way, and hands it back, due now") {
    OpenCatalogue catalogue;
    add_gone(catalogue);
    catalogue.add(album_request(k_slow));
    catalogue.add(album_request(k_late));
    catalogue.store->albums().add_discography(mbid(k_list), {}, "default", 0, store::Mode::write);
    LosingSource source;
    DrainOptions options;
    options.concurrency = 4;
    worker::Heartbeat heartbeat{catalogue.clock};
    worker::Drain worker{
        catalogue.store->queue(), source, catalogue.clock, heartbeat, options, nullptr, nullptr};
    std::map<std::string, int> errors;
    const auto summary = worker.run([&](const worker::AttemptReport& attempt) {
        if (errors.empty()) {
            source.late.count_down();
            source.slow.open();
        }
        CHECK(attempt.end == worker::AttemptEnd::released);
        const std::string code = attempt.error ? attempt.error->code : "none";
        ++errors[code];
        if (code == "run_stopped") CHECK(attempt.run_at_ms == catalogue.clock.now_ms());
    });
    CHECK(source.slow.was_stopped());
    CHECK(errors ==
          std::map<std::string, int>{{"too_many_removals", 1}, {"stopped", 1}, {"run_stopped", 2}});
    CHECK(summary.done == 0);
    CHECK(summary.remaining == 4);
    CHECK(catalogue.store->jobs().status().albums == 3);
}

TEST_CASE("A failure whose cause is not known when a drain is asked to stop costs no attempt") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.add(album_request(2));
    const auto other = catalogue.reopen();
    HeldFetches second;
    ScriptedSource source{[&](const Mbid& group, const auto& stop) {
        if (group == mbid(1)) fail("http_500");
        second.wait(stop);
        return one_release(group);
    }};
    DrainOptions options;
    options.concurrency = 2;
    options.grace_ms = 0;
    LedDrain worker{catalogue, source, options, &signals};
    second.wait_for_arrivals(1);
    worker.turn();
    ::kill(::getpid(), SIGTERM);
    worker.turn();
    const auto summary = worker.end();
    CHECK(summary.released == 2);
    CHECK(summary.retrying == 0);
    CHECK(catalogue.job(1).attempts == 0);
    CHECK(catalogue.job(1).error->code == "http_500");
}

TEST_CASE("A job that an outage hands back waits as it would have, for nothing hurries") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    ScriptedSource source{[](const Mbid&, auto) -> GroupReleases { fail("http_500"); }};
    DrainOptions options;
    REQUIRE(drain(catalogue, source, options).released == 3);
    CHECK(catalogue.job(1).run_at_ms == catalogue.clock.now_ms() + options.retry.wait_ms(1));
}

TEST_CASE("An outage counts the jobs that it handed back as long as it lasts") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    ScriptedSource source{[](const Mbid&, auto) -> GroupReleases { fail("http_500"); }};
    std::atomic<int> holds = 0;
    std::atomic<std::int64_t> jobs = 0;
    DrainOptions options;
    options.loop = true;
    options.held = [&](const worker::Outage& outage) {
        jobs = outage.jobs;
        ++holds;
    };
    LedDrain worker{catalogue, source, options, &signals};
    REQUIRE(eventually([&] { return holds == 1; }));
    CHECK(jobs == 3);
    catalogue.clock.advance(options.hold_ms);
    REQUIRE(eventually([&] { return holds == 2; }));
    CHECK(jobs == 4);
    ::kill(::getpid(), SIGTERM);
    worker.turn();
    CHECK(worker.end().outage->jobs == 4);
}

TEST_CASE("A loop takes over the job of a killed worker within a second, though nobody wakes it") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    auto dying = catalogue.reopen();
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    DrainOptions options;
    options.loop = true;
    options.poll_interval_ms = 3'600'000;
    LedDrain worker{catalogue, source, options, &signals};
    worker.turn();
    const AlbumRequest album = album_request(1);
    dying->albums().add_albums({&album, 1}, {});
    dying->queue().start_worker("dying");
    REQUIRE(dying->queue().claim({}, 60'000).size() == 1);
    dying.reset();
    catalogue.clock.advance(1'000);
    worker.turn();
    CHECK(eventually([&] { return source.asked().size() == 1; }));
    ::kill(::getpid(), SIGTERM);
    worker.turn();
    CHECK(worker.end().done == 1);
}

TEST_CASE("What remains is counted in the queues that a worker takes from") {
    OpenCatalogue catalogue;
    catalogue.add(album_of("mine", 1));
    catalogue.add(album_of("theirs", 2));
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    DrainOptions options;
    options.queues = {"mine"};
    const auto summary = drain(catalogue, source, options);
    CHECK(summary.done == 1);
    CHECK(summary.remaining == 0);
}

TEST_CASE("A loop does not look again sooner for a job that is due in another queue") {
    SignalEvents signals;
    OpenCatalogue catalogue;
    catalogue.add(album_of("theirs", 1));
    const auto other = catalogue.reopen();
    ScriptedSource source{[](const Mbid& group, auto) { return one_release(group); }};
    DrainOptions options;
    options.loop = true;
    options.queues = {"mine"};
    options.poll_interval_ms = 60'000;
    LedDrain worker{catalogue, source, options, &signals};
    worker.turn();
    const AlbumRequest mine = album_of("mine", 2);
    other->albums().add_albums({&mine, 1}, {});
    catalogue.clock.advance(59'999);
    worker.turn();
    CHECK(other->jobs().job(2)->state == JobState::pending);
    catalogue.clock.advance(1);
    worker.turn();
    CHECK(eventually([&] { return source.asked().size() == 1; }));
    ::kill(::getpid(), SIGTERM);
    worker.turn();
    CHECK(worker.end().done == 1);
}

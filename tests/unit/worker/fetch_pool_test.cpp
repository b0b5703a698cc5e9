#include "worker/fetch_pool.hpp"

#include <atomic>
#include <latch>
#include <thread>

#include <doctest/doctest.h>
#include <poll.h>

#include "base/wake.hpp"
#include "support/open_catalogue.hpp"
#include "unit/worker/scripted_source.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// An album whose tracks alone are as many as may wait to be collected.
source::GroupReleases much(const Mbid& group) {
    Medium medium;
    medium.position = 1;
    medium.tracks.emplace(5'000);
    Release large = release(1, "A very long one");
    large.mbid = group;
    large.media = {medium};
    source::GroupReleases found;
    found.releases.push_back(large);
    return found;
}

ClaimedJob job(int number) {
    ClaimedJob job;
    job.id = number;
    job.album_id = number;
    job.album.mbid = mbid(number);
    return job;
}

void wait_until_readable(int descriptor, Millis longest_ms) {
    const int waited_for[] = {descriptor};
    wait_for(waited_for, longest_ms);
}

bool is_readable(int descriptor) {
    pollfd asked{descriptor, POLLIN, 0};
    return ::poll(&asked, 1, 0) == 1;
}

}  // namespace

TEST_CASE("No further album is fetched while one that is large waits to be written") {
    WakeEvent asked_again;
    std::atomic<int> asked = 0;
    ScriptedSource source{[&](const Mbid& group, const std::stop_token&) {
        if (++asked > 1) asked_again.raise();
        return much(group);
    }};
    worker::Heartbeat heartbeat{system_clock()};
    worker::FetchPool pool{source, 1, worker::Collect::each, system_clock(), heartbeat};
    for (int number = 1; number <= 3; ++number)
        pool.add(job(number));
    wait_until_readable(pool.descriptor(), 10'000);
    wait_until_readable(asked_again.descriptor(), 50);
    CHECK(asked == 1);
    int collected = 0;
    while (collected < 3) {
        wait_until_readable(pool.descriptor(), 10'000);
        const auto results = pool.collect();
        CHECK(results.size() == 1);
        collected += static_cast<int>(results.size());
    }
    CHECK(pool.in_hand() == 0);
}

TEST_CASE("Small results that are written together are collected together, the last ones too") {
    std::latch all_added{1};
    ScriptedSource source{[&](const Mbid& group, const std::stop_token&) {
        all_added.wait();
        source::GroupReleases found;
        found.releases.push_back(release(1, "A short one"));
        found.releases.back().mbid = group;
        return found;
    }};
    worker::Heartbeat heartbeat{system_clock()};
    worker::FetchPool pool{source, 2, worker::Collect::many, system_clock(), heartbeat};
    for (int number = 1; number <= 20; ++number)
        pool.add(job(number));
    all_added.count_down();
    wait_until_readable(pool.descriptor(), 10'000);
    CHECK(pool.collect().size() == 20);
}

TEST_CASE("The source is asked for what it must know before any job that waits") {
    std::latch all_added{1};
    ScriptedSource source{[&](const Mbid&, const std::stop_token&) {
        all_added.wait();
        return source::GroupReleases{};
    }};
    worker::Heartbeat heartbeat{system_clock()};
    worker::FetchPool pool{source, 1, worker::Collect::many, system_clock(), heartbeat};
    pool.know({mbid(900)});
    pool.add(job(1));
    while (source.asked().empty())
        std::this_thread::yield();
    pool.add(job(2));
    pool.add_probe();
    all_added.count_down();
    for (std::size_t collected = 0; collected < 3; collected += pool.collect().size())
        wait_until_readable(pool.descriptor(), 10'000);
    CHECK(source.asked().at(1) == mbid(900));
}

TEST_CASE("What the source must know is told of at once, not when many results are there") {
    std::latch told{1};
    ScriptedSource source{[&](const Mbid& group, const std::stop_token&) {
        if (group == mbid(1)) told.wait();
        return source::GroupReleases{};
    }};
    worker::Heartbeat heartbeat{system_clock()};
    worker::FetchPool pool{source, 2, worker::Collect::many, system_clock(), heartbeat};
    pool.know({mbid(900)});
    pool.add(job(1));
    pool.add_probe();
    wait_until_readable(pool.descriptor(), 10'000);
    CHECK(is_readable(pool.descriptor()));
    CHECK(pool.collect().size() == 1);
    told.count_down();
}

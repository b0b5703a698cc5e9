// What is watched: orders, looks part by part, and what comes of each.
#include <algorithm>

#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr Millis k_every = 7 * k_day_ms;

/// A catalogue that watches the artist 900 from the start.
struct Watching : OpenCatalogue {
    WatchOrder order{EntityType::artist, mbid(900), {{"album"}, {"live"}}, k_every, "slow", 4};
    store::OrderedWatch ordered = store->watches().order(order, store::Mode::write);

    store::WatchRecord watch() { return store->watches().all().at(0); }

    /// Finds albums of these numbers.
    store::AttemptResult find(const ClaimedJob& job, const std::vector<int>& albums,
                              std::optional<std::int64_t> rest = {}, int now = 900) {
        store::NewGroups found;
        found.mbid = mbid(now);
        found.name = "Somebody";
        for (const int n : albums)
            found.albums.push_back(album_request(n).album);
        found.rest = rest;
        return store->queue().complete(store::Finding{job, found, 1});
    }

    bool is_sound() { return store->maintenance().check().faults.empty(); }
};

std::int64_t queued(const store::AttemptResult& result) {
    return result.counts.at(1).count;
}

}  // namespace

TEST_CASE("A watch comes with the job of its first look, and once") {
    Watching catalogue;
    CHECK(catalogue.ordered.change == store::WatchChange::created);
    const auto again = catalogue.store->watches().order(catalogue.order, store::Mode::write);
    CHECK(again.change == store::WatchChange::exists);
    CHECK(again.job_id == catalogue.ordered.job_id);
    const auto jobs = catalogue.claim(10);
    REQUIRE(jobs.size() == 1);
    CHECK(jobs.front().kind == JobKind::watch);
    CHECK(jobs.front().subject == mbid(900));
    CHECK(jobs.front().queue == "slow");
    CHECK(parse_watch_look(jobs.front().arguments) ==
          WatchLook{EntityType::artist, {{"album"}, {"live"}}, 0});
    CHECK(catalogue.is_sound());
}

TEST_CASE("A look puts new albums in, with a job each, and the next one is due an interval later") {
    Watching catalogue;
    catalogue.clock.advance(1000);
    CHECK(queued(catalogue.find(catalogue.claim().front(), {1, 2})) == 2);
    const auto watch = catalogue.watch();
    CHECK(watch.name == "Somebody");
    CHECK(watch.found == 2);
    CHECK(watch.looked_at_ms == catalogue.clock.now);
    CHECK(watch.next_at_ms == catalogue.clock.now + k_every);
    const auto imports = catalogue.claim(10);
    REQUIRE(imports.size() == 2);
    CHECK(imports.front().kind == JobKind::releases);
    CHECK(imports.front().queue == "slow");
    CHECK(imports.front().priority == 4);

    CHECK(catalogue.store->watches().queue_due(10) == 0);
    catalogue.clock.advance(k_every);
    CHECK(catalogue.store->watches().due() == 1);
    CHECK(catalogue.store->watches().queue_due(10) == 1);
    CHECK(catalogue.store->watches().queue_due(10) == 0);  // one open job
    CHECK(catalogue.reopen()->watches().queue_due(10) == 0);
    CHECK(queued(catalogue.find(catalogue.claim().front(), {1, 2, 3})) == 1);
    CHECK(catalogue.watch().found == 3);
    CHECK(catalogue.is_sound());
}

TEST_CASE("A long list goes on where it stopped, part by part, a job each") {
    Watching catalogue;
    CHECK(catalogue.find(catalogue.claim().front(), {1}, 2000).accepted);
    CHECK(catalogue.watch().position == 2000);
    CHECK_FALSE(catalogue.watch().looked_at_ms);
    const auto jobs = catalogue.claim(10);  // the album's, and the next part
    REQUIRE(jobs.size() == 2);
    const ClaimedJob& next = jobs[0].kind == JobKind::watch ? jobs[0] : jobs[1];
    REQUIRE(next.kind == JobKind::watch);
    CHECK(parse_watch_look(next.arguments).position == 2000);
    // A part that fails for good is where the next look begins.
    catalogue.store->queue().finish_failed(
        {next, store::Verdict::fail, JobError{"incomplete", "not all came"}, 0, 1});
    CHECK(catalogue.watch().job_error->code == "incomplete");
    catalogue.clock.advance(k_every);
    REQUIRE(catalogue.store->watches().queue_due(10) == 1);
    const auto later = catalogue.claim().front();
    CHECK(parse_watch_look(later.arguments).position == 2000);
    catalogue.find(later, {2});
    CHECK(catalogue.job(next.id).state == JobState::superseded);
    CHECK(catalogue.watch().position == 0);
    CHECK(catalogue.watch().looked_at_ms);
    CHECK(catalogue.is_sound());
}

TEST_CASE("Whoever lost the job of a watch writes nothing") {
    Watching catalogue;
    const auto job = catalogue.claim().front();
    CHECK(catalogue.store->watches().end(mbid(900), store::Mode::write));
    CHECK_FALSE(catalogue.find(job, {1, 2}).accepted);
    CHECK(catalogue.store->jobs().status().albums == 0);
    CHECK(catalogue.job(job.id).state == JobState::cancelled);
    CHECK(catalogue.store->watches().all().empty());
    CHECK(catalogue.is_sound());
}

TEST_CASE("A job that outlives its watch puts nothing in") {
    Watching catalogue;
    catalogue.store->watches().end(mbid(900), store::Mode::write);
    REQUIRE(catalogue.apply(*catalogue.ordered.job_id, store::JobAction::retry).done);
    CHECK(queued(catalogue.find(catalogue.claim().front(), {1}, 2000)) == 0);
    CHECK(catalogue.claim(10).empty());
    CHECK(catalogue.is_sound());
}

TEST_CASE("What was merged is watched under its new MBID; two watches that meet are one") {
    Watching catalogue;
    catalogue.find(catalogue.claim().front(), {1}, 2000, 901);
    CHECK(catalogue.watch().order.mbid == mbid(901));
    WatchOrder other = catalogue.order;
    other.mbid = mbid(902);
    catalogue.store->watches().order(other, store::Mode::write);
    for (const ClaimedJob& job : catalogue.claim(10)) {
        if (job.subject == mbid(901)) catalogue.find(job, {2}, 4000, 902);
    }
    REQUIRE(catalogue.store->watches().all().size() == 1);
    CHECK(catalogue.watch().order.mbid == mbid(902));
    CHECK(catalogue.is_sound());
}

TEST_CASE("What MusicBrainz does not know is looked at no more, until it is ordered again") {
    Watching catalogue;
    const auto job = catalogue.claim().front();
    catalogue.store->queue().finish_failed(
        {job, store::Verdict::fail, JobError{"gone", "there is none"}, 0, 1});
    CHECK(catalogue.watch().gone->message == "there is none");
    CHECK_FALSE(catalogue.watch().next_at_ms);
    catalogue.clock.advance(100 * k_every);
    CHECK(catalogue.store->watches().queue_due(10) == 0);
    const auto status = catalogue.store->jobs().status().watches;
    CHECK(status.total == 1);
    CHECK(status.due == 0);
    CHECK(status.gone == 1);
    const auto again = catalogue.store->watches().order(catalogue.order, store::Mode::write);
    CHECK(again.change == store::WatchChange::updated);
    CHECK(again.job_id);
    CHECK_FALSE(catalogue.watch().gone);
    CHECK(catalogue.store->jobs().status().failures.empty());
    CHECK(catalogue.is_sound());
}

TEST_CASE("A watch that is ordered otherwise changes; other types begin the look anew") {
    Watching catalogue;
    auto& watches = catalogue.store->watches();
    WatchOrder other = catalogue.order;
    other.every_ms = k_day_ms;
    other.queue = "fast";
    CHECK(watches.order(other, store::Mode::write).change == store::WatchChange::updated);
    CHECK(catalogue.job(1).queue == "fast");  // it waits still
    const auto job = catalogue.claim().front();
    other.types = {{"ep"}, {}};
    CHECK(watches.order(other, store::Mode::write).job_id == job.id);
    catalogue.find(job, {1}, 2000);  // as it was ordered when the job was taken
    CHECK_FALSE(catalogue.watch().looked_at_ms);
    const auto jobs = catalogue.claim(10);
    const auto next = std::find_if(jobs.begin(), jobs.end(),
                                   [](const auto& one) { return one.kind == JobKind::watch; });
    REQUIRE(next != jobs.end());
    CHECK(parse_watch_look(next->arguments) == WatchLook{EntityType::artist, {{"ep"}, {}}, 0});
    CHECK(catalogue.is_sound());
}

TEST_CASE("A clock that was set back keeps no watch waiting for longer than its interval") {
    Watching catalogue;
    catalogue.find(catalogue.claim().front(), {});
    catalogue.clock.now -= 30 * k_day_ms;
    CHECK(catalogue.store->watches().queue_due(10) == 1);
}

TEST_CASE("A member of a series that an album has already is not put in again") {
    Watching catalogue;
    catalogue.add(album_request(1));
    const auto jobs = catalogue.claim(10);
    for (const ClaimedJob& job : jobs) {
        if (job.kind == JobKind::releases) catalogue.complete(job, {release(50, "One")});
    }
    store::NewGroups found;
    found.entity = EntityType::series;
    found.mbid = mbid(900);
    found.releases = {mbid(50), mbid(51)};
    for (const ClaimedJob& job : jobs) {
        if (job.kind != JobKind::watch) continue;
        CHECK(queued(catalogue.store->queue().complete(store::Finding{job, found, 1})) == 1);
    }
    CHECK(catalogue.claim().front().release_mbid == mbid(51));
    CHECK(catalogue.watch().order.entity == EntityType::series);
    CHECK(catalogue.is_sound());
}

TEST_CASE("Trying an order or an end out writes nothing") {
    OpenCatalogue catalogue;
    auto& watches = catalogue.store->watches();
    const WatchOrder order{{}, mbid(900), {}, k_every, "default", 0};
    CHECK(watches.order(order, store::Mode::dry_run).change == store::WatchChange::created);
    CHECK(watches.all().empty());
    watches.order(order, store::Mode::write);
    CHECK(watches.end(mbid(900), store::Mode::dry_run));
    CHECK(watches.all().size() == 1);
    CHECK_FALSE(watches.end(mbid(901), store::Mode::write));
    CHECK(catalogue.claim(10).size() == 1);
}

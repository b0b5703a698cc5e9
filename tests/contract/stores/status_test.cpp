// What the outbox tells of itself: counts, work of late, and what a check finds.
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

void fail(OpenCatalogue& catalogue, const ClaimedJob& job, const std::string& code) {
    store::FailedAttempt ended;
    ended.job = job;
    ended.verdict = store::Verdict::fail;
    ended.error = JobError{code, "for a test"};
    ended.requests = 1;
    REQUIRE(catalogue.store->queue().finish_failed(ended).accepted);
}

std::int64_t count(const std::vector<store::CountByName>& counts, const std::string& name) {
    for (const auto& one : counts) {
        if (one.name == name) return one.count;
    }
    return 0;
}

}  // namespace

TEST_CASE("Failures are counted by their code, until they are retried or pruned") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    const auto jobs = catalogue.claim(3);
    fail(catalogue, jobs[0], "not_found");
    fail(catalogue, jobs[1], "not_found");
    fail(catalogue, jobs[2], "timeout");
    CHECK(count(catalogue.store->jobs().status().failures, "not_found") == 2);
    CHECK(catalogue.apply(jobs[0].id, store::JobAction::retry).done);
    CHECK(count(catalogue.store->jobs().status().failures, "not_found") == 1);
    catalogue.clock.advance(1000);
    const Millis now = catalogue.clock.now;
    CHECK(catalogue.store->maintenance().prune(now, JobState::failed, 10, store::Mode::write) == 2);
    CHECK(catalogue.store->jobs().status().failures.empty());
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("The status tells what was done of late and how long the rest takes") {
    OpenCatalogue catalogue;
    catalogue.clock.now = Millis{1'800'000'000} * 1000 / 60'000 * 60'000;  // a minute begins
    for (int n = 1; n <= 12; ++n)
        catalogue.add(album_request(n));
    CHECK_FALSE(catalogue.store->jobs().status().time_to_empty_ms());
    for (int n = 1; n <= 4; ++n) {
        catalogue.clock.advance(30'000);
        catalogue.complete(catalogue.claim().front(), {release(n, "A release")});
    }
    const auto status = catalogue.store->jobs().status();
    CHECK(status.recent.done == 4);
    CHECK(status.recent.requests == 4);
    CHECK(status.recent.span_ms == 120'000);
    CHECK(status.requests == 4);
    CHECK(count(status.attempts, "done") == 4);
    CHECK(status.time_to_empty_ms() == 8 * 30'000);
    catalogue.clock.advance(3'600'000);
    CHECK(catalogue.store->jobs().status().recent.done == 0);
    CHECK_FALSE(catalogue.store->jobs().status().time_to_empty_ms());
}

TEST_CASE("Work of more than a day ago is forgotten, the sums are kept") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.complete(catalogue.claim().front(), {});
    catalogue.clock.advance(Millis{25} * 3'600'000);
    catalogue.store->maintenance().forget_old_work();
    CHECK(catalogue.store->jobs().status().requests == 1);
}

TEST_CASE("Work of late is not forgotten when the clock leaps ahead and is set back") {
    OpenCatalogue catalogue;
    constexpr Millis k_leap = Millis{60} * 24 * 3'600'000;
    catalogue.add(album_request(1));
    catalogue.complete(catalogue.claim().front(), {});
    store::Maintenance& maintenance = catalogue.store->maintenance();
    maintenance.follow_clock();
    catalogue.clock.now += k_leap;
    maintenance.forget_old_work();
    catalogue.clock.now -= k_leap;
    CHECK(catalogue.store->jobs().status().recent.done == 1);
}

TEST_CASE("A waiting job that is placed anew is counted in its queue, and in no other") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    AlbumRequest elsewhere = album_request(1);
    elsewhere.queue = "elsewhere";
    elsewhere.moves_job = true;
    catalogue.add(elsewhere);
    const auto counts = catalogue.store->jobs().status().counts;
    REQUIRE(counts.size() == 1);
    CHECK(counts.front().queue == "elsewhere");
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("Jobs are applied together, and each that cannot be is refused by itself") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    const std::int64_t done = catalogue.claim().front().id;
    const std::vector<std::int64_t> ids{done, done + 1, 77};
    const auto applied =
        catalogue.store->control().apply(ids, store::JobAction::run_now, store::Mode::write);
    CHECK_FALSE(applied[0].done);
    CHECK(applied[0].state == JobState::running);
    CHECK(applied[1].done);
    CHECK_FALSE(applied[2].state);
}

TEST_CASE("A check tells of a job whose worker has gone, and calls it no fault" *
          of_known_deaths()) {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    auto worker = catalogue.reopen();
    worker->queue().start_worker("other");
    REQUIRE(worker->queue().claim({}, 60'000).size() == 1);
    CHECK(catalogue.store->maintenance().check().notes.empty());
    worker.reset();
    const auto found = catalogue.store->maintenance().check();
    CHECK(found.faults.empty());
    REQUIRE(found.notes.size() == 1);
    CHECK(found.notes.front().starts_with("jobs that run in no living worker: 1 (1)"));
    CHECK(found.notes.front().find("release-worker run") != std::string::npos);
}

TEST_CASE("Where the clock goes back, jobs wait as long as they would have") {
    constexpr Millis k_day = 86'400'000;
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    store::FailedAttempt failed;
    failed.job = catalogue.store->queue().claim({}, 60'000).front();
    failed.run_at_ms = catalogue.clock.now + 30'000;
    catalogue.store->queue().finish_failed(failed);
    const auto fresh = catalogue.add(album_request(2));

    catalogue.clock.now -= k_day;
    catalogue.store->queue().recover();
    CHECK(catalogue.job(failed.job.id).run_at_ms == catalogue.clock.now + 30'000);
    CHECK(catalogue.job(*fresh.job_id).run_at_ms == catalogue.clock.now);
    catalogue.store->queue().recover();  // once is enough
    CHECK(catalogue.job(failed.job.id).run_at_ms == catalogue.clock.now + 30'000);

    catalogue.clock.now += k_day;
    catalogue.store->queue().recover();
    CHECK(catalogue.claim(10).size() == 2);
}

TEST_CASE("How late it was is known from the latest claim, if no job was put in since") {
    constexpr Millis k_day = 86'400'000;
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.clock.now += k_day;
    store::FailedAttempt failed;
    failed.job = catalogue.claim().front();
    failed.run_at_ms = catalogue.clock.now + 30'000;
    catalogue.store->queue().finish_failed(failed);
    catalogue.clock.now -= k_day - 1'000;
    catalogue.store->queue().recover();
    CHECK(catalogue.job(failed.job.id).run_at_ms == catalogue.clock.now + 30'000);
}

TEST_CASE("A clock that is put right by less than a second moves no job") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const Millis told = catalogue.clock.now;
    catalogue.clock.now -= 900;
    catalogue.store->queue().start_worker("test");
    catalogue.store->queue().recover();
    CHECK(catalogue.job(1).run_at_ms == told);
}

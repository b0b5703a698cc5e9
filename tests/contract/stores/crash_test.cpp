// Workers that die, stop, and come back.
#include <cstdlib>

#include "support/dying_workers.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr Millis k_hour = 3'600'000;

}  // namespace

TEST_CASE("The job of a worker that lives is not taken from it") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto other = take_a_job(catalogue);
    catalogue.store->queue().start_worker("test");
    CHECK(catalogue.store->queue().recover().empty());
    CHECK(catalogue.job(other.job.id).state == JobState::running);
}

TEST_CASE("The job of a worker that was killed is due again at once, and pays nothing for it" *
          of_known_deaths()) {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    REQUIRE(die_of(catalogue, SIGKILL).size() == 1);
    CHECK(last_outcome(catalogue, 1) == "killed");
    CHECK(catalogue.job(1).error->code == "worker_killed");
    const auto again = claim(catalogue);
    REQUIRE(again.size() == 1);
    CHECK(again.front().attempt == 1);
    CHECK_FALSE(again.front().suspect);
    check_sound(catalogue);
}

TEST_CASE("The job of a worker that died of itself is a suspect, the attempt spent" *
          of_known_deaths()) {
    for (const int number : {SIGABRT, SIGSEGV}) {
        OpenCatalogue catalogue;
        catalogue.add(album_request(1));
        REQUIRE(die_of(catalogue, number).size() == 1);
        CHECK(last_outcome(catalogue, 1) == "crashed");
        CHECK(catalogue.job(1).error->code == "worker_died");
        const auto again = claim(catalogue);
        REQUIRE(again.size() == 1);
        CHECK(again.front().attempt == 2);
        CHECK(again.front().suspect);
        check_sound(catalogue);
    }
}

TEST_CASE("A job that workers die of cools down for hours, then fails, and only that one" *
          of_known_deaths()) {
    OpenCatalogue catalogue;
    const auto bad = catalogue.add(album_request(1));
    for (int crash = 1; crash <= 3; ++crash)
        die_of(catalogue, SIGABRT);
    CHECK(catalogue.job(*bad.job_id).state == JobState::pending);
    CHECK(catalogue.job(*bad.job_id).error->code == "crashed");
    const auto good = catalogue.add(album_request(2));
    const auto meanwhile = claim(catalogue, 10);
    REQUIRE(meanwhile.size() == 1);
    CHECK(meanwhile.front().id == *good.job_id);
    catalogue.store->queue().finish_failed(
        {meanwhile.front(), store::Verdict::requeue, {}, catalogue.clock.now + 24 * k_hour, 0});
    catalogue.clock.advance(6 * k_hour);
    const auto recovered = die_of(catalogue, SIGABRT);
    REQUIRE(recovered.size() == 1);
    CHECK(recovered.front().outcome.state == JobState::failed);
    CHECK(catalogue.job(*bad.job_id).state == JobState::failed);
    CHECK(catalogue.job(*bad.job_id).error->code == "crashed");
    CHECK(catalogue.job(*good.job_id).state == JobState::pending);
    check_sound(catalogue);
}

TEST_CASE("A job whose workers are killed again and again waits behind all others, never fails" *
          of_known_deaths()) {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    const auto kill = [&] {
        take_a_job(catalogue).store.reset();
        REQUIRE(recovered_jobs(catalogue).size() == 1);
    };
    for (int kills = 1; kills <= 9; ++kills)
        kill();
    CHECK(catalogue.job(1).run_at_ms == catalogue.clock.now);
    for (int kills = 10; kills <= 40; ++kills) {
        kill();
        CHECK(claim(catalogue).empty());
        CHECK(catalogue.job(1).run_at_ms == catalogue.clock.now + 6 * k_hour);
        catalogue.clock.advance(6 * k_hour);
    }
    CHECK(catalogue.job(1).state == JobState::pending);
    CHECK(claim(catalogue).front().attempt == 1);
}

TEST_CASE("From the second kill on, the jobs that wait already go first" * of_known_deaths()) {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    take_a_job(catalogue).store.reset();
    recovered_jobs(catalogue);
    catalogue.add(album_request(2));
    catalogue.clock.advance(1);
    take_a_job(catalogue).store.reset();  // the first again, which had kept its place
    REQUIRE(recovered_jobs(catalogue).front().job_id == 1);
    CHECK(claim(catalogue).front().id == 2);
}

TEST_CASE("A worker that was stopped past its lease finds its result refused") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    auto stopped = take_a_job(catalogue);
    catalogue.clock.advance(62'000);
    catalogue.store->queue().start_worker("test");
    REQUIRE(catalogue.store->queue().recover().size() == 1);
    const auto again = claim(catalogue);
    REQUIRE(again.size() == 1);
    CHECK(again.front().attempt == 1);

    const store::Import late{stopped.job, {}, {release(1, "Late")}, 1};
    CHECK_FALSE(stopped.store->queue().complete({&late, 1}).front().accepted);
    CHECK(catalogue.releases(*added.album_id).empty());
    CHECK(catalogue.complete(again.front(), {release(2, "Right")}).accepted);
    CHECK(catalogue.releases(*added.album_id).size() == 1);
}

// On a server its clock goes on while a test's stands still: sessions agree to some seconds.
TEST_CASE("A lease that has seconds left holds, one that ran out seconds ago does not") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto worker = take_a_job(catalogue);
    catalogue.store->queue().start_worker("test");
    catalogue.clock.advance(52'000);
    CHECK(catalogue.store->queue().recover().empty());
    catalogue.clock.advance(16'000);
    CHECK(catalogue.store->queue().recover().size() == 1);
}

TEST_CASE("A renewed lease does not run out, and the wall clock has no say in it") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    auto other = take_a_job(catalogue);
    catalogue.store->queue().start_worker("test");
    catalogue.clock.advance(50'000);
    other.store->queue().renew(60'000);
    catalogue.clock.advance(50'000);
    CHECK(catalogue.store->queue().recover().empty());
    catalogue.clock.now += 24 * k_hour;
    CHECK(catalogue.store->queue().recover().empty());
    catalogue.clock.now -= 48 * k_hour;
    CHECK(catalogue.store->queue().recover().empty());
}

TEST_CASE("A worker renews its own leases, nobody else's") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.add(album_request(2));
    auto stopped = take_a_job(catalogue);
    auto busy = take_a_job(catalogue);
    catalogue.clock.advance(50'000);
    busy.store->queue().renew(60'000);
    const auto is_left = [&](const ClaimedJob& job, Millis left_ms) {
        return std::abs(*catalogue.job(job.id).lease_left_ms - left_ms) < 8'000;
    };
    CHECK(is_left(stopped.job, 10'000));
    CHECK(is_left(busy.job, 60'000));
}

TEST_CASE("A suspect is done alone, so that no other is blamed for what it does" *
          of_known_deaths()) {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 4; ++n)
        catalogue.add(album_request(n));
    die_of(catalogue, SIGABRT);
    store::ClaimFilter filter;
    filter.limit = 10;
    filter.suspects = false;
    CHECK(catalogue.store->queue().claim(filter, 60'000).size() == 3);
    filter.suspects = true;
    const auto alone = catalogue.store->queue().claim(filter, 60'000);
    REQUIRE(alone.size() == 1);
    CHECK(alone.front().suspect);
}

TEST_CASE("What is taken together with others is never a suspect, wherever it stands" *
          of_known_deaths()) {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    die_of(catalogue, SIGABRT);
    AlbumRequest urgent = album_request(2);
    urgent.priority = 5;
    catalogue.add(urgent);
    catalogue.clock.advance(1);
    catalogue.add(album_request(3));
    std::vector<std::int64_t> ids;
    for (const auto& job : claim(catalogue, 10))
        ids.push_back(job.id);
    CHECK(ids == std::vector<std::int64_t>{2, 3});
    CHECK(claim(catalogue, 10).front().id == 1);
}

TEST_CASE("A worker that lives through a suspect clears it, whatever came of the job" *
          of_known_deaths()) {
    for (const auto verdict : {store::Verdict::retry, store::Verdict::requeue}) {
        OpenCatalogue catalogue;
        catalogue.add(album_request(1));
        die_of(catalogue, SIGABRT);
        die_of(catalogue, SIGABRT);
        const auto suspect = claim(catalogue).front();
        CHECK(suspect.suspect);
        catalogue.store->queue().finish_failed(
            {suspect, verdict, JobError{"timeout", "slow"}, catalogue.clock.now, 1});
        const auto cleared = claim(catalogue).front();
        CHECK_FALSE(cleared.suspect);
        catalogue.store->queue().finish_failed(
            {cleared, store::Verdict::requeue, {}, catalogue.clock.now, 0});
        die_of(catalogue, SIGABRT);  // would be the third
        CHECK(catalogue.job(1).error->code == "worker_died");
        CHECK(claim(catalogue).size() == 1);
    }
}

TEST_CASE("A failed job that is retried by hand begins with a clean slate" * of_known_deaths()) {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    for (int crash = 1; crash <= 4; ++crash) {
        die_of(catalogue, SIGABRT);
        catalogue.clock.advance(6 * k_hour);
    }
    REQUIRE(catalogue.job(1).state == JobState::failed);
    CHECK(catalogue.apply(1, store::JobAction::retry).done);
    const auto job = claim(catalogue).front();
    CHECK_FALSE(job.suspect);
    CHECK(job.attempt == 1);
}

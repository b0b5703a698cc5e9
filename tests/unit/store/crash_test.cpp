// Workers that die, stop, and come back. A closed store stands for a killed process: the kernel
// frees its locks either way.
#include <csignal>
#include <filesystem>
#include <fstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory_kills.hpp"
#include "unit/store/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr Millis k_hour = 3'600'000;

/// A worker of its own that takes one job; it lives as long as the store that it gives.
struct OtherWorker {
    std::unique_ptr<store::Store> store;
    ClaimedJob job;
};

OtherWorker take_a_job(OpenCatalogue& catalogue) {
    OtherWorker worker{catalogue.reopen(), {}};
    worker.store->queue().start_worker("other");
    worker.job = worker.store->queue().claim({}, 60'000).at(0);
    return worker;
}

/// A process of its own takes a job and dies of the signal. The job is taken back.
std::vector<store::Recovered> die_of(OpenCatalogue& catalogue, int number) {
    catalogue.store.reset();  // an open database is not taken through a fork
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(number, SIG_DFL);  // doctest's own handler would tell of a failed test
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        const auto worker = take_a_job(catalogue);
        ::raise(number);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(WTERMSIG(status) == number);
    catalogue.store = catalogue.reopen();
    catalogue.store->queue().start_worker("test");
    return catalogue.store->queue().recover();
}

void check_sound(OpenCatalogue& catalogue) {
    for (const auto& fault : catalogue.store->maintenance().check().faults)
        FAIL_CHECK(fault.what);
}

std::string_view last_outcome(OpenCatalogue& catalogue, std::int64_t job) {
    return to_string(catalogue.store->jobs().attempts(job).back().outcome);
}

bool has_notes(const OpenCatalogue& catalogue) {
    return std::filesystem::exists(catalogue.path + "-deaths");
}

std::vector<ClaimedJob> claim(OpenCatalogue& catalogue, int limit = 1) {
    store::ClaimFilter filter;
    filter.limit = limit;
    return catalogue.store->queue().claim(filter, 60'000);
}

}  // namespace

TEST_CASE("The job of a worker that lives is not taken from it") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto other = take_a_job(catalogue);
    catalogue.store->queue().start_worker("test");
    CHECK(catalogue.store->queue().recover().empty());
    CHECK(catalogue.job(other.job.id).state == JobState::running);
}

TEST_CASE("The job of a worker that was killed is due again at once, and pays nothing for it") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    REQUIRE(die_of(catalogue, SIGKILL).size() == 1);
    CHECK(last_outcome(catalogue, 1) == "killed");
    CHECK(catalogue.job(1).error->code == "worker_killed");
    const auto again = claim(catalogue);
    REQUIRE(again.size() == 1);
    CHECK(again.front().attempt == 1);
    CHECK_FALSE(again.front().suspect);
    CHECK_FALSE(has_notes(catalogue));
    check_sound(catalogue);
}

TEST_CASE("The job of a worker that died of itself is a suspect, the attempt spent") {
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
        CHECK_FALSE(has_notes(catalogue));
        check_sound(catalogue);
    }
}

TEST_CASE("A job that workers die of cools down for hours, then fails, and only that one") {
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

TEST_CASE("A job whose workers are killed again and again waits behind all others, never fails") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    const auto kill = [&] {
        take_a_job(catalogue).store.reset();
        REQUIRE(catalogue.store->queue().recover().size() == 1);
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

TEST_CASE("From the second kill on, the jobs that wait already go first") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    take_a_job(catalogue).store.reset();
    catalogue.store->queue().recover();
    catalogue.add(album_request(2));
    catalogue.clock.advance(1);
    take_a_job(catalogue).store.reset();  // the first again, which had kept its place
    REQUIRE(catalogue.store->queue().recover().front().job_id == 1);
    CHECK(claim(catalogue).front().id == 2);
}

TEST_CASE("A worker that went down with the machine is no fault of its job") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    for (int starts = 1; starts <= 5; ++starts) {
        take_a_job(catalogue).store.reset();
        SQLite::Database{catalogue.path, SQLite::OPEN_READWRITE}.exec(
            "UPDATE workers SET boot = 'another'");
        REQUIRE(catalogue.store->queue().recover().size() == 1);
        CHECK(catalogue.job(1).error->code == "machine_restarted");
    }
    const auto job = claim(catalogue).front();
    CHECK_FALSE(job.suspect);
    CHECK(job.attempt == 1);
}

TEST_CASE("A worker that was killed since memory ran out counts as one that died of itself") {
    if (!memory_kills()) return;  // this kernel does not tell
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    // What the worker noted when it began, and the kernel has counted since.
    for (const auto& [noted, outcome] :
         {std::pair{"memory_kills", "killed"}, std::pair{"memory_kills - 1", "crashed"},
          std::pair{"NULL", "killed"}}) {
        CAPTURE(noted);
        auto other = take_a_job(catalogue);
        SQLite::Database{catalogue.path, SQLite::OPEN_READWRITE}.exec(
            std::string{"UPDATE workers SET memory_kills = "} + noted);
        other.store.reset();
        REQUIRE(catalogue.store->queue().recover().size() == 1);
        CHECK(last_outcome(catalogue, 1) == outcome);
    }
}

TEST_CASE("A note counts for the worker that left it, not for another one of its number") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    for (const auto& [started, outcome] : {std::pair{catalogue.clock.now - 1, "killed"},
                                           std::pair{catalogue.clock.now, "crashed"}}) {
        auto other = take_a_job(catalogue);
        const auto worker = catalogue.store->jobs().attempts(1).size();
        std::ofstream{catalogue.path + "-deaths"} << "worker " << worker << " of " << started
                                                  << " died of signal 06\n";
        other.store.reset();
        catalogue.store->queue().recover();
        CHECK(last_outcome(catalogue, 1) == outcome);
        CHECK_FALSE(has_notes(catalogue));
    }
}

TEST_CASE("Notes of deaths beside the database are ours, and no fault") {
    OpenCatalogue catalogue;
    std::ofstream{catalogue.path + "-deaths"} << "worker 1 of 5 died of signal 06\n";
    check_sound(catalogue);
}

TEST_CASE("Notes of deaths that say nothing do no harm") {
    for (const std::string& text : {std::string{}, std::string{"\0\xff\n", 3},
                                    std::string(100'000, 'w'), std::string{"worker 1 of"}}) {
        OpenCatalogue catalogue;
        catalogue.add(album_request(1));
        take_a_job(catalogue).store.reset();
        std::ofstream{catalogue.path + "-deaths"} << text;
        catalogue.store->queue().recover();
        CHECK(last_outcome(catalogue, 1) == "killed");
    }
}

TEST_CASE("A worker that was stopped past its lease finds its result refused") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    auto stopped = take_a_job(catalogue);
    catalogue.clock.advance(60'001);
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

TEST_CASE("A lease runs out right behind its last millisecond") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto worker = take_a_job(catalogue);
    catalogue.store->queue().start_worker("test");
    catalogue.clock.advance(60'000);
    CHECK(catalogue.store->queue().recover().empty());
    catalogue.clock.advance(1);
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
    CHECK(catalogue.job(stopped.job.id).lease_left_ms == 10'000);
    CHECK(catalogue.job(busy.job.id).lease_left_ms == 60'000);
}

TEST_CASE("A suspect is done alone, so that no other is blamed for what it does") {
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

TEST_CASE("What is taken together with others is never a suspect, wherever it stands") {
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

TEST_CASE("A worker that lives through a suspect clears it, whatever came of the job") {
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

TEST_CASE("A failed job that is retried by hand begins with a clean slate") {
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

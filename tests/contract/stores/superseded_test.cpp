// A failed job whose album was imported all the same is no failure any more.
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

void fail(OpenCatalogue& catalogue, const ClaimedJob& job) {
    Candidate candidate;
    candidate.mbid = mbid(70);
    candidate.title = "Perhaps";
    const store::FailedAttempt failed{job, store::Verdict::fail,
                                      JobError{"not_found", "none", {candidate}}, 0, 1};
    REQUIRE(catalogue.store->queue().finish_failed(failed).accepted);
}

std::int64_t refresh(OpenCatalogue& catalogue, const AlbumRequest& request) {
    AddOptions options;
    options.refresh = true;
    const auto added = catalogue.add(request, options);
    REQUIRE(added.status == AddStatus::refreshed);
    return *added.job_id;
}

/// The job 1 of album 1 has failed, the job 2 has imported it.
void import_after_failure(OpenCatalogue& catalogue) {
    catalogue.add(album_request(1));
    fail(catalogue, catalogue.claim().front());
    REQUIRE(refresh(catalogue, album_request(1)) == 2);
    REQUIRE(catalogue.complete(catalogue.claim().front(), {}).accepted);
}

std::vector<std::int64_t> jobs_in(OpenCatalogue& catalogue, JobState state) {
    store::JobFilter filter;
    filter.state = state;
    std::vector<std::int64_t> ids;
    catalogue.store->jobs().jobs(filter, [&](const auto& job) { ids.push_back(job.id); });
    return ids;
}

void check_sound(OpenCatalogue& catalogue) {
    for (const auto& fault : catalogue.store->maintenance().check().faults)
        FAIL_CHECK(fault.what);
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("A failed job is superseded once a later one has imported its album, and not before") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    fail(catalogue, catalogue.claim().front());
    refresh(catalogue, album_request(1));
    const auto later = catalogue.claim().front();
    CHECK(jobs_in(catalogue, JobState::failed) == Ids{1});
    REQUIRE(catalogue.complete(later, {}).accepted);
    CHECK(jobs_in(catalogue, JobState::failed).empty());
    CHECK(jobs_in(catalogue, JobState::superseded) == Ids{1});
    const auto status = catalogue.store->jobs().status();
    CHECK(status.failures.empty());
    CHECK(status.failed_recent.empty());
    const auto job = catalogue.job(1);
    CHECK(job.error->code == "not_found");
    CHECK(job.finished_at_ms);
    CHECK(catalogue.store->jobs().candidates(1).empty());
    check_sound(catalogue);
}

TEST_CASE("Other albums' failures stand, and so does one that no import has followed") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 2; ++n) {
        catalogue.add(album_request(n));
        fail(catalogue, catalogue.claim().front());
    }
    catalogue.store->albums().add_discography(mbid(900), {}, "default", 0, store::Mode::write);
    fail(catalogue, catalogue.claim().front());
    refresh(catalogue, album_request(1));
    fail(catalogue, catalogue.claim().front());
    CHECK(jobs_in(catalogue, JobState::failed).size() == 4);
    refresh(catalogue, album_request(1));
    REQUIRE(catalogue.complete(catalogue.claim().front(), {}).accepted);
    CHECK(jobs_in(catalogue, JobState::superseded) == Ids{4, 1});
    CHECK(jobs_in(catalogue, JobState::failed).size() == 2);
    check_sound(catalogue);
}

TEST_CASE("A job that fails after its album was imported stays failed until the next import") {
    OpenCatalogue catalogue;
    import_after_failure(catalogue);
    const auto third = refresh(catalogue, album_request(1));
    fail(catalogue, catalogue.claim().front());
    CHECK(jobs_in(catalogue, JobState::failed) == Ids{third});
    CHECK(jobs_in(catalogue, JobState::superseded) == Ids{1});
}

TEST_CASE("A failed job is superseded when its album turns out to be one that is imported") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    REQUIRE(catalogue.complete(catalogue.claim().front(), {}).accepted);
    const auto named = catalogue.add(named_request("CAN", "Tago Mago"));
    fail(catalogue, catalogue.claim().front());
    refresh(catalogue, named_request("CAN", "Tago Mago"));
    Album group;
    group.mbid = mbid(1);
    REQUIRE(catalogue.complete_as(catalogue.claim().front(), group, {}).accepted);
    CHECK(jobs_in(catalogue, JobState::superseded) == Ids{*named.job_id});
    CHECK(jobs_in(catalogue, JobState::failed).empty());
    check_sound(catalogue);
}

TEST_CASE("Settling an album as one that is imported runs its last job again, no other fails on") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    REQUIRE(catalogue.complete(catalogue.claim().front(), {}).accepted);
    const auto named = catalogue.add(named_request("CAN", "Tago Mago"));
    fail(catalogue, catalogue.claim().front());
    const auto again = refresh(catalogue, named_request("CAN", "Tago Mago"));
    fail(catalogue, catalogue.claim().front());
    const auto identified = catalogue.store->albums().identify_album(*named.album_id, mbid(1), {});
    CHECK(identified.job_id == again);
    CHECK(catalogue.job(again).state == JobState::pending);
    CHECK(jobs_in(catalogue, JobState::superseded) == Ids{*named.job_id});
    check_sound(catalogue);
}

TEST_CASE("An import that is refused supersedes nothing") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    fail(catalogue, catalogue.claim().front());
    refresh(catalogue, album_request(1));
    const auto stale = catalogue.claim().front();
    CHECK(catalogue.apply(stale.id, store::JobAction::cancel).done);
    CHECK_FALSE(catalogue.complete(stale, {}).accepted);
    CHECK(jobs_in(catalogue, JobState::failed) == Ids{1});
}

TEST_CASE("A superseded job cannot be applied, and the refusal says why") {
    OpenCatalogue catalogue;
    import_after_failure(catalogue);
    const auto retried = catalogue.apply(1, store::JobAction::retry);
    CHECK_FALSE(retried.done);
    CHECK(retried.refusal == "job 1 is superseded: a later job has imported its album");
    CHECK(retried.state == JobState::superseded);
    CHECK_FALSE(catalogue.apply(1, store::JobAction::cancel).done);
    CHECK_FALSE(catalogue.apply(1, store::JobAction::run_now).done);
    check_sound(catalogue);
}

TEST_CASE("Settling an album whose last job is superseded queues a new one") {
    OpenCatalogue catalogue;
    import_after_failure(catalogue);
    catalogue.store->maintenance().prune(catalogue.clock.now + 1, JobState::done, 10,
                                         store::Mode::write);
    const auto identified = catalogue.store->albums().identify_album(1, mbid(2), {});
    CHECK(identified.job_id == 3);
    CHECK(catalogue.job(1).state == JobState::superseded);
    CHECK(catalogue.job(3).state == JobState::pending);
    check_sound(catalogue);
}

TEST_CASE("Superseded jobs are pruned like those that are done, or alone") {
    for (const auto state : {std::optional<JobState>{}, std::optional{JobState::superseded}}) {
        OpenCatalogue catalogue;
        import_after_failure(catalogue);
        catalogue.add(album_request(2));
        fail(catalogue, catalogue.claim().front());
        catalogue.clock.advance(1000);
        const auto pruned = catalogue.store->maintenance().prune(catalogue.clock.now, state, 10,
                                                                 store::Mode::write);
        CHECK(pruned == (state ? 1 : 2));
        CHECK(jobs_in(catalogue, JobState::superseded).empty());
        CHECK(jobs_in(catalogue, JobState::failed) == Ids{3});
        check_sound(catalogue);
    }
}

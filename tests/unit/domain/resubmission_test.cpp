// An album that is there and is put in again.
#include "domain/resubmission.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

const KnownJob k_no_job{};
const KnownJob k_done{1};
const KnownJob k_pending{1, true, true, "default", 0};
const KnownJob k_running{1, true, false, "default", 0};

AddOptions refreshing() {
    AddOptions options;
    options.refresh = true;
    return options;
}

/// One that says where the job is to be.
AlbumRequest placed(const char* queue, int priority) {
    AlbumRequest request = album_request(1);
    request.queue = queue;
    request.priority = priority;
    request.moves_job = true;
    return request;
}

}  // namespace

TEST_CASE("An album that is there gets a job only if it never had one, or is to be refreshed") {
    const AlbumRequest request = album_request(1);
    CHECK(plan_resubmission(request, {}, k_no_job, {}).queues_job);
    for (const KnownJob& job : {k_done, k_pending, k_running})
        CHECK_FALSE(plan_resubmission(request, {}, job, {}).queues_job);
    CHECK(plan_resubmission(request, refreshing(), k_done, {}).queues_job);
    for (const KnownJob& job : {k_pending, k_running})
        CHECK_FALSE(plan_resubmission(request, refreshing(), job, {}).queues_job);
    AddOptions alone;
    alone.queue_job = false;
    CHECK_FALSE(plan_resubmission(request, alone, k_no_job, {}).queues_job);
}

TEST_CASE("What became of it: refreshed, updated by what differs, or there as it was") {
    const AlbumRequest request = album_request(1);
    CHECK(plan_resubmission(request, refreshing(), k_done, {"title"}).status ==
          AddStatus::refreshed);
    CHECK(plan_resubmission(request, refreshing(), k_pending, {}).status == AddStatus::exists);
    CHECK(plan_resubmission(request, {}, k_done, {"title"}).status == AddStatus::updated);
    CHECK(plan_resubmission(request, {}, k_done, {}).status == AddStatus::exists);
}

TEST_CASE("A pending job goes where the request wants it, one under way stays") {
    const auto moved = plan_resubmission(placed("night", 5), {}, k_pending, {});
    CHECK(moved.moves_job);
    CHECK(moved.status == AddStatus::updated);
    CHECK(moved.differing == std::vector<std::string>{"queue", "priority"});
    CHECK_FALSE(plan_resubmission(placed("night", 5), {}, k_running, {}).moves_job);
    CHECK_FALSE(plan_resubmission(placed("default", 0), {}, k_pending, {}).moves_job);
    AlbumRequest silent = placed("night", 5);
    silent.moves_job = false;
    CHECK_FALSE(plan_resubmission(silent, {}, k_pending, {}).moves_job);
}

TEST_CASE("The name that an album was found by says nothing more of it") {
    AlbumRequest by_name;
    by_name.album.title = "Rumours";
    by_name.album.artist_credit = credit(7, "Fleetwood Mac");
    by_name.album.first_release_date = PartialDate::parse("1977");
    by_name.album.primary_type = "Album";
    by_name.year = 1977;
    Album more;
    more.primary_type = "Album";
    CHECK(given_beside_name(by_name) == more);
    by_name.album.first_release_date = PartialDate::parse("1977-02-04");
    CHECK(given_beside_name(by_name).first_release_date == PartialDate::parse("1977-02-04"));
    AlbumRequest by_mbid = album_request(1);
    by_mbid.album.title = "Rumours";
    CHECK(given_beside_name(by_mbid) == by_mbid.album);
}

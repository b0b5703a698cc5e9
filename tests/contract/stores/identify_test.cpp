#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

Candidate candidate(int n, const std::string& title) {
    Candidate candidate;
    candidate.mbid = mbid(n);
    candidate.title = title;
    candidate.artist = "CAN";
    candidate.first_release_date = PartialDate::parse("1971-02");
    candidate.primary_type = "Album";
    candidate.secondary_types = {"Live", "Mixtape/Street"};
    candidate.disambiguation = "the other one";
    candidate.score = 87;
    return candidate;
}

/// Ends the job's attempt as ambiguous between these.
void fail(OpenCatalogue& catalogue, const ClaimedJob& job, std::vector<Candidate> candidates) {
    store::FailedAttempt ended;
    ended.job = job;
    ended.verdict = store::Verdict::fail;
    ended.error = JobError{"ambiguous", "which?", std::move(candidates)};
    catalogue.store->queue().finish_failed(ended);
}

store::AddedAlbum settle(OpenCatalogue& catalogue, std::int64_t album, int n,
                         const store::IdentifyOptions& options = {}) {
    return catalogue.store->albums().identify_album(album, mbid(n), options);
}

std::vector<Candidate> candidates(OpenCatalogue& catalogue, const store::AddedAlbum& album) {
    return catalogue.store->jobs().candidates(*album.job_id);
}

void check_sound(OpenCatalogue& catalogue) {
    const auto report = catalogue.store->maintenance().check();
    for (const auto& fault : report.faults)
        FAIL_CHECK(fault.what);
}

}  // namespace

TEST_CASE("Candidates are kept with the job as they were found, in their order") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    Candidate bare;
    bare.mbid = mbid(2);
    bare.title = "Tago Mago";
    const std::vector<Candidate> both{candidate(1, "Tago Mago"), bare};
    fail(catalogue, catalogue.claim().front(), both);
    CHECK(candidates(catalogue, album) == both);
}

TEST_CASE("The next attempt that fails replaces the candidates, one that succeeds drops them") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    fail(catalogue, catalogue.claim().front(), {candidate(1, "A"), candidate(2, "B")});
    catalogue.apply(*album.job_id, store::JobAction::retry);
    fail(catalogue, catalogue.claim().front(), {candidate(3, "C")});
    CHECK(candidates(catalogue, album) == std::vector{candidate(3, "C")});
    catalogue.apply(*album.job_id, store::JobAction::retry);
    Album group;
    group.mbid = mbid(3);
    catalogue.complete_as(catalogue.claim().front(), group, {});
    CHECK(candidates(catalogue, album).empty());
    check_sound(catalogue);
}

TEST_CASE("An attempt that is handed back leaves the candidates of the one before it") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    fail(catalogue, catalogue.claim().front(), {candidate(1, "A")});
    catalogue.apply(*album.job_id, store::JobAction::retry);
    store::FailedAttempt busy;
    busy.job = catalogue.claim().front();
    busy.verdict = store::Verdict::requeue;
    busy.error = JobError{"throttled", "busy"};
    catalogue.store->queue().finish_failed(busy);
    CHECK(candidates(catalogue, album) == std::vector{candidate(1, "A")});
}

TEST_CASE(
    "No more candidates are kept than are worth reading, and pruning a job takes them along") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    std::vector<Candidate> many;
    for (int n = 1; n <= 40; ++n)
        many.push_back(candidate(n, "Tago Mago"));
    fail(catalogue, catalogue.claim().front(), many);
    CHECK(candidates(catalogue, album).size() == k_most_candidates);
    catalogue.store->maintenance().prune(catalogue.clock.now + 1, JobState::failed, 10,
                                         store::Mode::write);
    CHECK(candidates(catalogue, album).empty());
}

TEST_CASE("A failed job runs again when its album is identified, with fresh attempts") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    fail(catalogue, catalogue.claim().front(), {candidate(1, "A")});
    const auto identified = settle(catalogue, *album.album_id, 1);
    CHECK(identified.status == AddStatus::refreshed);
    CHECK(identified.job_id == album.job_id);
    const auto job = catalogue.job(*album.job_id);
    CHECK(job.state == JobState::pending);
    CHECK(job.attempts == 0);
    CHECK_FALSE(job.error);
    CHECK(candidates(catalogue, album).empty());
    CHECK(catalogue.claim().front().album.mbid == mbid(1));
    check_sound(catalogue);
}

TEST_CASE("The job of an identified album keeps its queue and priority unless others are told") {
    OpenCatalogue catalogue;
    auto request = named_request("CAN", "Tago Mago");
    request.queue = "nightly";
    request.priority = 3;
    const auto album = catalogue.add(request);
    fail(catalogue, catalogue.claim().front(), {});
    settle(catalogue, *album.album_id, 1);
    CHECK(catalogue.job(*album.job_id).queue == "nightly");
    CHECK(catalogue.job(*album.job_id).priority == 3);
    settle(catalogue, *album.album_id, 1, {"urgent", 9});
    CHECK(catalogue.job(*album.job_id).queue == "urgent");
    CHECK(catalogue.job(*album.job_id).priority == 9);
    check_sound(catalogue);
}

TEST_CASE("A job that waits for its next attempt runs at once when its album is identified") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    catalogue.store->queue().finish_failed({catalogue.claim().front(), store::Verdict::retry,
                                            JobError{"http_500", "later"},
                                            catalogue.clock.now + 3'600'000, 1});
    CHECK(catalogue.claim().empty());
    CHECK(settle(catalogue, *album.album_id, 1).status == AddStatus::exists);
    CHECK(catalogue.claim().front().album.mbid == mbid(1));
}

TEST_CASE("A worker that asks by name cannot overrule a person who identified meanwhile") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    const auto stale = catalogue.claim().front();
    settle(catalogue, *album.album_id, 1);
    Album other;
    other.mbid = mbid(2);
    CHECK_FALSE(catalogue.complete_as(stale, other, {release(5, "Wrong")}).accepted);
    CHECK(catalogue.releases(*album.album_id).empty());
    const auto fresh = catalogue.claim().front();
    CHECK(fresh.id == stale.id);
    CHECK(fresh.album.mbid == mbid(1));
    CHECK(catalogue.complete(fresh, {release(6, "Right")}).accepted);
    check_sound(catalogue);
}

TEST_CASE("A worker that knows the group already is left to finish") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(album_request(1));
    const auto job = catalogue.claim().front();
    const auto identified = settle(catalogue, *album.album_id, 1);
    CHECK(identified.status == AddStatus::exists);
    CHECK(catalogue.complete(job, {release(5, "Right")}).accepted);
}

TEST_CASE("Settled as another group than before, an album no longer answers to the old one") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    Album wrong;
    wrong.mbid = mbid(1);
    catalogue.complete_as(catalogue.claim().front(), wrong, {release(5, "Wrong")});
    settle(catalogue, *album.album_id, 2);
    CHECK(catalogue.store->catalogue().album_id(mbid(2)) == album.album_id);
    CHECK_FALSE(catalogue.store->catalogue().album_id(mbid(1)));
    CHECK(catalogue.add(album_request(1)).status == AddStatus::created);
    CHECK(catalogue.add(named_request("CAN", "Tago Mago")).album_id == album.album_id);
    check_sound(catalogue);
}

TEST_CASE("Settled as another album's group, the two are one, with the jobs of both") {
    OpenCatalogue catalogue;
    const auto known = catalogue.add(album_request(1));
    catalogue.complete(catalogue.claim().front(), {release(5, "Tago Mago")});
    const auto named = catalogue.add(named_request("CAN", "Tago Mago"));
    fail(catalogue, catalogue.claim().front(), {candidate(1, "A")});
    const auto identified = settle(catalogue, *named.album_id, 1);
    CHECK(identified.album_id == known.album_id);
    CHECK(identified.job_id == named.job_id);
    CHECK_FALSE(catalogue.store->catalogue().album(*named.album_id));
    CHECK(catalogue.releases(*known.album_id).size() == 1);
    CHECK(catalogue.add(named_request("CAN", "Tago Mago")).album_id == known.album_id);
    const auto job = catalogue.claim().front();
    CHECK(job.album_id == known.album_id);
    CHECK(catalogue.complete(job, {release(5, "Tago Mago")}).accepted);
    check_sound(catalogue);
}

TEST_CASE("Two albums become one while workers have the jobs of both") {
    OpenCatalogue catalogue;
    const auto known = catalogue.add(album_request(1));
    const auto named = catalogue.add(named_request("CAN", "Tago Mago"));
    const auto jobs = catalogue.claim(2);
    const auto identified = settle(catalogue, *named.album_id, 1);
    CHECK(identified.album_id == known.album_id);
    CHECK(identified.job_id == known.job_id);
    CHECK(identified.status == AddStatus::exists);
    CHECK(catalogue.job(*named.job_id).state == JobState::cancelled);
    const auto report_on = [&](const ClaimedJob& job) {
        Album group;
        group.mbid = mbid(1);
        return catalogue.complete_as(job, group, {release(5, "Tago Mago")}).accepted;
    };
    CHECK_FALSE(report_on(jobs[1]));
    CHECK(report_on(jobs[0]));
    CHECK(catalogue.releases(*known.album_id).size() == 1);
    check_sound(catalogue);
}

TEST_CASE("Two albums by name that are one group become one, whichever is found first") {
    OpenCatalogue catalogue;
    const auto one = catalogue.add(named_request("CAN", "Tago Mago"));
    const auto other = catalogue.add(named_request("Can", "TAGO MAGO"));
    const auto jobs = catalogue.claim(2);
    Album group;
    group.mbid = mbid(1);
    group.title = "Tago Mago";
    CHECK(catalogue.complete_as(jobs[1], group, {release(5, "Tago Mago")}).accepted);
    CHECK(catalogue.complete_as(jobs[0], group, {release(5, "Tago Mago")}).accepted);
    CHECK_FALSE(catalogue.store->catalogue().album(*one.album_id));
    CHECK(catalogue.releases(*other.album_id).size() == 1);
    CHECK(catalogue.add(named_request("CAN", "Tago Mago")).album_id == other.album_id);
    CHECK(catalogue.add(named_request("Can", "TAGO MAGO")).album_id == other.album_id);
    check_sound(catalogue);
}

TEST_CASE("Trying out what settling would do changes nothing") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mago"));
    fail(catalogue, catalogue.claim().front(), {candidate(1, "A")});
    const auto tried =
        settle(catalogue, *album.album_id, 1, {std::nullopt, std::nullopt, store::Mode::dry_run});
    CHECK(tried.status == AddStatus::refreshed);
    CHECK(catalogue.job(*album.job_id).state == JobState::failed);
    CHECK(candidates(catalogue, album).size() == 1);
    CHECK_FALSE(catalogue.store->catalogue().album_id(mbid(1)));
    CHECK(settle(catalogue, 99, 1).error);
}

TEST_CASE("A discography that is begun again puts each album in once, with one job") {
    OpenCatalogue catalogue;
    catalogue.store->albums().add_discography(mbid(7), {{"album"}}, "default", 5,
                                              store::Mode::write);
    catalogue.add(album_request(2));
    std::vector<Album> albums;
    for (int n = 1; n <= 3; ++n)
        albums.push_back(album_request(n).album);
    const ClaimedJob lost = catalogue.claim().front();
    REQUIRE(lost.kind == JobKind::discography);
    // Its worker is gone, and its lease with it.
    catalogue.store->queue().finish_failed(
        {lost, store::Verdict::retry, JobError{"worker_died", "gone"}, catalogue.clock.now, 0});
    const ClaimedJob job = catalogue.claim().front();
    REQUIRE(job.id == lost.id);
    const auto complete = [&](const ClaimedJob& claimed) {
        return catalogue.store->queue().complete(
            store::Finding{claimed, store::Discography{albums}, 1});
    };
    CHECK_FALSE(complete(lost).accepted);
    CHECK(complete(job).accepted);
    CHECK_FALSE(complete(job).accepted);
    CHECK(catalogue.store->jobs().status().albums == 3);
    CHECK(catalogue.store->jobs().status().open() == 3);
    check_sound(catalogue);
}

TEST_CASE("An album is looked for by other words, with fresh attempts, and is found by the old") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mego"));
    fail(catalogue, catalogue.claim().front(), {candidate(1, "Tago Mago")});
    const auto again = [&](const AlbumRequest& words) {
        return catalogue.store->albums().search_again(*album.album_id, words, {});
    };
    const AlbumRequest words = named_request("CAN", "Tago Mago");
    CHECK(again(words).status == AddStatus::refreshed);
    CHECK(again(words).status == AddStatus::exists);
    CHECK(candidates(catalogue, album).empty());
    const auto job = catalogue.claim().front();
    CHECK(job.id == album.job_id);
    CHECK(job.album.title == "Tago Mago");
    CHECK(catalogue.add(named_request("CAN", "Tago Mego")).album_id == album.album_id);
    CHECK(catalogue.add(words).album_id == album.album_id);
    check_sound(catalogue);
}

TEST_CASE("Words that another album has, and an album that is settled, are left as they are") {
    OpenCatalogue catalogue;
    const auto album = catalogue.add(named_request("CAN", "Tago Mego"));
    const auto other = catalogue.add(named_request("CAN", "Ege Bamyasi"));
    auto& albums = catalogue.store->albums();
    CHECK(albums.search_again(*album.album_id, named_request("CAN", "Ege Bamyasi"), {}).error);
    settle(catalogue, *other.album_id, 5);
    CHECK(albums.search_again(*other.album_id, named_request("CAN", "Future Days"), {}).error);
    CHECK(albums.search_again(99, named_request("CAN", "Future Days"), {}).error);
    store::IdentifyOptions dry;
    dry.mode = store::Mode::dry_run;
    CHECK(albums.search_again(*album.album_id, named_request("CAN", "Soon"), dry).status ==
          AddStatus::refreshed);
    CHECK(catalogue.claim().front().album.title == "Tago Mego");
    check_sound(catalogue);
}

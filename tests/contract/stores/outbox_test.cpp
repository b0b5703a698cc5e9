#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

TEST_CASE("An album and its job are put in together") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    CHECK(added.status == AddStatus::created);
    CHECK(added.mbid == mbid(1));
    const auto job = catalogue.job(*added.job_id);
    CHECK(job.state == JobState::pending);
    CHECK(job.album_id == added.album_id);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("The same album a second time is no second album and no second job") {
    OpenCatalogue catalogue;
    const auto first = catalogue.add(album_request(1));
    const auto second = catalogue.add(album_request(1));
    CHECK(second.status == AddStatus::exists);
    CHECK(second.album_id == first.album_id);
    CHECK(second.job_id == first.job_id);
    CHECK(catalogue.store->jobs().status().albums == 1);
}

TEST_CASE("An album told by artist and title is known again by them") {
    OpenCatalogue catalogue;
    const auto first = catalogue.add(named_request("Can", "Tago Mago"));
    CHECK(catalogue.add(named_request("Can", "Tago Mago")).album_id == first.album_id);
    CHECK(catalogue.add(named_request("Can", "Future Days")).album_id != first.album_id);
}

TEST_CASE("An album told by a release of it is known again by that") {
    OpenCatalogue catalogue;
    AlbumRequest request;
    request.release_mbid = mbid(7);
    const auto first = catalogue.add(request);
    CHECK(first.status == AddStatus::created);
    CHECK(catalogue.add(request).status == AddStatus::exists);
    CHECK(catalogue.claim().front().release_mbid == mbid(7));
}

TEST_CASE("An album put in without a job gets its first one when it is put in again with") {
    OpenCatalogue catalogue;
    AddOptions alone;
    alone.queue_job = false;
    CHECK_FALSE(catalogue.add(album_request(1), alone).job_id);
    const auto again = catalogue.add(album_request(1));
    CHECK(again.status == AddStatus::exists);
    CHECK(again.job_id);
}

TEST_CASE("A job that a known album gets has the queue and the priority of the request") {
    OpenCatalogue catalogue;
    AddOptions alone;
    alone.queue_job = false;
    catalogue.add(album_request(1), alone);
    AlbumRequest urgent = album_request(1);
    urgent.queue = "urgent";
    urgent.priority = 7;
    const auto job = catalogue.job(*catalogue.add(urgent).job_id);
    CHECK(job.queue == "urgent");
    CHECK(job.priority == 7);
}

TEST_CASE("A refresh queues a new job, but never a second open one") {
    OpenCatalogue catalogue;
    AddOptions refresh;
    refresh.refresh = true;
    const auto first = catalogue.add(album_request(1));
    CHECK(catalogue.add(album_request(1), refresh).status == AddStatus::exists);
    catalogue.complete(catalogue.claim().front(), {});
    const auto refreshed = catalogue.add(album_request(1), refresh);
    CHECK(refreshed.status == AddStatus::refreshed);
    CHECK(refreshed.job_id != first.job_id);
}

TEST_CASE("Refreshing the catalogue takes the albums imported before a time, each once") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    catalogue.complete(catalogue.claim().front(), {});
    catalogue.clock.advance(1000);
    const store::RefreshFilter filter{catalogue.clock.now};
    const auto refreshed =
        catalogue.store->albums().refresh_albums(filter, 0, 10, store::Mode::write);
    REQUIRE(refreshed.size() == 1);  // the other two have open jobs
    CHECK(refreshed.front().mbid == mbid(1));
    CHECK(catalogue.store->albums().refresh_albums(filter, 0, 10, store::Mode::write).empty());
}

TEST_CASE("A preview says what would be done and writes nothing") {
    OpenCatalogue catalogue;
    const AlbumRequest requests[] = {album_request(1), album_request(1)};
    const auto preview = catalogue.store->albums().preview_albums(requests, {});
    CHECK(preview[0].status == AddStatus::created);
    CHECK(preview[1].status == AddStatus::exists);
    CHECK(catalogue.store->jobs().status().albums == 0);
}

TEST_CASE("Jobs are taken by priority, then by how long they have been due") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n) {
        AlbumRequest request = album_request(n);
        request.priority = n == 3 ? 5 : 0;
        request.queue = n == 2 ? "other" : "default";
        catalogue.add(request);
        catalogue.clock.advance(1);
    }
    std::vector<Mbid> order;
    for (const auto& job : catalogue.claim(10))
        order.push_back(*job.album.mbid);
    CHECK(order == std::vector{mbid(3), mbid(1), mbid(2)});
}

TEST_CASE("A claimed job is not given to anybody else") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    CHECK(catalogue.claim().size() == 1);
    const auto other = catalogue.reopen();
    other->queue().start_worker("other");
    CHECK(other->queue().claim({}, 60'000).empty());
}

TEST_CASE("A worker takes from its own queues only, and from none that is paused") {
    OpenCatalogue catalogue;
    AlbumRequest slow = album_request(1);
    slow.queue = "slow";
    catalogue.add(slow);
    catalogue.store->queue().start_worker("test");
    store::ClaimFilter filter;
    filter.queues = {"fast"};
    CHECK(catalogue.store->queue().claim(filter, 60'000).empty());
    filter.queues = {"slow"};
    catalogue.store->control().pause("slow");
    CHECK(catalogue.store->queue().claim(filter, 60'000).empty());
    catalogue.store->control().resume("slow");
    catalogue.store->control().pause("*");
    CHECK(catalogue.store->queue().claim(filter, 60'000).empty());
    catalogue.store->control().resume("*");
    CHECK(catalogue.store->queue().claim(filter, 60'000).size() == 1);
}

TEST_CASE("A retried job is pending until its time has come, and keeps its error") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto job = catalogue.claim().front();
    const store::FailedAttempt attempt{job, store::Verdict::retry, JobError{"timeout", "slow"},
                                       catalogue.clock.now + 30'000, 2};
    CHECK(catalogue.store->queue().finish_failed(attempt).accepted);
    CHECK(catalogue.claim().empty());
    CHECK(catalogue.job(job.id).error->code == "timeout");
    catalogue.clock.advance(30'000);
    const auto again = catalogue.claim();
    REQUIRE(again.size() == 1);
    CHECK(again.front().attempt == 2);
    const auto attempts = catalogue.store->jobs().attempts(job.id);
    REQUIRE(attempts.size() == 2);
    CHECK(attempts[0].outcome == Outcome::retrying);
    CHECK(attempts[0].requests == 2);
    CHECK(attempts[1].outcome == Outcome::running);
}

TEST_CASE("A job that is handed back has spent no attempt") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto job = catalogue.claim().front();
    catalogue.store->queue().finish_failed(
        {job, store::Verdict::requeue, {}, catalogue.clock.now, 0});
    CHECK(catalogue.job(job.id).attempts == 0);
    CHECK(catalogue.claim().front().attempt == 1);
}

TEST_CASE("A failed job stays failed until somebody retries it, with fresh attempts") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto job = catalogue.claim().front();
    catalogue.store->queue().finish_failed(
        {job, store::Verdict::fail, JobError{"not_found", "none"}, catalogue.clock.now, 1});
    CHECK(catalogue.job(job.id).state == JobState::failed);
    CHECK(catalogue.claim().empty());
    CHECK(catalogue.apply(job.id, store::JobAction::retry).done);
    CHECK(catalogue.claim().front().attempt == 1);
}

TEST_CASE("A worker whose job was cancelled can write nothing") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    const auto job = catalogue.claim().front();
    CHECK(catalogue.apply(job.id, store::JobAction::cancel).done);
    CHECK_FALSE(catalogue.complete(job, {release(1, "Late")}).accepted);
    CHECK(catalogue.releases(*added.album_id).empty());
    CHECK(catalogue.job(job.id).state == JobState::cancelled);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("Pruning deletes old finished jobs and leaves their albums") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.add(album_request(2));
    catalogue.complete(catalogue.claim().front(), {release(1, "Kept")});
    catalogue.clock.advance(1000);
    CHECK(catalogue.store->maintenance().prune(catalogue.clock.now, std::nullopt, 10,
                                               store::Mode::dry_run) == 1);
    CHECK(catalogue.store->maintenance().prune(catalogue.clock.now, std::nullopt, 10,
                                               store::Mode::write) == 1);
    CHECK(catalogue.store->maintenance().prune(catalogue.clock.now, std::nullopt, 10,
                                               store::Mode::write) == 0);
    CHECK(catalogue.store->jobs().status().albums == 2);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("A job is not retried while another one for the same album or artist is open") {
    OpenCatalogue catalogue;
    const auto& albums = [&]() -> store::AlbumStore& { return catalogue.store->albums(); };
    const auto first = albums().add_discography(mbid(900), {}, "q", 0, store::Mode::write);
    CHECK(catalogue.apply(*first.job_id, store::JobAction::cancel).done);
    CHECK(albums().add_discography(mbid(900), {}, "q", 0, store::Mode::write).status ==
          AddStatus::created);
    const auto applied = catalogue.apply(*first.job_id, store::JobAction::retry);
    CHECK_FALSE(applied.done);
    CHECK(applied.refusal.find("is open") != std::string::npos);
}

TEST_CASE("Resuming all takes back every pause") {
    OpenCatalogue catalogue;
    catalogue.store->control().pause("slow");
    catalogue.store->control().pause("*");
    catalogue.store->control().resume("*");
    CHECK(catalogue.store->jobs().status().paused.empty());
}

TEST_CASE("A discography puts each album in with a job of its own, in one transaction") {
    OpenCatalogue catalogue;
    const auto added = catalogue.store->albums().add_discography(mbid(900), {{"album"}}, "q", 3,
                                                                 store::Mode::write);
    CHECK(added.status == AddStatus::created);
    CHECK(catalogue.store->albums()
              .add_discography(mbid(900), {}, "q", 3, store::Mode::write)
              .status == AddStatus::exists);
    const auto job = catalogue.claim().front();
    CHECK(job.kind == JobKind::discography);
    CHECK(job.subject == mbid(900));
    CHECK(job.arguments == "album");
    const store::Discography found{{album_request(1).album, album_request(2).album}};
    CHECK(catalogue.store->queue().complete(store::Finding{job, found, 1}).accepted);
    const auto jobs = catalogue.claim(10);
    REQUIRE(jobs.size() == 2);
    CHECK(jobs.front().queue == "q");
    CHECK(jobs.front().priority == 3);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("What is deleted for its age is not deleted when the clock leaps ahead") {
    OpenCatalogue catalogue;
    constexpr Millis k_day = 24 * 3'600'000;
    store::Maintenance& maintenance = catalogue.store->maintenance();
    const Millis before = maintenance.follow_clock();
    CHECK(before == catalogue.clock.now);
    catalogue.clock.now += 60 * k_day;
    CHECK(maintenance.believed_now_ms() == before);
    CHECK(maintenance.follow_clock() == before);
    catalogue.clock.now += k_day;
    CHECK(catalogue.reopen()->maintenance().believed_now_ms() == catalogue.clock.now);
}

// Looking for new editions: jobs of many albums, and the imports that they lead to.
#include <doctest/doctest.h>

#include "support/watched_albums.hpp"

using namespace pressings;
using namespace pressings::test;

TEST_CASE("250 albums are three jobs, and none more while these are open") {
    Watched catalogue{250};
    CHECK(catalogue.watch(store::Mode::dry_run) == 250);
    CHECK(catalogue.claim().empty());
    CHECK(catalogue.watch() == 250);
    CHECK(catalogue.watch() == 0);
    const auto jobs = catalogue.claim(10);
    REQUIRE(jobs.size() == 3);
    std::vector<std::size_t> sizes;
    for (const ClaimedJob& job : jobs) {
        CHECK(job.queue == "news");
        CHECK(job.priority == 4);
        sizes.push_back(watched_groups(job.arguments).size());
    }
    CHECK(sizes == std::vector<std::size_t>{100, 100, 50});
    CHECK(catalogue.watch() == 0);
    CHECK(catalogue.is_sound());
}

TEST_CASE("Albums without an MBID, or with an import to come, are not looked for") {
    Watched catalogue{2};
    catalogue.add(named_request("Can", "Tago Mago"));
    catalogue.add(album_request(3));
    CHECK(catalogue.watch() == 2);
}

TEST_CASE("Where nothing differs nothing is queued; one more edition queues its album") {
    Watched catalogue{3};
    CHECK(catalogue.look() == Counts{3, 0, 0, 0});
    CHECK(catalogue.claim().empty());
    CHECK(catalogue.look(add_edition) == Counts{3, 1, 0, 1});
    const auto job = catalogue.claim().front();
    CHECK(job.kind == JobKind::releases);
    CHECK(job.album.mbid == mbid(1));
    CHECK(job.queue == "news");
    CHECK(job.priority == 4);
    CHECK(catalogue.is_sound());
}

TEST_CASE("What an index says leads to one import, and again when it says otherwise") {
    Watched catalogue{3};
    CHECK(catalogue.look(add_edition) == Counts{3, 1, 0, 1});
    CHECK(catalogue.import_again() == 1);
    CHECK(catalogue.look(add_edition) == Counts{3, 1, 0, 0});
    CHECK(catalogue.look([](auto& listed) { listed.front().releases.push_back(mbid(778)); }) ==
          Counts{3, 1, 0, 1});
}

TEST_CASE("An album that the index cannot tell of is imported once a month") {
    Watched catalogue{3};
    CHECK(catalogue.look(forget) == Counts{3, 0, 1, 1});
    CHECK(catalogue.import_again() == 1);
    CHECK(catalogue.look(forget) == Counts{3, 0, 1, 0});
    catalogue.clock.advance(k_listing_holds_ms + 1);
    CHECK(catalogue.look(forget) == Counts{3, 0, 1, 1});
}

TEST_CASE("An import that is to come is not queued again") {
    Watched catalogue{1};
    catalogue.watch();
    const auto job = catalogue.claim().front();
    AddOptions options;
    options.refresh = true;
    catalogue.add(album_request(1), options);
    auto listed = catalogue.as_it_is(job);
    add_edition(listed);
    CHECK(catalogue.finish(job, listed).counts.back().count == 0);
    CHECK(catalogue.claim(10).size() == 1);
    CHECK(catalogue.is_sound());
}

TEST_CASE("A release that was kept back as odd is known") {
    Watched catalogue{1};
    AddOptions options;
    options.refresh = true;
    catalogue.add(album_request(1), options);
    const auto job = catalogue.claim().front();
    Album group;
    group.mbid = mbid(1);
    store::Import import{job, group, {release(k_release + 1, "One")}, 1};
    import.oddities.push_back({mbid(777), "date", "1", "is no date", 1});
    REQUIRE(catalogue.store->queue().complete({&import, 1}).front().accepted);
    CHECK(catalogue.look(add_edition) == Counts{1, 0, 0, 0});
}

TEST_CASE("A release that is listed by the name it had before it was merged is known") {
    Watched catalogue{1};
    AddOptions options;
    options.refresh = true;
    catalogue.add(album_request(1), options);
    const auto job = catalogue.claim().front();
    Album group;
    group.mbid = mbid(1);
    store::Import import{job, group, {release(777, "One")}, 1};
    import.fates = {{ mbid(k_release + 1), mbid(777), mbid(1) }};
    REQUIRE(catalogue.store->queue().complete({&import, 1}).front().releases.merged == 1);
    CHECK(catalogue.look() == Counts{1, 0, 0, 0});             // the old name alone
    CHECK(catalogue.look(add_edition) == Counts{1, 0, 0, 0});  // both
}

TEST_CASE("An album that somebody else has put into a job is in no second one, until that ends") {
    Watched catalogue{3};
    AddOptions options;
    options.new_editions = true;
    const auto put_in = [&](store::Store& store, int n) {
        const AlbumRequest request = album_request(n);
        return store.albums().add_albums({&request, 1}, options).front().status;
    };
    const auto other = catalogue.reopen();
    CHECK(put_in(*catalogue.store, 1) == AddStatus::refreshed);
    CHECK(put_in(*other, 2) == AddStatus::refreshed);
    CHECK(put_in(*catalogue.store, 2) == AddStatus::exists);
    CHECK(put_in(*other, 1) == AddStatus::exists);
    for (const auto& job : catalogue.claim(2))
        REQUIRE(catalogue.finish(job, catalogue.as_it_is(job)).accepted);
    CHECK(put_in(*other, 1) == AddStatus::refreshed);
    CHECK(put_in(*catalogue.store, 1) == AddStatus::exists);
    CHECK(put_in(*catalogue.store, 2) == AddStatus::refreshed);
    CHECK(catalogue.is_sound());
}

TEST_CASE("Whoever has lost the job queues nothing") {
    Watched catalogue{1};
    catalogue.watch();
    const auto job = catalogue.claim().front();
    REQUIRE(catalogue.apply(job.id, store::JobAction::cancel).done);
    auto listed = catalogue.as_it_is(job);
    add_edition(listed);
    CHECK_FALSE(catalogue.finish(job, listed).accepted);
    CHECK(catalogue.claim(10).empty());
    CHECK(catalogue.is_sound());
}

TEST_CASE("A batch puts albums that are there into jobs of many, and new ones into their own") {
    Watched catalogue{3};
    AddOptions options;
    options.new_editions = true;
    std::vector<AlbumRequest> batch;
    for (const int n : {1, 2, 9, 1, 3})
        batch.push_back(album_request(n));
    std::string statuses;
    for (const auto& album : catalogue.store->albums().preview_albums(batch, options))
        statuses += std::string{to_string(album.status)} + " ";
    CHECK(statuses == "refreshed refreshed created exists refreshed ");
    const auto added = catalogue.store->albums().add_albums(batch, options);
    CHECK(added[0].job_id == added[4].job_id);
    CHECK(added[2].status == AddStatus::created);
    CHECK(added[3].status == AddStatus::exists);
    const auto jobs = catalogue.claim(10);
    REQUIRE(jobs.size() == 2);
    CHECK(catalogue.store->albums().add_albums(batch, options)[1].status == AddStatus::exists);
}

// Looking for new editions: jobs of many albums, and the imports that they lead to.
#include "domain/new_editions.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr int k_release = 10'000;  // of album n: 10'000 + n

/// Albums 1 to `count`, each imported with one release.
struct Watched : OpenCatalogue {
    explicit Watched(int count) {
        for (int n = 1; n <= count; ++n)
            add(album_request(n));
        for (const ClaimedJob& job : claim(count))
            complete(job, {release(k_release + number_of(*job.album_id), "One")});
    }
    static int number_of(std::int64_t album_id) { return static_cast<int>(album_id); }

    std::size_t watch(bool dry_run = false) {
        store::RefreshFilter filter;
        filter.kind = JobKind::new_editions;
        filter.queue = "news";
        filter.priority = 4;
        return store->albums().refresh_albums(filter, 0, 10'000, dry_run).size();
    }

    /// What the index lists of all albums of the job, as the catalogue has it.
    std::vector<ListedEditions> as_it_is(const ClaimedJob& job) {
        std::vector<ListedEditions> listed;
        for (const Mbid& group : watched_groups(job.arguments)) {
            const auto id = *store->catalogue().album_id(group);
            listed.push_back({group, {mbid(k_release + number_of(id))}});
        }
        return listed;
    }

    store::AttemptResult finish(const ClaimedJob& job, std::vector<ListedEditions> listed) {
        return store->queue().complete(
            store::Finding{job, store::NewEditions{std::move(listed)}, 1});
    }

    /// Looks once for all; what was counted, in the order albums, differ, unsure, queued.
    std::vector<std::int64_t> look(
        const std::function<void(std::vector<ListedEditions>&)>& change = {}) {
        watch();
        const auto job = claim().front();
        REQUIRE(job.kind == JobKind::new_editions);
        auto listed = as_it_is(job);
        if (change) change(listed);
        std::vector<std::int64_t> counts;
        for (const NamedCount& count : finish(job, std::move(listed)).counts)
            counts.push_back(count.count);
        return counts;
    }

    /// Does the imports that are queued; nothing new is found.
    std::size_t import_again() {
        const auto jobs = claim(100);
        for (const ClaimedJob& job : jobs)
            complete(job, {release(k_release + number_of(*job.album_id), "One")});
        return jobs.size();
    }

    bool is_sound() { return store->maintenance().check().faults.empty(); }
};

using Counts = std::vector<std::int64_t>;

void add_edition(std::vector<ListedEditions>& listed) {
    listed.front().releases.push_back(mbid(777));
}

void forget(std::vector<ListedEditions>& listed) {
    listed.erase(listed.begin());
}

}  // namespace

TEST_CASE("250 albums are three jobs, and none more while these are open") {
    Watched catalogue{250};
    CHECK(catalogue.watch(true) == 250);
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

TEST_CASE("Imports and \"done\" are written together or not at all") {
    Watched catalogue{2};
    catalogue.watch();
    const auto job = catalogue.claim().front();
    auto listed = catalogue.as_it_is(job);
    for (auto& one : listed)
        one.releases.push_back(mbid(777));
    // The second import is more than this permits.
    const auto execute = [&](const char* statement) {
        SQLite::Database{catalogue.path, SQLite::OPEN_READWRITE}.exec(statement);
    };
    execute("CREATE UNIQUE INDEX torn ON jobs (queue) WHERE queue = 'news' AND kind = 'releases'");
    CHECK_THROWS(catalogue.finish(job, listed));
    CHECK(catalogue.job(job.id).state == JobState::running);
    execute("DROP INDEX torn");
    CHECK(catalogue.claim(10).empty());
    const auto counts = catalogue.finish(job, listed).counts;
    REQUIRE(counts.size() == 4);
    CHECK(counts.back().count == 2);
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

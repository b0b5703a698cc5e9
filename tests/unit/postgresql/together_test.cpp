// Writers that write at the same time: what they wait for, and what they do when they meet.
#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "store/open_store.hpp"
#include "store/store_error.hpp"
#include "support/postgresql_database.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr Millis k_lease_ms = 60'000;

Mbid mbid(int number) {
    const std::string digits = std::to_string(number);
    return Mbid::parse("00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits)
        .value();
}

std::vector<AlbumRequest> albums(int first, int count) {
    std::vector<AlbumRequest> requests(static_cast<std::size_t>(count));
    for (AlbumRequest& request : requests)
        request.album.mbid = mbid(first++);
    return requests;
}

/// An empty catalogue, its store, and a session of somebody else who is in the middle of something.
struct Two {
    Two() { other.run("SET search_path = pressings; BEGIN"); }

    std::unique_ptr<store::Store> open(Millis busy_timeout_ms = 10'000) const {
        store::StoreOptions options;
        options.busy_timeout_ms = busy_timeout_ms;
        return store::open_store(database.uri(), options, system_clock());
    }

    PostgresqlDatabase database;
    std::unique_ptr<store::Store> store = open();
    PlainSession other{database.uri()};
};

std::vector<std::int64_t> ids(const std::vector<ClaimedJob>& jobs) {
    std::vector<std::int64_t> list;
    for (const auto& job : jobs)
        list.push_back(job.id);
    return list;
}

std::vector<store::Import> empty_imports(const std::vector<ClaimedJob>& jobs) {
    std::vector<store::Import> imports(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i)
        imports[i].job = jobs[i];
    return imports;
}

}  // namespace

TEST_CASE("A claim goes past what another one is taking, and does not wait for it") {
    Two two;
    two.store->albums().add_albums(albums(1, 5), {});
    two.other.run("SELECT id FROM jobs WHERE id IN (1, 3) FOR NO KEY UPDATE");
    store::ClaimFilter filter;
    filter.limit = 10;
    CHECK(ids(two.store->queue().claim(filter, k_lease_ms)) == std::vector<std::int64_t>{2, 4, 5});
    two.other.run("ROLLBACK");
    CHECK(ids(two.store->queue().claim(filter, k_lease_ms)) == std::vector<std::int64_t>{1, 3});
}

TEST_CASE("Albums are put in, claimed and imported beside another writer; pausing waits for it") {
    Two two;
    two.other.run("LOCK TABLE writers IN ROW EXCLUSIVE MODE");
    two.store->albums().add_albums(albums(1, 3), {});
    store::ClaimFilter filter;
    filter.limit = 3;
    const auto jobs = two.store->queue().claim(filter, k_lease_ms);
    for (const auto& result : two.store->queue().complete(empty_imports(jobs)))
        CHECK(result.accepted);
    CHECK_THROWS_AS(two.open(50)->control().pause("default"), store::StoreBusy);
}

TEST_CASE("Nobody writes beside one that must be alone") {
    Two two;
    two.other.run("LOCK TABLE writers IN EXCLUSIVE MODE");
    CHECK_THROWS_AS(two.open(50)->albums().add_albums(albums(1, 1), {}), store::StoreBusy);
    two.other.run("COMMIT");
    CHECK(two.store->albums().add_albums(albums(1, 1), {}).size() == 1);
}

TEST_CASE("An album that somebody else is putting in is waited for, and there once") {
    Two two;
    two.other.run(
        "INSERT INTO albums (mbid, created_at) "
        "VALUES (decode('00000000000040008000000000000002', 'hex'), 1)");
    std::vector<store::AddedAlbum> added;
    std::thread importer{[&] { added = two.store->albums().add_albums(albums(1, 3), {}); }};
    two.other.run("SELECT pg_sleep(0.2)");
    two.other.run("COMMIT");
    importer.join();
    REQUIRE(added.size() == 3);
    CHECK(added[0].status == AddStatus::created);
    CHECK(added[1].album_id == 1);
    CHECK(added[1].job_id);
    CHECK(added[2].status == AddStatus::created);
    CHECK(two.database.run("SELECT count(*) FROM pressings.albums") == "3");
}

TEST_CASE("Importers with the same albums in any order never fail each other") {
    Two two;
    two.other.run("COMMIT");
    std::vector<AlbumRequest> all = albums(1, 400);
    const auto import = [&](bool backwards) {
        const auto store = two.open();
        std::vector<AlbumRequest> own = all;
        if (backwards) std::reverse(own.begin(), own.end());
        for (std::size_t at = 0; at < own.size(); at += 100)
            CHECK(store->albums().add_albums(std::span{own}.subspan(at, 100), {}).size() == 100);
    };
    std::vector<std::thread> importers;
    for (int i = 0; i < 6; ++i)
        importers.emplace_back(import, i % 2 == 1);
    for (std::thread& importer : importers)
        importer.join();
    CHECK(two.database.run("SELECT count(*) FROM pressings.albums") == "400");
    CHECK(two.database.run("SELECT count(*) FROM pressings.jobs") == "400");
    CHECK(two.database.run("SELECT deadlocks FROM pg_stat_database "
                           "WHERE datname = current_database()") == "0");
    CHECK(two.store->maintenance().check().faults.empty());
}

TEST_CASE("A name that the server cannot keep costs the release that has it, and no other") {
    Two two;
    two.other.run("COMMIT");
    two.store->albums().add_albums(albums(1, 1), {});
    auto imports = empty_imports(two.store->queue().claim({}, k_lease_ms));
    REQUIRE(imports.size() == 1);
    for (const std::string& name : {std::string{"A"}, std::string{"A\0B", 3}}) {
        Release& release = imports[0].releases.emplace_back();
        release.mbid = mbid(static_cast<int>(imports[0].releases.size()));
        release.title = "R";
        release.artist_credit = {{name, "", Artist{mbid(9), name, {}, {}, {}, {}}}};
    }
    const auto results = two.store->queue().complete(imports);
    CHECK(results[0].accepted);
    CHECK(results[0].releases.created == 1);
    CHECK(results[0].oddities.size() == 1);
}

TEST_CASE("Who writes into the log of changes waits for the one before, so that none is missed") {
    Two two;
    two.store->albums().add_albums(albums(1, 1), {});
    const char* const change =
        "INSERT INTO changes (at, album_id, change) VALUES (1, 1, 'updated')";
    two.other.run(change);
    PlainSession late{two.database.uri()};
    late.run("SET search_path = pressings; SET lock_timeout = '50ms'");
    CHECK_THROWS(late.run(change));
    two.other.run("COMMIT");
    late.run(change);
}

TEST_CASE("Counts are the same before and after they were added up") {
    Two two;
    two.other.run("COMMIT");
    two.store->albums().add_albums(albums(1, 7), {});
    const auto totals = [&] {
        return two.other.run(
            "SELECT string_agg(what || queue || value, ' ' ORDER BY what, queue) "
            "FROM current_totals WHERE value > 0 AND what <> 'clock'");
    };
    CHECK(totals() == "albums7 pendingdefault7");
    two.other.run("SELECT fold_counts()");
    CHECK(totals() == "albums7 pendingdefault7");
    CHECK(two.other.run("SELECT count(*) FROM total_changes") == "0");
    store::ClaimFilter filter;
    filter.limit = 7;
    two.store->queue().complete(empty_imports(two.store->queue().claim(filter, k_lease_ms)));
    two.other.run("SELECT fold_counts()");
    CHECK(totals() == "albums7 albums_imported7 attemptsdone7 donedefault7");
}

TEST_CASE("Counts that somebody else is adding up are left to him") {
    Two two;
    two.store->albums().add_albums(albums(1, 7), {});
    two.other.run("SELECT fold_counts()");
    two.database.run("SET lock_timeout = '50ms'; SELECT pressings.fold_counts()");
    CHECK(two.database.run("SELECT sum(value) FROM pressings.current_totals "
                           "WHERE what = 'albums'") == "7");
}

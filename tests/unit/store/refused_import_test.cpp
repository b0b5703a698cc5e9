// What the schema refuses of a source's answer.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "support/imported_albums.hpp"
#include "support/watched_albums.hpp"

using namespace pressings;
using namespace pressings::test;

TEST_CASE(
    "What the schema refuses of an album fails its job, and others of its group are written") {
    OpenCatalogue catalogue;
    const auto bad = catalogue.add(album_request(1));
    const auto good = catalogue.add(album_request(2));
    const auto jobs = catalogue.claim(2);
    catalogue.add(named_request("Can", "Refused"));
    Album refused;
    refused.mbid = mbid(1);
    refused.title = "Refused";
    const store::Import imports[] = {{jobs[0], refused, {release(5, "Of it")}, 1},
                                     {jobs[1], {}, {release(6, "Fine")}, 1}};
    SQLite::Database beside{catalogue.path, SQLite::OPEN_READWRITE};
    beside.exec("CREATE UNIQUE INDEX refuse ON albums (title) WHERE title = 'Refused'");
    const auto reports = catalogue.store->queue().complete(imports);
    beside.exec("DROP INDEX refuse");
    CHECK_FALSE(reports[0].accepted);
    CHECK(reports[0].error->code == "rejected");
    CHECK(reports[1].accepted);
    CHECK(catalogue.job(*bad.job_id).state == JobState::failed);
    CHECK(catalogue.releases(*bad.album_id).empty());
    CHECK(catalogue.releases(*good.album_id).size() == 1);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("What a group removed before it was written anew, each by itself, is counted once") {
    Imported imported{4};
    RemovalLimit allowed;
    allowed.allowed = 2;
    imported.catalogue.store->queue().limit_removals(allowed);
    auto refused = imported.whole(3);
    refused.release_group.emplace();
    refused.release_group->title = "Refused";
    SQLite::Database beside{imported.catalogue.path, SQLite::OPEN_READWRITE};
    beside.exec(
        "UPDATE albums SET title = 'Refused' WHERE id = 4; "
        "CREATE UNIQUE INDEX refuse ON albums (title) WHERE title = 'Refused'");
    const auto reports = imported.write_all({imported.gone(1), imported.gone(2), refused});
    beside.exec("DROP INDEX refuse");
    CHECK(reports[0].accepted);
    CHECK(reports[1].accepted);
    CHECK(reports[2].error->code == "rejected");
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

// Which kinds of jobs there are is no matter of the tables: a newer version's are kept for it.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// A job of a kind that this version does not know, as the version that does would put it in.
std::int64_t add_newer_job(OpenCatalogue& catalogue, int priority) {
    SQLite::Database database{catalogue.path, SQLite::OPEN_READWRITE};
    SQLite::Statement job{database,
                          "INSERT INTO jobs (kind, arguments, queue, priority, state, run_at, "
                          "created_at) VALUES ('barcodes', '724354', 'default', ?, 'pending', 0, "
                          "0)"};
    job.bind(1, priority);
    job.exec();
    const std::int64_t id = database.getLastInsertRowid();
    database.exec(
        "INSERT INTO totals (what, queue, value) VALUES ('pending', 'default', 1) "
        "ON CONFLICT (what, queue) DO UPDATE SET value = value + 1");
    return id;
}

}  // namespace

TEST_CASE("A job of a kind that only a newer version knows is left alone, and others are taken") {
    OpenCatalogue catalogue;
    const auto newer = add_newer_job(catalogue, 5);
    const auto album = catalogue.add(album_request(1));
    const auto jobs = catalogue.claim(10);
    REQUIRE(jobs.size() == 1);
    CHECK(jobs.front().id == *album.job_id);
    CHECK(catalogue.job(newer).state == JobState::pending);
    CHECK(catalogue.job(newer).kind == "barcodes");
    catalogue.complete(jobs.front(), {});
    CHECK_FALSE(catalogue.store->queue().backlog({}).next_run_at_ms);  // nothing to wake up for
}

TEST_CASE("The check tells of kinds that only a newer version knows, as no fault") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    CHECK(catalogue.store->maintenance().check().notes.empty());
    add_newer_job(catalogue, 0);
    const auto found = catalogue.store->maintenance().check();
    CHECK(found.faults.empty());
    REQUIRE(found.notes.size() == 1);
    CHECK(found.notes.front().find("kind barcodes, which this version does not know") !=
          std::string::npos);
}

TEST_CASE("A job of an unknown kind can be cancelled and put in again") {
    OpenCatalogue catalogue;
    const auto newer = add_newer_job(catalogue, 0);
    CHECK(catalogue.apply(newer, store::JobAction::cancel).done);
    CHECK(catalogue.apply(newer, store::JobAction::retry).done);
    CHECK(catalogue.job(newer).state == JobState::pending);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

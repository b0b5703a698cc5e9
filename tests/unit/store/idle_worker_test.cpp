#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

TEST_CASE("A worker that finds nothing to do writes nothing, and needs no lock for it") {
    OpenCatalogue catalogue;
    SQLite::Database beside{catalogue.path, SQLite::OPEN_READWRITE};
    const auto look = [&] {
        beside.exec("BEGIN IMMEDIATE");  // whoever writes now waits in vain
        CHECK(catalogue.claim(5).empty());
        beside.exec("ROLLBACK");
    };
    look();
    catalogue.add(album_request(1));
    CHECK(catalogue.claim(5).size() == 1);
    look();
    CHECK(catalogue.claim(5).empty());
}

TEST_CASE(
    "A lease of another boot says nothing, and its job is lost only if nobody holds the lock") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto job = catalogue.claim().front();
    CHECK(catalogue.job(job.id).lease_left_ms.has_value());
    {
        SQLite::Database database{catalogue.path, SQLite::OPEN_READWRITE};
        database.exec("UPDATE workers SET boot = 'another'");
    }
    CHECK_FALSE(catalogue.job(job.id).lease_left_ms.has_value());
    catalogue.clock.advance(3'600'000);  // past the lease, if it were one
    const auto other = catalogue.reopen();
    CHECK(other->queue().recover().empty());
    catalogue.store.reset();  // and the worker's lock with it
    CHECK(other->queue().recover().size() == 1);
}

TEST_CASE("Who follows the clock minute by minute does not write each time") {
    OpenCatalogue catalogue;
    store::Maintenance& maintenance = catalogue.store->maintenance();
    maintenance.follow_clock();
    const auto before = catalogue.store->jobs().status().gauge("wal_bytes");
    for (int minute = 1; minute < 60; ++minute) {
        catalogue.clock.advance(60'000);
        CHECK(maintenance.follow_clock() == catalogue.clock.now);
    }
    CHECK(catalogue.store->jobs().status().gauge("wal_bytes") == before);
}

#include "store/postgresql/engine/workers.hpp"

#include <string>

#include <doctest/doctest.h>

#include "base/boot.hpp"
#include "base/memory_kills.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/store_error.hpp"
#include "support/postgresql_server.hpp"
#include "unit/postgresql/made_catalogue.hpp"
#include "unit/postgresql/made_database.hpp"

using namespace pressings;
using namespace pressings::test;
using store::postgresql::Connection;
using store::sql::WorkerRow;

namespace {

/// One connection, and what it knows of workers.
struct Member {
    explicit Member(MadeDatabase& made) : Member(made.database.uri(), made.clock) {}
    Member(const std::string& uri, Clock& clock, const store::StoreOptions& options = {})
        : connection(uri, options, clock) {}

    WorkerRow row(std::int64_t id) const { return {id, 0, workers.place(), memory_kills()}; }

    Connection connection;
    store::postgresql::Workers workers{connection.session()};
};

}  // namespace

TEST_CASE("a worker is there as long as its presence is") {
    MadeDatabase made;
    Member own{made};
    Member other{made};
    const WorkerRow worker = own.row(7);
    CHECK(other.workers.is_gone(worker));
    auto presence = own.workers.enter(worker);
    CHECK_FALSE(other.workers.is_gone(worker));
    CHECK_FALSE(own.workers.is_gone(worker));
    presence.reset();
    CHECK(other.workers.is_gone(worker));
    CHECK(own.workers.is_gone(worker));
}

TEST_CASE("a worker behind a pooler, which has no lock, is not taken for gone by those who look") {
    MadeDatabase made;
    store::StoreOptions pooled;
    pooled.pooler = store::Pooler::transaction;
    Member own{made.database.uri(), made.clock, pooled};
    Member other{made};
    const auto presence = own.workers.enter(own.row(7));
    CHECK_FALSE(other.workers.is_gone(own.row(7)));
    CHECK_FALSE(own.workers.is_gone(other.row(8)));
}

TEST_CASE("a worker whose session has ended is gone") {
    MadeDatabase made;
    Member other{made};
    const WorkerRow worker = other.row(9'000'000'000'000'000'001);
    {
        Member own{made};
        const auto presence = own.workers.enter(worker);
        CHECK_FALSE(other.workers.is_gone(worker));
    }
    CHECK(other.workers.is_gone(worker));
}

TEST_CASE("one worker is not in two sessions, nor twice in one") {
    MadeDatabase made;
    Member own{made};
    Member other{made};
    const WorkerRow worker = own.row(1);
    const auto presence = own.workers.enter(worker);
    CHECK_THROWS_AS(other.workers.enter(worker), store::StoreError);
    CHECK_THROWS_AS(own.workers.enter(worker), store::StoreError);
}

TEST_CASE("a worker's presence that goes in a transaction that failed is gone all the same") {
    MadeDatabase made;
    Member own{made};
    Member other{made};
    const WorkerRow worker = own.row(1);
    {
        store::sql::WriteTransaction transaction{own.connection};
        const auto presence = own.workers.enter(worker);
        CHECK_THROWS(own.connection.query("SELECT 1 / 0").step());
    }
    CHECK(other.workers.is_gone(worker));
}

TEST_CASE("a worker that connects again is there again") {
    MadeDatabase made;
    Member own{made};
    Member other{made};
    const WorkerRow worker = own.row(1);
    const auto presence = own.workers.enter(worker);
    end_session_of(made, own.connection);
    own.connection.integer("SELECT 1");
    CHECK_FALSE(other.workers.is_gone(worker));
}

TEST_CASE("a worker takes its lock from a session of its own that the server holds for alive") {
    MadeDatabase made;
    Member own{made};
    Member other{made};
    const WorkerRow worker = own.row(1);
    const auto presence = own.workers.enter(worker);
    end_session_of(made, own.connection);
    // Stands in for the session that was lost: it still has the lock when the worker comes back.
    Member lost{made};
    const auto held = lost.workers.enter(worker);
    own.connection.integer("SELECT 1");
    CHECK_THROWS_AS(other.workers.enter(worker), store::StoreError);
    CHECK_FALSE(other.workers.is_gone(worker));
}

TEST_CASE("nothing is known of workers of a server that was restarted since") {
    PostgresqlServer server;
    FakeClock clock;
    Member own{server.uri("postgres"), clock};
    const WorkerRow worker = own.row(1);
    CHECK(own.workers.is_gone(worker));
    server.crash();
    server.start();
    own.connection.integer("SELECT 1");
    CHECK(own.workers.place() != worker.place);
    CHECK_FALSE(own.workers.is_gone(worker));
}

TEST_CASE("a worker that lives through a restart of the server is known to it from then on") {
    PostgresqlServer server;
    FakeClock clock;
    Member own{server.uri("postgres"), clock};
    Member other{server.uri("postgres"), clock};
    WorkerRow worker = own.row(1);
    const auto run = [&](const std::string& sql) {
        return PlainSession{server.uri("postgres")}.run(sql);
    };
    run("CREATE SCHEMA pressings; CREATE TABLE pressings.workers (id bigint, boot text);"
        "INSERT INTO pressings.workers VALUES (1, '" +
        worker.place + "')");
    auto presence = own.workers.enter(worker);
    server.crash();
    server.start();
    own.connection.integer("SELECT 1");
    other.connection.integer("SELECT 1");
    worker.place = run("SELECT boot FROM pressings.workers");
    CHECK(worker.place == other.workers.place());
    CHECK_FALSE(other.workers.is_gone(worker));
    presence.reset();
    CHECK(other.workers.is_gone(worker));
}

TEST_CASE("a worker's id is not given out again by a server that has forgotten the worker") {
    MadeCatalogue made;
    const auto add_worker = [&] {
        made.connection.query(store::sql::k_insert_worker)
            .bind("host:1", "boot/1", 0, std::nullopt)
            .run();
        return made.connection.last_insert_id();
    };
    const auto first = add_worker();
    // So it is on a standby that was promoted without the last commits.
    made.database.run(
        "DELETE FROM pressings.workers; ALTER SEQUENCE pressings.workers_id_seq RESTART");
    CHECK(add_worker() != first);
}

TEST_CASE("leases are by the server's clock, on whatever machine a worker is") {
    MadeDatabase made;
    Member own{made};
    FakeClock elsewhere;
    elsewhere.steady = 1;
    Member other{made.database.uri(), elsewhere};
    constexpr Millis k_same = 60'000;
    CHECK(std::abs(own.workers.lease_clock_ms() - other.workers.lease_clock_ms()) < k_same);
    const Millis before = own.workers.lease_clock_ms();
    made.clock.advance(1'234);
    CHECK(own.workers.lease_clock_ms() == before + 1'234);
    CHECK(own.workers.has_lease_clock("of another machine"));
}

TEST_CASE("the server's clock is looked at again when ten minutes have passed") {
    MadeDatabase made;
    Member own{made};
    const Millis before = own.workers.lease_clock_ms();
    made.clock.advance(11 * 60'000);
    CHECK(own.workers.lease_clock_ms() == before + 11 * 60'000);
    own.connection.integer("SELECT 1");
    constexpr Millis k_same = 60'000;
    CHECK(own.workers.lease_clock_ms() < before + k_same);
}

TEST_CASE("a worker that is gone was killed, or died for want of memory if that ran out since") {
    MadeDatabase made;
    Member own{made};
    WorkerRow worker = own.row(1);
    CHECK(own.workers.end_of(worker) == WorkerEnd::killed);
    if (!memory_kills() || boot_id().empty()) return;
    worker.memory_kills = *memory_kills() - 1;
    CHECK(own.workers.end_of(worker) == WorkerEnd::out_of_memory);
    worker.place = "another-boot" + worker.place.substr(worker.place.rfind('/'));
    CHECK(own.workers.end_of(worker) == WorkerEnd::killed);
}

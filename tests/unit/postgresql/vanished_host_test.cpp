// Hosts that vanish in the midst of what they do: the server has to miss them by itself.
#include <memory>

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/open_store.hpp"
#include "support/eventually.hpp"
#include "support/host_network.hpp"
#include "support/postgresql_server.hpp"
#include "unit/postgresql/made_database.hpp"

using namespace pressings;
using namespace pressings::test;
using store::postgresql::Connection;
using store::sql::WriteTransaction;

namespace {

/// Of a connection; on a socket nothing of it is in force, but it is what was asked for.
std::int64_t asked_for(Connection& connection, const std::string& setting) {
    constexpr char k_setting[] = "SELECT reset_val::bigint FROM pg_settings WHERE name = ?1";
    auto row = connection.query(k_setting);
    row.bind(setting).step();
    return row.integer(0);
}

/// A process on that host that is in the midst of writing, alone, until it is killed.
pid_t write_for_ever(const Host& host, const std::string& uri) {
    const pid_t process = ::fork();
    if (process != 0) return process;
    try {
        host.enter();
        Connection connection{uri, {}, system_clock()};
        const WriteTransaction transaction{connection};
        while (true)
            ::pause();
    } catch (...) {
        ::_exit(1);
    }
}

}  // namespace

TEST_CASE("a server is asked to miss a host before those who wait for it give up") {
    MadeDatabase made;
    auto connection = made.connect();
    constexpr Millis k_missed_after_ms = 25'000;
    CHECK(asked_for(connection, "tcp_user_timeout") == k_missed_after_ms);
    CHECK(1'000 * (asked_for(connection, "tcp_keepalives_idle") +
                   asked_for(connection, "tcp_keepalives_interval") *
                       asked_for(connection, "tcp_keepalives_count")) ==
          k_missed_after_ms);
    CHECK(k_missed_after_ms < store::StoreOptions{}.busy_timeout_ms);
    Connection other{made.database.uri() + "?options=-ctcp_user_timeout%3D5s", {}, made.clock};
    CHECK(asked_for(other, "tcp_user_timeout") == 5'000);
}

TEST_CASE("what a host that vanished had locked is free when the server has missed it") {
    std::unique_ptr<HostNetwork> network;
    try {
        network = std::make_unique<HostNetwork>();
    } catch (const NetworkMissing& missing) {
        MESSAGE("not here: " << missing.what());
        return;
    }
    PostgresqlServer server{HostNetwork::address()};
    PlainSession{server.uri("postgres")}.run(k_make_tables);
    auto host = std::make_unique<Host>(2);
    const std::string uri = server.network_uri("postgres") +
                            "?options=-ctcp_keepalives_idle%3D4%20-ctcp_keepalives_interval%3D1%20"
                            "-ctcp_user_timeout%3D5s";
    const pid_t writer = write_for_ever(*host, uri);
    const auto writers = [&] {
        return PlainSession{server.uri("postgres")}.run(
            "SELECT count(*) FROM pg_locks WHERE relation = 'pressings.writers'::regclass");
    };
    REQUIRE(eventually([&] { return writers() == "1"; }));
    host->unplug();
    ::kill(writer, SIGKILL);
    ::waitpid(writer, nullptr, 0);
    host.reset();
    CHECK(writers() == "1");
    Connection waiting{server.uri("postgres"), {}, system_clock()};
    const WriteTransaction transaction{waiting};
}

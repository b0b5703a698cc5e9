#pragma once

#include <random>
#include <string>

#include "support/host_network.hpp"
#include "support/postgresql_database.hpp"
#include "support/postgresql_server.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::test {

/// A network of hosts around a server of PostgreSQL, and the lots that are drawn.
struct HostScene {
    explicit HostScene(unsigned seed) : random(seed) {
        PlainSession{server.uri("postgres")}.run("CREATE DATABASE music");
    }

    HostNetwork network{};  ///< first, for it wants no threads
    TemporaryFolder folder{};
    std::mt19937 random;
    PostgresqlServer server{HostNetwork::address()};
    std::string db = server.network_uri("music");  ///< for all hosts

    int pick(int least, int most) {
        return std::uniform_int_distribution<int>{least, most}(random);
    }
    /// In the database, by a session that nobody disturbs.
    std::string run(const std::string& sql) const {
        return PlainSession{server.uri("music")}.run(sql);
    }
};

}  // namespace pressings::test

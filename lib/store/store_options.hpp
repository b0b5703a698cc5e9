#pragma once

#include "base/time.hpp"
#include "store/access.hpp"

namespace pressings::store {

/// What stands between the tools and a server.
enum class Pooler {
    none,         ///< nothing, or what leaves each client a session of its own
    transaction,  ///< PgBouncer and its like, which give each transaction another session
};

struct StoreOptions {
    Millis busy_timeout_ms = 30'000;  ///< how long to wait for another program's lock
    bool allow_network_filesystem = false;
    Access access = Access::write;
    Pooler pooler = Pooler::none;
};

}  // namespace pressings::store

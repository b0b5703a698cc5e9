#pragma once

#include <stdexcept>
#include <string>

#include "support/ordinary_process.hpp"

namespace pressings::test {

/// Ctest takes what this says for a test that was skipped.
class PoolerMissing : public std::runtime_error {
  public:
    PoolerMissing()
        : std::runtime_error(
              "skipped: PgBouncer is not installed; scripts/install-dependencies --tests does") {}
};

/// A PgBouncer in transaction mode before the server whose socket lies in `folder`; its own lies
/// there too. Every client's next transaction may be in another session of the server.
/// PoolerMissing if it is not installed.
void start_pooler(const std::string& folder, Life life);
/// Ends the one that was started there; does nothing if there is none.
void stop_pooler(const std::string& folder);
/// Whether it runs there.
bool has_pooler(const std::string& folder);

/// An address for libpq: of a database behind it.
std::string pooled_uri(const std::string& folder, const std::string& database);

}  // namespace pressings::test

#pragma once

#include <memory>
#include <string>

#include "bench/bench.hpp"
#include "bench/postgresql/server.hpp"

namespace pressings::bench {

/// What the measures of PostgreSQL share: the server, started when it is first asked for, and
/// catalogues on it. Copies of it share the server.
class Databases {
  public:
    explicit Databases(Ground ground) : m_ground(std::move(ground)) {}

    const Ground& ground() const { return m_ground; }
    Server& server() const;

    /// An empty catalogue under this name, as an address; an older one is gone.
    std::string empty(const std::string& name) const;

    /// A catalogue in which so many albums wait for their imports, all of them due.
    std::string waiting(const std::string& name, long jobs) const;
    /// Of albums and jobs, as autovacuum would in time.
    void gather_statistics(const std::string& database) const;

    /// A copy of a catalogue that is there.
    std::string copy(const std::string& original, const std::string& name) const;

  private:
    Ground m_ground;
    std::shared_ptr<std::unique_ptr<Server>> m_server = std::make_shared<std::unique_ptr<Server>>();
};

}  // namespace pressings::bench

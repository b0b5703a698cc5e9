#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/types.h>

namespace pressings::test {

/// Ctest takes what this says for a test that was skipped.
class PostgresqlMissing : public std::runtime_error {
  public:
    PostgresqlMissing()
        : std::runtime_error(
              "skipped: PostgreSQL is not installed; scripts/install-dependencies --tests does") {}
};

/// The folder with the programs of the newest PostgreSQL server here; nothing if there is none.
std::optional<std::string> postgresql_programs();

/// A server's data and socket, in a folder of their own, and its process. It runs as an ordinary
/// user even if the tests run as root, is reached by its socket, and forgets what it wrote if the
/// machine goes down. The role "pressings" may do all; a role that is called "guarded" needs a
/// password.
class PostgresqlServer {
  public:
    /// Makes and starts one that ends, with its data, when the object or this process does. With
    /// an address of this machine it also listens there, and lets everybody in: that is for a
    /// network that nobody else is in.
    explicit PostgresqlServer(std::string address = "");
    /// A standby: a copy that follows `primary` as that writes, and can be read until it is
    /// promoted.
    struct StandbyOf {
        const PostgresqlServer& primary;
    };
    explicit PostgresqlServer(const StandbyOf& of);
    ~PostgresqlServer();
    PostgresqlServer(const PostgresqlServer&) = delete;
    PostgresqlServer& operator=(const PostgresqlServer&) = delete;

    /// Ends it as a crash would (an "immediate shutdown"), and waits for that.
    void crash();
    /// SIGKILL to all of its processes, as if its machine were lost.
    void kill();
    /// "NAME=VALUE" each, beside what it has in its files.
    void start(const std::vector<std::string>& settings = {});
    /// A standby can be written to from now on.
    void promote() const;

    std::string uri(const std::string& database, const std::string& role = "pressings") const;
    /// Where its socket lies.
    const std::string& folder() const { return m_folder; }
    /// The same by its address.
    std::string network_uri(const std::string& database) const;

  private:
    std::string m_folder;
    std::string m_address;
    pid_t m_process = -1;
};

/// One that outlives this process, for many tests: its folder is noted in `note_folder`. One that
/// was noted there before is ended.
void start_shared_server(const std::string& note_folder);
/// Ends it and takes its data away; does nothing if there is none.
void stop_shared_server(const std::string& note_folder);
/// The folder of its socket; nothing if none is running.
std::optional<std::string> shared_server(const std::string& note_folder);

/// An address for libpq: of a database of the server whose socket lies in `folder`.
std::string postgresql_uri(const std::string& folder, const std::string& database,
                           const std::string& role = "pressings");

}  // namespace pressings::test

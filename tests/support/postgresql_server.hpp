#pragma once

#include <optional>
#include <stdexcept>
#include <string>

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
/// user even if the tests run as root, is reached by its socket alone, and forgets what it wrote
/// if the machine goes down. The role "pressings" may do all; a role that is called "guarded" needs
/// a password.
class PostgresqlServer {
  public:
    /// Makes and starts one that ends, with its data, when the object or this process does.
    PostgresqlServer();
    ~PostgresqlServer();
    PostgresqlServer(const PostgresqlServer&) = delete;
    PostgresqlServer& operator=(const PostgresqlServer&) = delete;

    /// Ends it as a crash would (an "immediate shutdown"), and waits for that.
    void crash();
    void start();

    std::string uri(const std::string& database, const std::string& role = "pressings") const;
    /// Where its socket lies.
    const std::string& folder() const { return m_folder; }

  private:
    std::string m_folder;
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

#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace pressings::bench {

/// A PostgreSQL server of the benchmark's own: its data in a folder of the benchmark's, on a disk
/// and as durable as a server is by default, reached by its socket alone. An ordinary user runs it
/// even if root runs the benchmark. It ends with the object, or with this process however that
/// ends. Errors are std::runtime_error.
class Server {
  public:
    /// Sessions that it takes at once.
    static constexpr int k_most_sessions = 1'100;

    /// Whether PostgreSQL is installed.
    static bool is_installed();

    /// Makes an empty server in `folder`, where an older one is deleted, and starts it.
    explicit Server(const std::filesystem::path& folder);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// As the tools take it: postgresql://…
    std::string uri(const std::string& database) const;

    /// Runs SQL of one or more statements in a session of its own; the first value of the last.
    std::string run(const std::string& database, const std::string& sql) const;

    bool has(const std::string& database) const;
    void drop(const std::string& database) const;
    /// Makes a copy of a database that nobody uses; an older one of its name is dropped.
    void copy(const std::string& original, const std::string& database) const;
    /// Has what was written on the disk, so that it is in nobody's time.
    void settle() const;

  private:
    void stop();
    void wait_until_ready() const;

    std::filesystem::path m_folder;
    std::string m_sockets;  ///< a folder whose name is short enough for a socket's
    pid_t m_process = -1;
};

}  // namespace pressings::bench

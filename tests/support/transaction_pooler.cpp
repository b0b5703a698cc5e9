#include "support/transaction_pooler.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>

#include <libpq-fe.h>
#include <unistd.h>

#include "support/postgresql_server.hpp"

namespace pressings::test {

namespace {

constexpr const char* k_program = "/usr/sbin/pgbouncer";

std::string path_of(const std::string& folder, const char* name) {
    return folder + "/pooler-" + name;
}

// Sessions are given to whoever comes next, and soon ended, for every test has its own database.
void write_settings(const std::string& folder) {
    std::ofstream{path_of(folder, "users")} << "\"pressings\" \"\"\n";
    std::ofstream{path_of(folder, "settings")} << "[databases]\n* = host=" << folder
                                               << "\n[pgbouncer]\npool_mode = transaction\n"
                                                  "listen_addr =\nunix_socket_dir = "
                                               << folder
                                               << "\nlisten_port = 6432\nauth_type = trust\n"
                                                  "auth_file = "
                                               << path_of(folder, "users")
                                               << "\npidfile = " << path_of(folder, "pid")
                                               << "\nmax_client_conn = 500\n"
                                                  "default_pool_size = 4\n"
                                                  "server_round_robin = 1\n"
                                                  "server_idle_timeout = 3\n";
}

std::optional<pid_t> process_of(const std::string& folder) {
    std::istringstream file{text_of_file(path_of(folder, "pid"))};
    pid_t process = 0;
    if (!(file >> process) || process <= 0 || ::kill(process, 0) != 0) return std::nullopt;
    return process;
}

}  // namespace

void start_pooler(const std::string& folder, Life life) {
    using namespace std::chrono_literals;
    if (::access(k_program, X_OK) != 0) throw PoolerMissing{};
    write_settings(folder);
    const std::string log = path_of(folder, "log");
    start_as_ordinary_user({k_program, path_of(folder, "settings")}, log, life);
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (::PQping(pooled_uri(folder, "postgres").c_str()) != PQPING_OK) {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("PgBouncer does not start: " + text_of_file(log));
        std::this_thread::sleep_for(10ms);
    }
}

void stop_pooler(const std::string& folder) {
    if (const auto process = process_of(folder)) ::kill(*process, SIGTERM);
}

bool has_pooler(const std::string& folder) {
    return process_of(folder).has_value();
}

std::string pooled_uri(const std::string& folder, const std::string& database) {
    return postgresql_uri(folder, database) + "?port=6432";
}

}  // namespace pressings::test

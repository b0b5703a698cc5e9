#include "bench/postgresql/server.hpp"

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/process.hpp"
#include "support/postgresql_database.hpp"
#include "support/postgresql_server.hpp"

namespace pressings::bench {

namespace {

namespace fs = std::filesystem;

/// Who runs the server in place of root, which it refuses.
const passwd* ordinary_user() {
    if (::geteuid() != 0) return nullptr;
    if (const passwd* user = ::getpwnam("postgres")) return user;
    throw std::runtime_error("root needs a user postgres to run PostgreSQL as");
}

void give_away(const fs::path& folder) {
    const passwd* user = ordinary_user();
    if (user != nullptr && ::chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0)
        throw std::runtime_error("cannot give away " + folder.string());
}

/// A program of PostgreSQL's, to be run by the ordinary user, and to be ended when we end.
Arguments as_user(const std::string& program, const Arguments& arguments) {
    Arguments all{"setpriv"};
    if (const passwd* user = ordinary_user()) {
        all.push_back(fmt::format("--reuid={}", user->pw_uid));
        all.push_back(fmt::format("--regid={}", user->pw_gid));
        all.push_back("--clear-groups");
    }
    all.push_back("--pdeathsig=INT");
    all.push_back(test::postgresql_programs().value() + "/" + program);
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

/// Runs on beside us, its output in a file.
pid_t start(const Arguments& arguments, const std::string& log) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    constexpr int k_flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), k_flags, 0644);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    pid_t child = -1;
    const int error = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("cannot run " + arguments.front());
    return child;
}

std::string make_socket_folder() {
    std::string pattern = (fs::temp_directory_path() / "pressings-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    give_away(pattern);
    return pattern;
}

}  // namespace

bool Server::is_installed() {
    return test::postgresql_programs().has_value();
}

Server::Server(const fs::path& folder) : m_folder(folder) {
    fs::remove_all(m_folder);
    fs::create_directories(m_folder);
    give_away(m_folder);
    const std::string data = (m_folder / "data").string();
    bench::run(as_user("initdb", {"-D", data, "-U", "pressings", "-A", "trust", "-E", "UTF8",
                                  "--locale=C.UTF-8", "--no-instructions"}));
    m_sockets = make_socket_folder();
    Arguments arguments{"-D", data};
    // All else is as PostgreSQL has it: fsync, full pages, a commit that waits for the disk.
    for (const std::string& setting :
         {std::string{"listen_addresses="}, "unix_socket_directories=" + m_sockets,
          fmt::format("max_connections={}", k_most_sessions), std::string{"shared_buffers=1GB"},
          std::string{"max_wal_size=4GB"}}) {
        arguments.insert(arguments.end(), {"-c", setting});
    }
    m_process = start(as_user("postgres", arguments), (m_folder / "log").string());
    try {
        wait_until_ready();
    } catch (...) {
        stop();
        throw;
    }
}

Server::~Server() {
    stop();
}

void Server::stop() {
    ::kill(m_process, SIGINT);
    ::waitpid(m_process, nullptr, 0);
    std::error_code ignored;
    fs::remove_all(m_sockets, ignored);
}

void Server::wait_until_ready() const {
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (::PQping(uri("postgres").c_str()) != PQPING_OK) {
        const bool is_gone = ::waitpid(m_process, nullptr, WNOHANG) != 0;
        if (is_gone || std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("PostgreSQL does not start: see " +
                                     (m_folder / "log").string());
        std::this_thread::sleep_for(10ms);
    }
}

std::string Server::uri(const std::string& database) const {
    return test::postgresql_uri(m_sockets, database);
}

std::string Server::run(const std::string& database, const std::string& sql) const {
    return test::PlainSession{uri(database)}.run(sql);
}

bool Server::has(const std::string& database) const {
    return !run("postgres", "SELECT 1 FROM pg_database WHERE datname = '" + database + "'").empty();
}

void Server::drop(const std::string& database) const {
    if (has(database)) run("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
}

void Server::copy(const std::string& original, const std::string& database) const {
    drop(database);
    run("postgres", "CREATE DATABASE " + database + " TEMPLATE " + original);
}

void Server::settle() const {
    run("postgres", "CHECKPOINT");
}

}  // namespace pressings::bench

#include "support/postgresql_server.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/ordinary_process.hpp"
#include "support/transaction_pooler.hpp"

namespace pressings::test {

namespace {

namespace fs = std::filesystem;

std::string output_of(const char* command) {
    std::string output;
    std::array<char, 256> part{};
    FILE* pipe = ::popen(command, "r");
    while (pipe != nullptr && std::fgets(part.data(), static_cast<int>(part.size()), pipe))
        output += part.data();
    if (pipe != nullptr) ::pclose(pipe);
    return output.substr(0, output.find('\n'));
}

bool has_server(const fs::path& programs) {
    return ::access((programs / "postgres").c_str(), X_OK) == 0 &&
           ::access((programs / "initdb").c_str(), X_OK) == 0;
}

std::string log_of(const std::string& folder) {
    return folder + "/log";
}
std::string data_of(const std::string& folder) {
    return folder + "/data";
}

std::string make_folder() {
    if (!postgresql_programs()) throw PostgresqlMissing{};
    return make_folder_of_ordinary_user();
}

/// Runs one of PostgreSQL's programs to its end. What it says goes into the server's log.
void must(const std::string& program, std::vector<std::string> arguments,
          const std::string& folder) {
    int status = 0;
    arguments.insert(arguments.begin(), postgresql_programs().value() + "/" + program);
    const pid_t process = start_as_ordinary_user(arguments, log_of(folder), Life::ends_with_us);
    ::waitpid(process, &status, 0);
    if (status != 0) throw std::runtime_error(program + " failed: " + text_of_file(log_of(folder)));
}

void make_cluster(const std::string& folder) {
    must("initdb",
         {"-D", data_of(folder), "-U", "pressings", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
          "--no-sync", "--no-instructions"},
         folder);
    std::ofstream{data_of(folder) + "/pg_hba.conf"} << "local all guarded scram-sha-256\n"
                                                       "local all all trust\n"
                                                       "local replication all trust\n"
                                                       "host all all all trust\n";
}

void wait_until_ready(const std::string& folder) {
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (::PQping(postgresql_uri(folder, "postgres").c_str()) != PQPING_OK) {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("PostgreSQL does not start: " + text_of_file(log_of(folder)));
        std::this_thread::sleep_for(10ms);
    }
}

/// `address`: where it listens beside its socket; nowhere if it is empty.
pid_t start_server(const std::string& folder, const std::string& address, Life life,
                   const std::vector<std::string>& settings = {}) {
    std::vector<std::string> arguments{postgresql_programs().value() + "/postgres", "-D",
                                       data_of(folder)};
    for (const char* setting : {"fsync=off", "full_page_writes=off", "max_connections=60",
                                "shared_buffers=64MB", "log_checkpoints=off"}) {
        arguments.insert(arguments.end(), {"-c", setting});
    }
    arguments.insert(arguments.end(), {"-c", "unix_socket_directories=" + folder, "-c",
                                       "listen_addresses=" + address});
    for (const std::string& setting : settings)
        arguments.insert(arguments.end(), {"-c", setting});
    // One that a test crashes is to know afterwards what was committed.
    if (life == Life::outlives_us)
        arguments.insert(arguments.end(), {"-c", "synchronous_commit=off"});
    const pid_t server = start_as_ordinary_user(arguments, log_of(folder), life);
    wait_until_ready(folder);
    return server;
}

/// Of the server that runs on a folder; nothing if none does.
std::optional<pid_t> process_of(const std::string& folder) {
    std::istringstream file{text_of_file(data_of(folder) + "/postmaster.pid")};
    pid_t process = 0;
    if (!(file >> process) || process <= 0) return std::nullopt;
    // The file of one that was killed stays, and its number may be another process's by now.
    const std::string command = text_of_file("/proc/" + std::to_string(process) + "/cmdline");
    if (command.find(data_of(folder)) == std::string::npos) return std::nullopt;
    return process;
}

/// Ends one that is no child of this process.
void end_server(const std::string& folder) {
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    const auto process = process_of(folder);
    if (process) ::kill(*process, SIGQUIT);
    while (process_of(folder)) {
        if (std::chrono::steady_clock::now() > deadline) {
            ::kill(*process, SIGKILL);
            return;
        }
        std::this_thread::sleep_for(10ms);
    }
}

fs::path note_in(const std::string& note_folder) {
    return fs::path{note_folder} / "server";
}

std::string noted_folder(const std::string& note_folder) {
    return text_of_file(note_in(note_folder));
}

}  // namespace

std::optional<std::string> postgresql_programs() {
    std::vector<fs::path> found;
    const fs::path all = "/usr/lib/postgresql";
    std::error_code ignored;
    for (const auto& version : fs::directory_iterator{all, ignored}) {
        if (has_server(version.path() / "bin")) found.push_back(version.path() / "bin");
    }
    if (const std::string own = output_of("pg_config --bindir 2>/dev/null"); has_server(own))
        return own;
    if (found.empty()) return std::nullopt;
    return std::max_element(found.begin(), found.end())->string();
}

std::string postgresql_uri(const std::string& folder, const std::string& database,
                           const std::string& role) {
    std::string host;
    for (const char sign : folder)
        host += sign == '/' ? std::string{"%2F"} : std::string{sign};
    return "postgresql://" + role + "@" + host + "/" + database;
}

PostgresqlServer::PostgresqlServer(std::string address)
    : m_folder(make_folder()), m_address(std::move(address)) {
    make_cluster(m_folder);
    start();
}

PostgresqlServer::PostgresqlServer(const StandbyOf& of) : m_folder(make_folder()) {
    must("pg_basebackup",
         {"-D", data_of(m_folder), "-R", "-X", "stream", "-c", "fast", "--no-sync", "-d",
          "host=" + of.primary.m_folder + " user=pressings"},
         m_folder);
    start();
}

PostgresqlServer::~PostgresqlServer() {
    crash();
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

void PostgresqlServer::crash() {
    if (m_process <= 0) return;
    ::kill(m_process, SIGQUIT);
    ::waitpid(m_process, nullptr, 0);
    m_process = -1;
}

/// The first is stopped, so that it starts no others meanwhile.
void PostgresqlServer::kill() {
    ::kill(m_process, SIGSTOP);
    const std::string number = std::to_string(m_process);
    std::istringstream children{text_of_file("/proc/" + number + "/task/" + number + "/children")};
    for (pid_t child = 0; children >> child;)
        ::kill(child, SIGKILL);
    ::kill(m_process, SIGKILL);
    ::waitpid(m_process, nullptr, 0);
    m_process = -1;
}

void PostgresqlServer::start(const std::vector<std::string>& settings) {
    m_process = start_server(m_folder, m_address, Life::ends_with_us, settings);
}

void PostgresqlServer::promote() const {
    must("pg_ctl", {"promote", "-w", "-D", data_of(m_folder)}, m_folder);
}

std::string PostgresqlServer::uri(const std::string& database, const std::string& role) const {
    return postgresql_uri(m_folder, database, role);
}

std::string PostgresqlServer::network_uri(const std::string& database) const {
    return "postgresql://pressings@" + m_address + "/" + database;
}

void start_shared_server(const std::string& note_folder) {
    stop_shared_server(note_folder);
    const std::string folder = make_folder();
    fs::create_directories(note_folder);
    std::ofstream{note_in(note_folder)} << folder;
    make_cluster(folder);
    start_server(folder, "", Life::outlives_us);
    try {
        start_pooler(folder, Life::outlives_us);
    } catch (const PoolerMissing&) {  // each test that needs it says so
    }
}

void stop_shared_server(const std::string& note_folder) {
    const std::string folder = noted_folder(note_folder);
    if (folder.empty()) return;
    stop_pooler(folder);
    end_server(folder);
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    fs::remove(note_in(note_folder), ignored);
}

std::optional<std::string> shared_server(const std::string& note_folder) {
    const std::string folder = noted_folder(note_folder);
    if (folder.empty() || !process_of(folder)) return std::nullopt;
    return folder;
}

}  // namespace pressings::test

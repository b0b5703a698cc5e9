#include "support/postgresql_server.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pressings::test {

namespace {

namespace fs = std::filesystem;

enum class Life { ends_with_us, outlives_us };

std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream{file, std::ios::binary}.rdbuf();
    return text.str();
}

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

/// Who runs the server in place of root, which it refuses.
const passwd* ordinary_user() {
    if (::geteuid() != 0) return nullptr;
    for (const char* name : {"postgres", "nobody"}) {
        if (const passwd* user = ::getpwnam(name)) return user;
    }
    throw std::runtime_error("root needs a user postgres or nobody to run PostgreSQL as");
}

void become(const passwd& user) {
    if (::setgroups(0, nullptr) != 0 || ::setgid(user.pw_gid) != 0 || ::setuid(user.pw_uid) != 0)
        ::_exit(126);
}

/// In the new process: never comes back.
[[noreturn]] void run(const std::vector<std::string>& arguments, const std::string& log,
                      const passwd* user, Life life) {
    const int nothing = ::open("/dev/null", O_RDWR);
    const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::closefrom(STDERR_FILENO + 1);
    if (life == Life::outlives_us) ::setsid();
    if (user != nullptr) become(*user);
    if (life == Life::ends_with_us) ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::chdir("/") != 0) ::_exit(126);
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    std::array environment{const_cast<char*>("LC_ALL=C"), const_cast<char*>("TZ=UTC"),
                           static_cast<char*>(nullptr)};
    ::execve(argv[0], argv.data(), environment.data());
    ::_exit(127);
}

pid_t spawn(const std::vector<std::string>& arguments, const std::string& log, Life life) {
    const passwd* user = ordinary_user();
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) run(arguments, log, user, life);
    return child;
}

std::string log_of(const std::string& folder) {
    return folder + "/log";
}
std::string data_of(const std::string& folder) {
    return folder + "/data";
}

/// A new folder in which the ordinary user may write.
std::string make_folder() {
    if (!postgresql_programs()) throw PostgresqlMissing{};
    std::string pattern = (fs::temp_directory_path() / "pressings-pg-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    const passwd* user = ordinary_user();
    if (user != nullptr && ::chown(pattern.c_str(), user->pw_uid, user->pw_gid) != 0)
        throw std::runtime_error("cannot give away " + pattern);
    return pattern;
}

void make_cluster(const std::string& folder) {
    int status = 0;
    const pid_t initdb =
        spawn({postgresql_programs().value() + "/initdb", "-D", data_of(folder), "-U", "pressings",
               "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"},
              log_of(folder), Life::ends_with_us);
    ::waitpid(initdb, &status, 0);
    if (status != 0) throw std::runtime_error("initdb failed: " + read(log_of(folder)));
    std::ofstream{data_of(folder) + "/pg_hba.conf"} << "local all guarded scram-sha-256\n"
                                                       "local all all trust\n";
}

void wait_until_ready(const std::string& folder) {
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (::PQping(postgresql_uri(folder, "postgres").c_str()) != PQPING_OK) {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("PostgreSQL does not start: " + read(log_of(folder)));
        std::this_thread::sleep_for(10ms);
    }
}

pid_t start_server(const std::string& folder, Life life) {
    std::vector<std::string> arguments{postgresql_programs().value() + "/postgres", "-D",
                                       data_of(folder)};
    for (const char* setting :
         {"listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=60",
          "shared_buffers=64MB", "log_checkpoints=off"}) {
        arguments.insert(arguments.end(), {"-c", setting});
    }
    arguments.insert(arguments.end(), {"-c", "unix_socket_directories=" + folder});
    // One that a test crashes is to know afterwards what was committed.
    if (life == Life::outlives_us)
        arguments.insert(arguments.end(), {"-c", "synchronous_commit=off"});
    const pid_t server = spawn(arguments, log_of(folder), life);
    wait_until_ready(folder);
    return server;
}

/// Of the server that runs on a folder; nothing if none does.
std::optional<pid_t> process_of(const std::string& folder) {
    std::istringstream file{read(data_of(folder) + "/postmaster.pid")};
    pid_t process = 0;
    if (!(file >> process) || process <= 0) return std::nullopt;
    // The file of one that was killed stays, and its number may be another process's by now.
    const std::string command = read("/proc/" + std::to_string(process) + "/cmdline");
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
    return read(note_in(note_folder));
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

PostgresqlServer::PostgresqlServer() : m_folder(make_folder()) {
    make_cluster(m_folder);
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

void PostgresqlServer::start() {
    m_process = start_server(m_folder, Life::ends_with_us);
}

std::string PostgresqlServer::uri(const std::string& database, const std::string& role) const {
    return postgresql_uri(m_folder, database, role);
}

void start_shared_server(const std::string& note_folder) {
    stop_shared_server(note_folder);
    const std::string folder = make_folder();
    fs::create_directories(note_folder);
    std::ofstream{note_in(note_folder)} << folder;
    make_cluster(folder);
    start_server(folder, Life::outlives_us);
}

void stop_shared_server(const std::string& note_folder) {
    const std::string folder = noted_folder(note_folder);
    if (folder.empty()) return;
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

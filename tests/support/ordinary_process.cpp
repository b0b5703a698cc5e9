#include "support/ordinary_process.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "support/own_namespaces.hpp"

namespace pressings::test {

namespace {

/// Who runs a server in place of root, which it refuses.
const passwd* ordinary_user() {
    if (::geteuid() != 0 || is_root_of_own_alone()) return nullptr;
    for (const char* name : {"postgres", "nobody"}) {
        if (const passwd* user = ::getpwnam(name)) return user;
    }
    throw std::runtime_error("root needs a user postgres or nobody to run a server as");
}

void become(const passwd& user) {
    if (::setgroups(0, nullptr) != 0 || ::setgid(user.pw_gid) != 0 || ::setuid(user.pw_uid) != 0)
        ::_exit(126);
}

/// The user that root of its own alone is outside, by another number.
void become_nobody_special() {
    constexpr const char* k_map = "1000 0 1";
    if (::unshare(CLONE_NEWUSER) != 0) ::_exit(126);
    std::ofstream{"/proc/self/uid_map"} << k_map;
    std::ofstream{"/proc/self/gid_map"} << k_map;
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
    if (is_root_of_own_alone()) become_nobody_special();
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

}  // namespace

std::string text_of_file(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream{file, std::ios::binary}.rdbuf();
    return text.str();
}

pid_t start_as_ordinary_user(const std::vector<std::string>& arguments, const std::string& log,
                             Life life) {
    const passwd* user = ordinary_user();
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) run(arguments, log, user, life);
    return child;
}

std::string make_folder_of_ordinary_user() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pressings-pg-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    const passwd* user = ordinary_user();
    if (user != nullptr && ::chown(pattern.c_str(), user->pw_uid, user->pw_gid) != 0)
        throw std::runtime_error("cannot give away " + pattern);
    return pattern;
}

}  // namespace pressings::test

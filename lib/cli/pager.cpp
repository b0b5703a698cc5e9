#include "cli/pager.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"

extern char** environ;  // NOLINT: POSIX has it so

namespace pressings::cli {

namespace {

/// What keeps to our terminal: less shows colours, leaves at once where all fits on the screen, and
/// clears nothing.
constexpr const char* k_less_options = "FX";
constexpr const char* k_less = "less -R";  // whatever the user's $LESS is

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

bool is_installed(const std::string& program) {
    std::istringstream folders{std::string{variable("PATH")}};
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (::access((folder + "/" + program).c_str(), X_OK) == 0) return true;
    }
    return false;
}

[[noreturn]] void throw_cannot_start(const std::string& command, int error) {
    throw Error(fmt::format("cannot start the pager {}: {}; --no-pager does without",
                            quote(command), errno_text(error)));
}

/// The shell, with the pipe as its standard input and the signals as they usually are.
class Start {
  public:
    explicit Start(int input) {
        posix_spawn_file_actions_init(&m_files);
        posix_spawn_file_actions_adddup2(&m_files, input, STDIN_FILENO);
        posix_spawnattr_init(&m_attributes);
        sigset_t usual;
        sigemptyset(&usual);
        for (const int signal : {SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ})
            sigaddset(&usual, signal);
        posix_spawnattr_setsigdefault(&m_attributes, &usual);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGDEF);
    }
    ~Start() {
        posix_spawnattr_destroy(&m_attributes);
        posix_spawn_file_actions_destroy(&m_files);
    }
    Start(const Start&) = delete;
    Start& operator=(const Start&) = delete;

    pid_t run(std::string command) const {
        std::string shell = "sh";
        std::string option = "-c";
        char* const arguments[] = {shell.data(), option.data(), command.data(), nullptr};
        pid_t process = -1;
        const int error =
            posix_spawn(&process, "/bin/sh", &m_files, &m_attributes, arguments, environ);
        if (error != 0) throw_cannot_start(command, error);
        return process;
    }

  private:
    posix_spawn_file_actions_t m_files{};
    posix_spawnattr_t m_attributes{};
};

}  // namespace

Pager::Pager(const std::string& command) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw_cannot_start(command, errno);
    m_descriptor = ends[1];
    ::setenv("LESS", k_less_options, 0);
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGQUIT, SIG_IGN);
    try {
        m_process = Start{ends[0]}.run(command);
    } catch (...) {
        ::close(ends[0]);
        ::close(ends[1]);
        throw;
    }
    ::close(ends[0]);
}

int Pager::finish() {
    if (m_process < 0) return 0;
    ::close(m_descriptor);
    int status = 0;
    while (::waitpid(m_process, &status, 0) < 0 && errno == EINTR) {
    }
    m_process = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

std::string pager_command() {
    const std::string_view terminal = variable("TERM");
    if (terminal.empty() || terminal == "dumb") return {};
    if (std::getenv("PAGER") == nullptr) return is_installed("less") ? k_less : "";
    const std::string pager{trim(variable("PAGER"))};
    if (pager == "less") return k_less;
    return pager == "cat" ? std::string{} : pager;
}

}  // namespace pressings::cli

#include "support/child.hpp"

#include <array>
#include <csignal>
#include <stdexcept>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pressings::test {

namespace {

int status_of(int waited) {
    return WIFEXITED(waited) ? WEXITSTATUS(waited) : 128 + WTERMSIG(waited);
}

}  // namespace

Child::Child(const std::vector<std::string>& arguments, const std::string& output)
    : m_errors(::memfd_create("stderr", MFD_CLOEXEC)) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    m_pid = ::fork();
    if (m_pid < 0) throw std::runtime_error("cannot fork");
    if (m_pid > 0) return;
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(nothing, STDIN_FILENO);
    constexpr int k_append = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    ::dup2(output.empty() ? nothing : ::open(output.c_str(), k_append, 0600), STDOUT_FILENO);
    ::dup2(m_errors, STDERR_FILENO);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    // A server in a test's process ignores the first, nohup and a shell's background the others.
    for (const int number : {SIGPIPE, SIGHUP, SIGINT})
        ::signal(number, SIG_DFL);
    ::execv(argv[0], argv.data());
    ::_exit(127);
}

Child::~Child() {
    kill();
    ::close(m_errors);
}

void Child::signal(int number) const {
    if (!m_status) ::kill(m_pid, number);
}

void Child::kill() {
    signal(SIGKILL);
    wait();
}

std::optional<int> Child::ended() {
    int waited = 0;
    if (!m_status && ::waitpid(m_pid, &waited, WNOHANG) == m_pid) m_status = status_of(waited);
    return m_status;
}

int Child::wait() {
    int waited = 0;
    if (!m_status && ::waitpid(m_pid, &waited, 0) == m_pid) m_status = status_of(waited);
    return m_status.value_or(-1);
}

std::string Child::error_output() const {
    std::array<char, 8192> buffer{};
    const ssize_t size = ::pread(m_errors, buffer.data(), buffer.size(), 0);
    return {buffer.data(), static_cast<std::size_t>(size > 0 ? size : 0)};
}

}  // namespace pressings::test

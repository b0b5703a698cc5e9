#include "support/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pressings::test {

namespace {

using Clock = std::chrono::steady_clock;

/// Both ends of a pipe; `ours` does not block.
struct Pipe {
    explicit Pipe(bool we_write) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        ours = ends[we_write ? 1 : 0];
        theirs = ends[we_write ? 0 : 1];
        ::fcntl(ours, F_SETFL, O_NONBLOCK);
    }
    ~Pipe() {
        close(ours);
        close(theirs);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    static void close(int& end) {
        if (end >= 0) ::close(end);
        end = -1;
    }

    int ours = -1;
    int theirs = -1;
};

/// Writing to a program that has gone is no reason to go as well.
class NoBrokenPipe {
  public:
    NoBrokenPipe() : m_before(std::signal(SIGPIPE, SIG_IGN)) {}
    ~NoBrokenPipe() { std::signal(SIGPIPE, m_before); }
    NoBrokenPipe(const NoBrokenPipe&) = delete;
    NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;

  private:
    void (*m_before)(int);
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (const std::string& text : texts)
        all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
}

class Running {
  public:
    explicit Running(const Command& command)
        : m_command(command), m_deadline(Clock::now() + command.timeout) {
        start();
        for (Pipe* pipe : {&m_input, &m_output, &m_errors})
            Pipe::close(pipe->theirs);
        if (command.read_at_most == 0) Pipe::close(m_output.ours);
        write_input();
    }
    ~Running() {
        if (m_child <= 0) return;
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    Finished finish() {
        while (m_output.ours >= 0 || m_errors.ours >= 0)
            exchange();
        int waited = 0;
        rusage used{};
        while (::wait4(m_child, &waited, WNOHANG, &used) == 0)
            wait_for({});
        m_child = -1;
        m_finished.peak_kb = used.ru_maxrss;
        m_finished.status = WIFEXITED(waited) ? WEXITSTATUS(waited) : 128 + WTERMSIG(waited);
        return std::move(m_finished);
    }

  private:
    void start() {
        std::vector<std::string> variables;
        for (const auto& [name, value] : m_command.environment)
            variables.push_back(name + "=" + value);
        const auto argv = pointers(m_command.arguments);
        const auto environment = pointers(variables);
        m_child = ::fork();
        if (m_child < 0) throw std::runtime_error("cannot fork");
        if (m_child > 0) return;
        std::signal(SIGPIPE, SIG_DFL);
        ::dup2(m_input.theirs, STDIN_FILENO);
        ::dup2(m_output.theirs, STDOUT_FILENO);
        ::dup2(m_errors.theirs, STDERR_FILENO);
        ::execve(argv[0], argv.data(), environment.data());
        ::_exit(127);
    }

    /// Waits until one of `files` is ready, a tenth of a second at most.
    void wait_for(std::vector<pollfd> files) const {
        if (Clock::now() > m_deadline) {
            throw std::runtime_error(m_command.arguments.front() + " took too long");
        }
        ::poll(files.data(), files.size(), 100);
    }

    void exchange() {
        wait_for(
            {{m_input.ours, POLLOUT, 0}, {m_output.ours, POLLIN, 0}, {m_errors.ours, POLLIN, 0}});
        write_input();
        read(m_output, m_finished.out);
        read(m_errors, m_finished.err);
        if (m_command.read_at_most && m_finished.out.size() >= *m_command.read_at_most) {
            Pipe::close(m_output.ours);
        }
    }

    void write_input() {
        std::string_view rest = std::string_view{m_command.input}.substr(m_written);
        while (m_input.ours >= 0 && !rest.empty()) {
            const ssize_t size = ::write(m_input.ours, rest.data(), rest.size());
            if (size < 0 && errno == EAGAIN) return;
            if (size < 0) break;
            m_written += static_cast<std::size_t>(size);
            rest.remove_prefix(static_cast<std::size_t>(size));
        }
        Pipe::close(m_input.ours);
    }

    static void read(Pipe& pipe, std::string& text) {
        std::array<char, 4096> buffer{};
        if (pipe.ours < 0) return;
        const ssize_t size = ::read(pipe.ours, buffer.data(), buffer.size());
        if (size > 0) {
            text.append(buffer.data(), static_cast<std::size_t>(size));
        } else if (size == 0 || errno != EAGAIN) {
            Pipe::close(pipe.ours);
        }
    }

    const Command& m_command;
    NoBrokenPipe m_no_broken_pipe;
    Clock::time_point m_deadline;
    Pipe m_input{true};
    Pipe m_output{false};
    Pipe m_errors{false};
    pid_t m_child = -1;
    std::size_t m_written = 0;
    Finished m_finished;
};

}  // namespace

Finished run_process(const Command& command) {
    return Running{command}.finish();
}

}  // namespace pressings::test

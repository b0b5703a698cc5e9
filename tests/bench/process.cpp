#include "bench/process.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pressings::bench {

namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

class Spawned {
  public:
    Spawned(const Arguments& arguments, int out) : m_name(arguments.front()) {
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
        std::vector<char*> argv;
        for (const std::string& argument : arguments)
            argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        const int error = posix_spawnp(&m_pid, argv[0], &actions, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (error != 0) throw std::runtime_error("cannot run " + m_name);
    }

    rusage wait() {
        rusage used{};
        int status = 0;
        ::wait4(m_pid, &status, 0, &used);
        if (status != 0) {
            throw std::runtime_error(fmt::format("{} failed (wait status {})", m_name, status));
        }
        return used;
    }

  private:
    std::string m_name;
    pid_t m_pid = -1;
};

std::string read_all(int descriptor) {
    std::string text;
    std::array<char, 65'536> buffer{};
    for (ssize_t got = 0; (got = ::read(descriptor, buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(got));
    return text;
}

}  // namespace

Cost run(const std::vector<Arguments>& programs, Stdout output) {
    using Clock = std::chrono::steady_clock;
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    std::array<int, 2> pipe{-1, -1};
    if (output == Stdout::keep && ::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    const auto begun = Clock::now();
    std::vector<Spawned> spawned;
    for (const Arguments& program : programs)
        spawned.emplace_back(program, spawned.empty() && pipe[1] >= 0 ? pipe[1] : nowhere);
    Cost cost;
    if (pipe[1] >= 0) {
        ::close(pipe[1]);
        cost.output = read_all(pipe[0]);
        ::close(pipe[0]);
    }
    for (Spawned& program : spawned) {
        const rusage used = program.wait();
        cost.cpu_s += seconds(used.ru_utime) + seconds(used.ru_stime);
        cost.peak_mb = std::max(cost.peak_mb, static_cast<double>(used.ru_maxrss) / 1024.0);
    }
    cost.wall_s = std::chrono::duration<double>(Clock::now() - begun).count();
    ::close(nowhere);
    return cost;
}

Cost run(const Arguments& program, Stdout output) {
    return run(std::vector<Arguments>{program}, output);
}

}  // namespace pressings::bench

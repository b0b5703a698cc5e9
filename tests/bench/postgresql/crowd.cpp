#include "bench/postgresql/crowd.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pressings::bench {

namespace {

using Work = std::function<std::function<void()>(int)>;

/// Closed at one end when all may begin.
struct Gate {
    std::array<int, 2> ends{-1, -1};

    Gate() {
        if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    }
    void open() { ::close(ends[1]); }
    void wait() {
        ::close(ends[1]);
        char nothing = 0;
        while (::read(ends[0], &nothing, 1) > 0) {
        }
    }
};

/// In the new process: never comes back.
[[noreturn]] void live(Shared& shared, Gate& gate, int number, const Work& work) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    try {
        const auto part = work(number);
        ++shared.ready;
        gate.wait();
        part();
        ::_exit(0);
    } catch (const std::exception& error) {
        if (shared.failed++ == 0) std::fprintf(stderr, "crowd: %s\n", error.what());
        ++shared.ready;
        ::_exit(1);
    }
}

}  // namespace

std::int64_t steady_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void Shared::count(int much) {
    const std::int64_t second = (steady_us() - begun_us) / 1'000'000;
    done += much;
    each_second[std::min(static_cast<std::size_t>(second), k_most_seconds - 1)] +=
        static_cast<std::uint32_t>(much);
}

double Watch::now_s() const {
    return static_cast<double>(steady_us() - m_shared.begun_us) / 1e6;
}

Shared& make_shared_memory() {
    void* memory =
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("no shared memory");
    return *new (memory) Shared;
}

double run_crowd(Shared& shared, int workers, int seconds, const Work& work,
                 const std::function<void()>& meanwhile) {
    using namespace std::chrono_literals;
    // Connecting is a matter of its own: a few at a time.
    constexpr int k_at_once = 16;
    Gate gate;
    const std::int64_t begun = steady_us();
    std::vector<pid_t> processes;
    for (int number = 0; number < workers; ++number) {
        while (number - shared.ready >= k_at_once)
            std::this_thread::sleep_for(1ms);
        const pid_t child = ::fork();
        if (child < 0) throw std::runtime_error("cannot fork");
        if (child == 0) live(shared, gate, number, work);
        processes.push_back(child);
    }
    while (shared.ready < workers)
        std::this_thread::sleep_for(1ms);
    const double ready_s = static_cast<double>(steady_us() - begun) / 1e6;
    shared.begun_us = steady_us();
    gate.open();
    const Watch watch{shared, seconds};
    while (!watch.is_over()) {
        std::this_thread::sleep_for(500ms);
        meanwhile();
    }
    for (const pid_t process : processes)
        ::waitpid(process, nullptr, 0);
    return ready_s;
}

}  // namespace pressings::bench

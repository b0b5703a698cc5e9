// Processes that die, each of a real signal.
#include "base/death_note.hpp"

#include <csignal>
#include <cstdint>
#include <functional>
#include <thread>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// Runs `work` in a process of its own; the signal it died of, 0 if it ended by itself.
int signal_that_ended(const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        // doctest's own handlers would tell of a failed test.
        for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTERM})
            std::signal(number, SIG_DFL);
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

constexpr std::int64_t k_endless = std::int64_t{1} << 40;

/// Calls itself so many times.
std::int64_t use_stack(std::int64_t times) {
    const volatile std::int64_t kept = times;
    return times == 0 ? 0 : use_stack(times - 1) + kept;
}

}  // namespace

TEST_CASE("A process that dies of itself leaves a line, and dies of the signal all the same") {
    for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
        CAPTURE(number);
        const TemporaryFolder folder;
        const std::string path = folder.file("notes");
        CHECK(signal_that_ended([&] {
                  const DeathNote note{path, "worker 7"};
                  ::raise(number);
              }) == number);
        const std::string digits = std::to_string(number);
        CHECK(folder.read("notes") ==
              "worker 7 " + std::string(2 - digits.size(), '0') + digits + "\n");
    }
}

TEST_CASE("A fault of an instruction is noted like a signal that was sent") {
    const TemporaryFolder folder;
    const std::string path = folder.file("notes");
    CHECK(signal_that_ended([&] {
              const DeathNote note{path, "x"};
              __builtin_trap();
          }) != 0);
    CHECK(folder.read("notes").starts_with("x "));
}

TEST_CASE("A thread that has used up its stack leaves a line as well") {
    const TemporaryFolder folder;
    const std::string path = folder.file("notes");
    CHECK(signal_that_ended([&] {
              const DeathNote note{path, "main"};
              use_stack(k_endless);
          }) == SIGSEGV);
    CHECK(signal_that_ended([&] {
              const DeathNote note{path, "other"};
              std::jthread{[] {
                  const SignalStack stack;
                  use_stack(k_endless);
              }};
          }) == SIGSEGV);
    CHECK(folder.read("notes") == "main 11\nother 11\n");
}

TEST_CASE("Each death adds its line, one that cannot be seen adds none") {
    const TemporaryFolder folder;
    const std::string path = folder.file("notes");
    for (const int number : {SIGABRT, SIGKILL, SIGTERM, SIGABRT}) {
        CHECK(signal_that_ended([&] {
                  const DeathNote note{path, "died of"};
                  ::raise(number);
              }) == number);
    }
    CHECK(folder.read("notes") == "died of 06\ndied of 06\n");
}

TEST_CASE("Nothing is noted once the object has gone") {
    const TemporaryFolder folder;
    const std::string path = folder.file("notes");
    CHECK(signal_that_ended([&] {
              { const DeathNote note{path, "x"}; }
              ::raise(SIGABRT);
          }) == SIGABRT);
    CHECK(folder.read("notes").empty());
}

TEST_CASE("A note is not written through a link that somebody has laid") {
    const TemporaryFolder folder;
    const std::string path = folder.file("notes");
    REQUIRE(::symlink(folder.file("victim").c_str(), path.c_str()) == 0);
    signal_that_ended([&] {
        const DeathNote note{path, "x"};
        ::raise(SIGABRT);
    });
    CHECK(folder.read("victim").empty());
}

#include "cli/progress.hpp"

#include <array>
#include <cstdlib>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "support/fake_clock.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// Puts a terminal in the place of standard error.
class Terminal {
  public:
    Terminal() : m_master(::posix_openpt(O_RDWR | O_NOCTTY)), m_before(::dup(STDERR_FILENO)) {
        REQUIRE(::grantpt(m_master) == 0);
        REQUIRE(::unlockpt(m_master) == 0);
        const int slave = ::open(::ptsname(m_master), O_RDWR | O_NOCTTY);
        REQUIRE(slave >= 0);
        ::dup2(slave, STDERR_FILENO);
        ::close(slave);
    }
    ~Terminal() {
        restore();
        ::close(m_master);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// All that was written to it; nothing can be after.
    std::string shown() {
        std::fflush(stderr);
        restore();  // nobody has it open to write now, so reading comes to an end
        std::string all;
        std::array<char, 4096> buffer{};
        for (ssize_t size = 0; (size = ::read(m_master, buffer.data(), buffer.size())) > 0;)
            all.append(buffer.data(), static_cast<std::size_t>(size));
        return all;
    }

  private:
    void restore() {
        if (m_before < 0) return;
        ::dup2(m_before, STDERR_FILENO);
        ::close(m_before);
        m_before = -1;
    }

    int m_master;
    int m_before;
};

/// What a terminal shows of a run that takes `steps`, where `total` were due at its start.
std::string shown_of(bool wished, int total, int steps) {
    Terminal terminal;
    FakeClock clock;
    {
        cli::Progress progress{wished, total, clock};
        for (int step = 0; step < steps; ++step) {
            clock.advance(1'000);
            progress.step(step == 0);
        }
    }
    return terminal.shown();
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Progress shows how far a run is, how many failed, and how long the rest takes") {
    const std::string shown = shown_of(true, 10, 5);
    CHECK(has(shown, "[..............................] 0/10, 0 failed"));
    CHECK(has(shown, "[###############...............] 5/10, 1 failed, 1.0/s, 5.0 s left"));
}

TEST_CASE("A run that finds more to do than was due goes on counting") {
    CHECK(has(shown_of(true, 1, 3), "[##############################] 3/3, 1 failed"));
    CHECK(shown_of(false, 1, 3).empty());
}

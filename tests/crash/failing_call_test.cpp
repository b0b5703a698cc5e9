// Each call that a tool makes of the system fails once, a run for each; and each allocation. By
// default a sample of them; PRESSINGS_FAULTS=all takes all, PRESSINGS_SEED another sample.
#include <algorithm>
#include <cerrno>
#include <random>

#include <doctest/doctest.h>

#include "crash/sampling.hpp"
#include "crash/scenario.hpp"
#include "support/preloaded.hpp"

using namespace pressings::test;

namespace {

constexpr int k_usage = 2;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Whether a signal may cut the call short, which then has to be made again: signal(7). Opening
/// and closing files never is, on a local disk.
bool is_interruptible(preload_call call) {
    switch (call) {
        case preload_read:
        case preload_write:
        case preload_truncate:
        case preload_copy:
        case preload_wait:
            return true;
        default:
            return false;
    }
}

std::vector<FailingCall> every_call(const WatchedRun& undisturbed) {
    std::vector<FailingCall> all;
    for (int call = 0; call < preload_memory; ++call) {
        const auto count = undisturbed.counts.at(static_cast<std::size_t>(call));
        for (std::int64_t nth = 1; nth <= count; ++nth) {
            for (const int error : {EIO, ENOSPC, ENOMEM, EINTR})
                all.push_back({static_cast<preload_call>(call), nth, error});
        }
    }
    return all;
}

std::vector<FailingCall> every_allocation(const WatchedRun& undisturbed) {
    std::vector<FailingCall> all;
    for (std::int64_t nth = 1; nth <= undisturbed.counts.at(preload_memory); ++nth)
        all.push_back({preload_memory, nth, ENOMEM});
    return all;
}

/// A scenario and what it leaves when nothing goes wrong.
class Trial {
  public:
    explicit Trial(const Scenario& scenario) : m_scenario(scenario) {
        scenario.prepare(m_place);
        m_place.keep();
        m_undisturbed = run({});
        m_outcome = scenario.outcome(m_place);
        INFO(scenario.tool << " " << scenario.name << ": " << m_undisturbed.run.err);
        REQUIRE(m_undisturbed.run.status == 0);
    }

    const WatchedRun& undisturbed() const { return m_undisturbed; }

    void check(const FailingCall& failing) const {
        INFO(m_scenario.tool << " " << m_scenario.name << ": " << to_string(failing));
        const WatchedRun watched = run(failing);
        check_end(failing, watched);
        CHECK(faults_of_place(m_place, watched.run.out) == "");
        make_ready(m_place, m_scenario);
        const WatchedRun again = start({});
        INFO(again.run.err);
        CHECK((again.run.status == 0 || (m_scenario.once && again.run.status == 1)));
        CHECK(m_scenario.outcome(m_place) == m_outcome);
    }

  private:
    WatchedRun run(const std::optional<FailingCall>& failing) const {
        m_place.restore();
        return start(failing);
    }
    WatchedRun start(const std::optional<FailingCall>& failing) const {
        return run_watched(m_place.bench, m_scenario.tool, m_scenario.arguments(m_place),
                           m_scenario.input, failing);
    }

    /// A file that cannot be read is the user's to mend, if it is named and nothing was done.
    static bool is_refused(const Finished& run) {
        return run.status == k_usage && run.out.empty() && has(run.err, "cannot");
    }

    /// libarchive 3.6.2 reads through a null pointer if memory runs out while it opens an archive.
    bool is_fault_of_library(const FailingCall& failing, const Finished& run) const {
        constexpr int k_segmentation_fault = 128 + 11;
        return failing.call == preload_memory && m_scenario.tool == "musicbrainz-mirror" &&
               run.status == k_segmentation_fault;
    }

    /// The dynamic linker ends a program that has no memory for a library, and says so.
    static bool is_of_loader(const FailingCall& failing, const Finished& run) {
        constexpr int k_loader_failed = 127;
        return failing.call == preload_memory && run.status == k_loader_failed &&
               has(run.err, "out of memory");
    }

    void check_end(const FailingCall& failing, const WatchedRun& watched) const {
        const Finished& run = watched.run;
        INFO("status " << run.status << ": " << run.err);
        if (is_fault_of_library(failing, run)) return;
        const bool known =
            run.status == 0 || run.status == 1 || run.status == 3 || is_of_loader(failing, run);
        CHECK((known || (failing.call != preload_memory && is_refused(run))));
        CHECK((run.status == 0 || !run.err.empty()));
        if (failing.error == EINTR && is_interruptible(failing.call)) CHECK(run.status == 0);
        if (failing.call == preload_memory && run.status == 3) CHECK(has(run.err, "memory"));
    }

    const Scenario& m_scenario;
    Place m_place;
    WatchedRun m_undisturbed;
    std::string m_outcome;
};

template <typename Every>
void fail_in_turn(const std::string& tool, std::size_t at_most, Every&& every) {
    if (!can_preload()) {
        MESSAGE("skipped: a sanitizer is in the way");
        return;
    }
    for (const Scenario& scenario : scenarios_of(tool)) {
        const Trial trial{scenario};
        for (const FailingCall& failing : sample_of(every(trial.undisturbed()), at_most))
            trial.check(failing);
    }
}

}  // namespace

TEST_CASE("Whatever call fails album-import, it says so, and what it reported is there") {
    fail_in_turn("album-import", 100, every_call);
}

TEST_CASE("Whatever call fails release-worker, it says so, and what it reported is there") {
    fail_in_turn("release-worker", 60, every_call);
}

TEST_CASE("Whatever call fails release-catalog, it says so, and nothing is half-written") {
    fail_in_turn("release-catalog", 50, every_call);
}

TEST_CASE("Whatever call fails musicbrainz-mirror, it says so, and nothing is half-written") {
    fail_in_turn("musicbrainz-mirror", 60, every_call);
}

TEST_CASE("Whatever allocation fails album-import, it says so, and what it reported is there") {
    fail_in_turn("album-import", 60, every_allocation);
}

TEST_CASE("Whatever allocation fails release-worker, it says so, and what it reported is there") {
    fail_in_turn("release-worker", 40, every_allocation);
}

TEST_CASE("Whatever allocation fails release-catalog, it says so, and nothing is half-written") {
    fail_in_turn("release-catalog", 40, every_allocation);
}

TEST_CASE("Whatever allocation fails musicbrainz-mirror, it says so, and nothing is half-written") {
    fail_in_turn("musicbrainz-mirror", 40, every_allocation);
}

TEST_CASE("Wherever memory runs out as the first answer is read, the worker says so") {
    if (!can_preload()) return;
    constexpr std::int64_t k_about_loading = 60;
    const Scenario drain = scenarios_of("release-worker").front();
    const Trial trial{drain};
    const auto loaded_after = trial.undisturbed().loaded_after;
    for (std::int64_t nth = loaded_after + 1; nth <= loaded_after + k_about_loading; ++nth)
        trial.check({preload_memory, nth, ENOMEM});
}

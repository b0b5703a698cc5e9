// The power is cut at some moment of what a tool does: what was not synced is there in part, in any
// order. By default some moments of each; PRESSINGS_CUTS says how many, PRESSINGS_SEED which.
#include <algorithm>
#include <filesystem>
#include <random>

#include <doctest/doctest.h>

#include "crash/disk.hpp"
#include "crash/sampling.hpp"
#include "crash/scenario.hpp"
#include "support/preloaded.hpp"

using namespace pressings::test;

namespace {

/// A scenario whose changes of the disk were recorded.
class PowerCut {
  public:
    explicit PowerCut(const Scenario& scenario) : m_scenario(scenario) {
        scenario.prepare(m_place);
        m_place.keep();
        m_place.restore();
        m_disk.emplace(m_place.file(""));
        const std::string log = m_place.bench.folder.file("recording");
        const auto run = run_recorded(m_place.bench, scenario.tool, scenario.arguments(m_place),
                                      scenario.input, m_place.file(""), log);
        INFO(scenario.tool << " " << scenario.name << ": " << run.err);
        REQUIRE(run.status == 0);
        m_outcome = scenario.outcome(m_place);
        m_recording = read_recording(log);
    }

    void cut(std::size_t cuts, std::mt19937_64& random) {
        std::size_t at = 0;
        for (const std::size_t moment : moments(cuts, random)) {
            for (; at < moment; ++at)
                m_disk->apply(m_recording[at]);
            check(moment, random);
        }
    }

  private:
    /// Any moment, right after something was said, and when all was done; in their order.
    std::vector<std::size_t> moments(std::size_t cuts, std::mt19937_64& random) const {
        std::vector<std::size_t> after_words{m_recording.size()};
        for (std::size_t at = 0; at < m_recording.size(); ++at) {
            if (m_recording[at].kind == preload_said) after_words.push_back(at + 1);
        }
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < cuts; ++i) {
            const bool any = i % 3 != 0;
            const std::size_t most = (any ? m_recording.size() : after_words.size() - 1);
            const std::size_t drawn = std::uniform_int_distribution<std::size_t>{0, most}(random);
            all.push_back(any ? drawn : after_words[drawn]);
        }
        std::sort(all.begin(), all.end());
        return all;
    }

    void check(std::size_t moment, std::mt19937_64& random) {
        INFO(m_scenario.tool << " " << m_scenario.name << ": cut after " << moment << " of "
                             << m_recording.size() << " changes");
        m_disk->restore(random);
        CHECK(faults_of_place(m_place, said_before(m_recording, moment)) == "");
        if (moment == m_recording.size()) {
            CHECK(m_scenario.outcome(m_place) == m_outcome);
        }
        make_ready(m_place, m_scenario);
        const auto again =
            m_place.bench.run(m_scenario.tool, m_scenario.arguments(m_place), m_scenario.input);
        INFO(again.err);
        CHECK(again.status == 0);
        CHECK(m_scenario.outcome(m_place) == m_outcome);
    }

    const Scenario& m_scenario;
    Place m_place;
    std::optional<Disk> m_disk;
    std::vector<Change> m_recording;
    std::string m_outcome;
};

void cut_power(const std::string& tool) {
    if (!can_preload()) {
        MESSAGE("skipped: a sanitizer is in the way");
        return;
    }
    std::mt19937_64 random{seed_of_tests()};
    for (const Scenario& scenario : scenarios_of(tool)) {
        if (!scenario.writes) continue;
        PowerCut{scenario}.cut(number_from("PRESSINGS_CUTS", 30), random);
    }
}

}  // namespace

TEST_CASE("When the power is cut, what album-import reported is there, and nothing is half there") {
    cut_power("album-import");
}

TEST_CASE(
    "When the power is cut, what release-worker reported is there, and nothing is half there") {
    cut_power("release-worker");
}

TEST_CASE("When the power is cut, no report is half there") {
    cut_power("release-catalog");
}

TEST_CASE("When the power is cut, a mirror is the old one or the new one") {
    cut_power("musicbrainz-mirror");
}

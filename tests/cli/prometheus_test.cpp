// What a dashboard and its alerts are made of.
#include <regex>
#include <set>

#include "cli/recorded_albums.hpp"

using namespace pressings::test;

namespace {

/// The lines of `status --prometheus`: each series with its value.
std::map<std::string, std::string> series(const ToolBench& bench) {
    const auto run = bench.run("release-worker", {"status", "--prometheus"});
    check_quiet(run);
    std::map<std::string, std::string> all;
    std::istringstream lines{run.out};
    for (std::string line; std::getline(lines, line);) {
        const auto space = line.rfind(' ');
        if (!line.starts_with('#')) all[line.substr(0, space)] = line.substr(space + 1);
    }
    return all;
}

/// What the schema says that an attempt may end as.
std::set<std::string> outcomes_in_schema() {
    static const std::regex outcome{"outcome = '([a-z]+)'"};
    std::set<std::string> outcomes;
    for (const auto& file :
         std::filesystem::directory_iterator{PRESSINGS_SOURCE_DIR "/schema/sqlite"}) {
        std::ifstream stream{file.path()};
        const std::string text{std::istreambuf_iterator<char>{stream}, {}};
        for (std::sregex_iterator at{text.begin(), text.end(), outcome}, end; at != end; ++at)
            outcomes.insert((*at)[1]);
    }
    outcomes.erase("running");
    return outcomes;
}

}  // namespace

TEST_CASE("Every series is there from the start, with 0") {
    const ToolBench bench;
    bench.run("album-import", {"--no-releases", k_rumours});
    const auto first = series(bench);
    for (const std::string& outcome : outcomes_in_schema()) {
        CAPTURE(outcome);
        CHECK(first.contains("pressings_attempts_total{outcome=\"" + outcome + "\"}"));
    }
    for (const auto& [name, value] : first) {
        CAPTURE(name);
        const bool is_counted =
            name.find('{') != std::string::npos || name.find("throttled") != std::string::npos;
        if (is_counted) CHECK(value == "0");
    }
    bench.run("album-import", {k_in_rainbows, k_not_recorded});
    bench.run("release-worker", {"run", "--source", k_source});
    const auto later = series(bench);
    CHECK(later.at("pressings_failed_jobs{code=\"not_found\"}") == "1");
    CHECK(later.at("pressings_attempts_total{outcome=\"done\"}") == "1");
    for (const auto& [name, value] : later) {
        CAPTURE(name);
        CHECK(first.contains(name));
    }
}

TEST_CASE("A queue that jobs were put in has a series for each state") {
    const ToolBench bench;
    bench.run("album-import", {"--queue", "new", k_rumours});
    const auto all = series(bench);
    for (const char* queue : {"default", "new"}) {
        for (const char* state :
             {"pending", "running", "done", "failed", "cancelled", "superseded"}) {
            const std::string name =
                std::string{"pressings_jobs{state=\""} + state + "\",queue=\"" + queue + "\"}";
            CAPTURE(name);
            REQUIRE(all.contains(name));
            const bool is_there = queue == std::string{"new"} && state == std::string{"pending"};
            CHECK(all.at(name) == (is_there ? "1" : "0"));
        }
    }
}

TEST_CASE("How full the disk is can be seen") {
    const ToolBench bench;
    bench.run("album-import", {k_rumours});
    const auto all = series(bench);
    const double size = std::stod(all.at("pressings_disk_bytes"));
    const double free = std::stod(all.at("pressings_disk_free_bytes"));
    CHECK(size > 1e6);
    CHECK(free > 0);
    CHECK(free <= size);
}

TEST_CASE("Prometheus's own promtool finds nothing wrong with the metrics") {
    const std::string in_build = PRESSINGS_SOURCE_DIR "/build/tools/usr/bin/promtool";
    const std::string promtool = std::filesystem::exists(in_build) ? in_build : "/usr/bin/promtool";
    if (!std::filesystem::exists(promtool)) {
        MESSAGE("promtool is not on this machine");
        return;
    }
    const ToolBench bench;
    bench.run("album-import", {k_rumours, k_not_recorded});
    bench.run("release-worker", {"run", "--source", k_source});
    Command command;
    command.arguments = {promtool, "check", "metrics"};
    command.input = bench.run("release-worker", {"status", "--prometheus"}).out;
    const Finished checked = run_process(command);
    CHECK(checked.status == 0);
    CHECK(checked.out + checked.err == "");
}

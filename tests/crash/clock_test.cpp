// The wall clock jumps by a day, forward and back, under libfaketime.
#include <cstdlib>
#include <filesystem>

#include <doctest/doctest.h>

#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/process.hpp"
#include "support/tool.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool k_is_sanitized = true;  // libfaketime and a sanitizer both want to come first
#else
constexpr bool k_is_sanitized = false;
#endif

constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

/// A catalogue, its MusicBrainz, and tools whose clock is what a file says, at every moment.
struct Place {
    Place() { server.add_folder(PRESSINGS_TEST_DATA "/musicbrainz/recorded"); }

    std::vector<std::string> command(const std::string& tool, const std::string& clock,
                                     const std::vector<std::string>& arguments) const {
        std::vector<std::string> all{"/usr/bin/env",
                                     "LD_PRELOAD=" + library(),
                                     "FAKETIME_TIMESTAMP_FILE=" + bench.folder.file(clock),
                                     "FAKETIME_NO_CACHE=1",
                                     "FAKETIME_DONT_FAKE_MONOTONIC=1",
                                     "DONT_FAKE_MONOTONIC=1",
                                     "PRESSINGS_DB=" + bench.folder.file("catalog.db"),
                                     std::string{PRESSINGS_BIN_DIR} + "/" + tool};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return all;
    }
    int run(const std::string& tool, const std::string& clock,
            const std::vector<std::string>& arguments) const {
        return Child{command(tool, clock, arguments)}.wait();
    }
    std::vector<std::string> drain() const {
        return {"run", "--source", server.root(), "-q", "--lease", "1s"};
    }
    std::vector<std::string> loop() const {
        auto arguments = drain();
        arguments.push_back("--loop");
        return arguments;
    }
    void set_clock(const std::string& clock, const std::string& offset) const {
        bench.folder.write(clock, offset + "\n");
    }
    Json job() const {
        return bench.run("release-worker", {"show", "1", "--json"}).documents().at(0);
    }

    static std::string library() {
        for (const auto& folder : std::filesystem::directory_iterator{"/usr/lib"}) {
            const auto path = folder.path() / "faketime" / "libfaketimeMT.so.1";
            if (std::filesystem::exists(path)) return path.string();
        }
        FAIL("needs libfaketime: scripts/install-dependencies --tests");
        return {};
    }

    MusicBrainzServer server;
    ToolBench bench;
};

}  // namespace

TEST_CASE("A clock that jumps by a day takes no job from a worker that lives") {
    if (k_is_sanitized) return;
    Place place;
    place.bench.run("album-import", {k_rumours});
    place.server.set_script([](const LoggedRequest&) { return delayed(4'000); });
    place.set_clock("first", "+0");
    place.set_clock("second", "+0");
    const Child first{place.command("release-worker", "first", place.loop())};
    REQUIRE(eventually([&] { return place.server.requests().size() == 1; }));
    const Child second{place.command("release-worker", "second", place.loop())};
    place.set_clock("first", "+1d");
    std::this_thread::sleep_for(std::chrono::milliseconds{1'200});
    place.set_clock("second", "-1d");
    std::this_thread::sleep_for(std::chrono::milliseconds{1'200});
    place.set_clock("second", "+1d");
    place.set_clock("first", "-1d");
    CHECK(eventually([&] { return place.job()["state"] == "done"; }));
    CHECK(place.job()["attempts"] == 1);
    CHECK(place.job()["attempt_log"].size() == 1);
    CHECK(place.server.requests().size() == 1);
}

TEST_CASE("A job that was put in while the clock was a day ahead is done when it is right again") {
    if (k_is_sanitized) return;
    Place place;
    place.set_clock("ahead", "+1d");
    REQUIRE(place.run("album-import", "ahead", {k_rumours}) == 0);
    CHECK(place.bench.run("release-worker", place.drain()).status == 0);
    CHECK(place.job()["state"] == "done");
}

TEST_CASE("A job that waits for another attempt waits no day longer when the clock goes back") {
    if (k_is_sanitized) return;
    Place place;
    place.bench.run("album-import", {k_rumours});
    place.server.set_script([](const LoggedRequest&) { return status_fault(500); });
    place.set_clock("ahead", "+1d");
    CHECK(place.run("release-worker", "ahead", place.drain()) == 3);
    const std::string far = place.job()["run_at"];
    place.bench.run("release-worker", place.drain());
    const std::string near = place.job()["run_at"];
    CHECK(near < far);
    CHECK(near.substr(0, 10) < far.substr(0, 10));
    CHECK(place.job()["state"] == "pending");
}

TEST_CASE("A clock that leaps ahead by weeks deletes nothing until it has stayed so for a day") {
    if (k_is_sanitized) return;
    Place place;
    const auto jobs = [&] {
        return place.bench.run("release-worker", {"jobs", "--json"}).documents().size();
    };
    place.bench.run("album-import", {k_rumours});
    REQUIRE(place.bench.run("release-worker", place.drain()).status == 0);
    place.set_clock("ahead", "+60d");
    CHECK(place.run("release-worker", "ahead", place.drain()) == 0);
    const std::vector<std::string> prune{"prune", "--older-than", "30d"};
    const Child pruning{place.command("release-worker", "ahead", prune)};
    CHECK(eventually(
        [&] { return pruning.error_output().find("the clock has leapt") != std::string::npos; }));
    CHECK(jobs() == 1);
    place.set_clock("ahead", "+62d");
    CHECK(place.run("release-worker", "ahead", place.drain()) == 0);
    CHECK(jobs() == 0);
}

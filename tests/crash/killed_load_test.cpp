// musicbrainz-mirror load, killed at random moments, and what is imported from the mirror in the
// end. PRESSINGS_MIRROR_RELEASES says how many releases, PRESSINGS_MIRROR_SEED which.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/multiplied_releases.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr int k_kills = 8;

std::uint64_t told(const char* variable, std::uint64_t otherwise) {
    const char* const value = std::getenv(variable);
    return value != nullptr ? std::stoull(value) : otherwise;
}

/// Two dumps, the second of them newer and larger, and a mirror to be.
struct KillBench : ToolBench {
    KillBench() {
        publish("first", first);
        publish("second", second);
    }

    void publish(const std::string& name, const MultipliedReleases& what) const {
        std::filesystem::create_directory(folder.file(name));
        write_dump_folder(folder.file(name), what);
    }

    std::vector<std::string> command(const std::string& dumps) const {
        return {std::string{PRESSINGS_BIN_DIR} + "/musicbrainz-mirror",
                "load",
                "--mirror",
                mirror,
                "--json",
                folder.file(dumps + "/release.tar.xz"),
                folder.file(dumps + "/release-group.tar.xz")};
    }

    /// How long it takes when nobody kills it.
    Milliseconds load(const std::string& dumps, const std::string& out) const {
        const auto start = std::chrono::steady_clock::now();
        Child loading{command(dumps), out};
        CHECK(loading.wait() == 0);
        return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
    }

    Json info() const {
        const auto run = this->run("musicbrainz-mirror", {"info", "--json", "--mirror", mirror});
        CHECK(run.status == 0);
        return run.documents().at(0);
    }

    std::uint64_t releases = told("PRESSINGS_MIRROR_RELEASES", 3'000);
    std::uint64_t seed = told("PRESSINGS_MIRROR_SEED", 1);
    MultipliedReleases first{std::max<std::uint64_t>(releases / 3, 1), seed};
    MultipliedReleases second{releases, seed + 1};
    std::string mirror = folder.file("mb.mirror");
};

}  // namespace

TEST_CASE("A load that is killed at random moments ends whole, and all of it is imported") {
    const KillBench bench;
    CAPTURE(bench.seed);
    const auto took = 3 * bench.load("first", bench.folder.file("out"));
    std::mt19937_64 random{bench.seed};
    int killed = 0;
    for (int i = 0; i < k_kills; ++i) {
        Child loading{bench.command("second"), bench.folder.file("killed")};
        const auto share = std::uniform_real_distribution<>{0, 0.9}(random);
        std::this_thread::sleep_for(std::chrono::duration_cast<Milliseconds>(took * share));
        if (loading.ended()) break;
        loading.kill();
        ++killed;
        // Nobody ever sees more than the old one.
        CHECK(bench.info()["releases"]["documents"] == bench.first.size());
    }
    CHECK(killed > 0);
    bench.load("second", bench.folder.file("last"));
    CHECK_FALSE(std::filesystem::exists(bench.mirror + ".loading"));
    const Json info = bench.info();
    CHECK(info["releases"]["documents"] == bench.second.size());
    CHECK(info["release_groups"]["documents"] == bench.second.groups());
    CHECK(info["releases_without_group"] == 0);

    const std::string albums = bench.folder.file("second/albums.mbid");
    CHECK(bench.run("album-import", {"--from", albums, "-q"}).status == 0);
    CHECK(bench.run("release-worker", {"run", "-q", "--source", "mirror:" + bench.mirror}).status ==
          0);
    const auto stats = bench.run("release-catalog", {"stats", "--json"}).documents().at(0);
    CHECK(stats["releases"] == bench.second.size());
    CHECK(stats["albums_imported"] == bench.second.groups());
    std::map<std::string, std::size_t> counts;
    for (const Json& album : bench.run("release-catalog", {"albums", "--json"}).documents())
        counts[album["mbid"]] = album["release_count"];
    for (std::size_t group = 0; group < bench.second.groups(); ++group)
        CHECK(counts[bench.second.group_mbid(group)] == bench.second.releases_of(group));
}

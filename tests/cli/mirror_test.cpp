// musicbrainz-mirror as its users meet it, and an import from what it made.
#include <csignal>
#include <filesystem>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/dump_files.hpp"
#include "support/eventually.hpp"
#include "support/genuine_documents.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr const char* k_tool = "musicbrainz-mirror";

/// A mirror of the genuine releases.
struct MirroredBench : ToolBench {
    MirroredBench() {
        DumpForm of_groups;
        of_groups.kind = "release-group";
        write_dump(folder.file("release.tar.xz"), genuine_releases());
        write_dump(folder.file("release-group.tar.xz"), genuine_groups(), of_groups);
        environment["PRESSINGS_MIRROR"] = folder.file("mb.mirror");
    }
    ToolRun load(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"load", folder.file("release.tar.xz"),
                                           folder.file("release-group.tar.xz")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(k_tool, arguments);
    }
};

std::string catalogue_of(const ToolBench& bench, const std::string& mbid) {
    auto album = bench.run("release-catalog", {"album", mbid, "--json"}).documents().at(0);
    for (const char* key : {"album_id", "created_at", "imported_at"})
        album.erase(key);
    for (Json& release : album["releases"]) {
        for (const char* key : {"release_id", "album_id", "created_at", "updated_at"})
            release.erase(key);
    }
    return album.dump();
}

}  // namespace

TEST_CASE("load says what it took, info what is there; both as JSON that keeps to its schema") {
    const MirroredBench bench;
    const auto loaded = bench.load({"--json"});
    check_quiet(loaded);
    REQUIRE(loaded.documents().size() == 2);
    for (const Json& dump : loaded.documents())
        check_schema("loaded-dump", dump);
    CHECK(loaded.documents()[0]["documents"] == genuine_releases().size());
    const auto info = bench.run(k_tool, {"info", "--json"});
    check_quiet(info);
    check_schema("mirror-info", info.documents().at(0));
    CHECK(info.documents().at(0)["releases"]["replication_sequence"] == 175000);
    CHECK(info.documents().at(0)["releases"]["snapshot_at"] == "2026-07-01T00:00:03.123Z");
    const auto shown = bench.run(k_tool, {"info"});
    CHECK(has(shown.out, "release groups: "));
    CHECK(has(shown.out, "packet 175000"));
    CHECK(has(bench.load().out, "release.tar.xz: "));
}

TEST_CASE("get prints what was published, and says so when there is nothing") {
    const MirroredBench bench;
    bench.load();
    const std::string release = genuine_releases().front();
    const auto found = bench.run(k_tool, {"get", Json::parse(release)["id"]});
    check_quiet(found);
    CHECK(found.out == release + "\n");
    CHECK(Json::parse(bench.run(k_tool, {"get", k_rumours}).out)["title"] == "Rumours");
    const auto missing = bench.run(k_tool, {"get", k_not_recorded});
    CHECK(missing.status == 1);
    CHECK(missing.out == "");
    CHECK(has(missing.err, k_not_recorded));
    check_refused(bench.run(k_tool, {"get", "rumours"}), 2, "not an MBID");
}

TEST_CASE("A mirror that is not there, a dump that is not, and no mirror named are told apart") {
    ToolBench bench;
    check_refused(bench.run(k_tool, {"info"}), 2, "--mirror");
    const std::string mirror = bench.folder.file("none");
    check_refused(bench.run(k_tool, {"info", "--mirror", mirror}), 3, "load --mirror");
    check_refused(bench.run(k_tool, {"load", "--mirror", mirror, "/no/such/release.tar.xz"}), 2,
                  "cannot read /no/such/release.tar.xz: No such file");
    const std::string empty = bench.folder.write("empty", "");
    check_refused(bench.run(k_tool, {"load", "--mirror", mirror, "--incremental", empty}), 3,
                  "full dump first");
    check_refused(bench.run(k_tool, {"load", "--mirror", mirror, "--allow-gap", empty}), 2,
                  "--incremental");
    check_refused(
        bench.run(k_tool, {"load", "--mirror", mirror, bench.folder.write("x", "hello\n")}), 3,
        "line 1");
    CHECK_FALSE(std::filesystem::exists(mirror));
    bench.run("album-import", {k_rumours});
    check_refused(bench.run("release-worker", {"run", "--source", "mirror:" + mirror}), 3, "none");
}

TEST_CASE("A dump comes through a pipe") {
    const MirroredBench bench;
    const auto run = bench.run(k_tool, {"load", "-"}, bench.folder.read("release.tar.xz"));
    check_quiet(run);
    CHECK(Json::parse(bench.run(k_tool, {"info", "--json"}).out)["releases"]["documents"] ==
          genuine_releases().size());
}

TEST_CASE("The worker imports from a mirror what it imports from recorded answers") {
    const MirroredBench mirrored;
    mirrored.load();
    const ToolBench recorded;
    import_recorded(recorded);
    REQUIRE(mirrored.run("album-import", {"--from", "-"}, recorded_batch()).status == 0);
    const auto run = mirrored.run(
        "release-worker", {"run", "--source", "mirror:" + mirrored.folder.file("mb.mirror")});
    CHECK(run.status == 0);
    for (const std::string& mbid : recorded_mbids())
        CHECK(catalogue_of(mirrored, mbid) == catalogue_of(recorded, mbid));
}

TEST_CASE("An album told by artist and title, and a discography, are found in a mirror") {
    const MirroredBench bench;
    bench.load();
    bench.run("album-import", {"--artist", "Radiohead", "--title", "In Rainbows"});
    bench.run("album-import", {"--artist", "Nobody", "--title", "Nothing"});
    const auto run = bench.run("release-worker", {"run", "--json", "--source",
                                                  "mirror:" + bench.folder.file("mb.mirror")});
    CHECK(run.status == 1);
    CHECK(has(run.out, "\"not_found\""));
    const auto album = bench.run("release-catalog", {"album", k_in_rainbows, "--json"});
    CHECK(album.documents().at(0)["releases"].size() == 3);
    bench.run("album-import", {"--discography", "a74b1b7f-71a5-4011-9441-d0b5e4122711"});
    bench.run("release-worker", {"run", "--source", "mirror:" + bench.folder.file("mb.mirror")});
    CHECK(bench.run("release-catalog", {"albums", "--artist", "Radiohead", "--json"})
              .documents()
              .size() >= 2);
}

TEST_CASE("The worker imports through a mirror that is served, and SIGTERM ends it in peace") {
    const MirroredBench mirrored;
    mirrored.load();
    const std::string out = mirrored.folder.file("served");
    Child serving{{std::string{PRESSINGS_BIN_DIR} + "/musicbrainz-mirror", "serve", "--json",
                   "--mirror", mirrored.folder.file("mb.mirror"), "--listen", "127.0.0.1:0"},
                  out};
    REQUIRE(eventually([&] { return has(mirrored.folder.read("served"), "\n"); }));
    const Json answer = Json::parse(mirrored.folder.read("served"));
    check_schema("mirror-serving", answer);
    const ToolBench recorded;
    import_recorded(recorded);
    REQUIRE(mirrored.run("album-import", {"--from", "-"}, recorded_batch()).status == 0);
    mirrored.run("album-import", {"--artist", "BEYONCÉ", "--title", "Beyoncé"});
    const auto run =
        mirrored.run("release-worker", {"run", "--source", answer["root"].get<std::string>()});
    CHECK(run.status == 0);
    for (const std::string& mbid : recorded_mbids())
        CHECK(catalogue_of(mirrored, mbid) == catalogue_of(recorded, mbid));
    serving.signal(SIGTERM);
    CHECK(serving.wait() == 0);
    CHECK(serving.error_output() == "");
}

// What users tell of albums that are in the catalogue already.
#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// Runs a batch of these lines; what became of each.
std::vector<Json> import(const ToolBench& bench, const std::string& lines,
                         std::vector<std::string> options = {}) {
    options.insert(options.end(), {"--from", "-", "--json"});
    const auto run = bench.run("album-import", options, lines);
    CHECK_MESSAGE(run.status == 0, run.err);
    for (const Json& result : run.documents()) {
        for (const std::string& fault : schema_faults("import-result", result))
            FAIL_CHECK(fault);
    }
    return run.documents();
}

std::string line(const Json& record) {
    return record.dump() + "\n";
}

Json only_album(const ToolBench& bench) {
    const auto run = bench.run("release-catalog", {"albums", "--json"});
    REQUIRE(run.documents().size() == 1);
    return run.documents()[0];
}

}  // namespace

TEST_CASE("A line that tells an album otherwise is an update, and says of what") {
    ToolBench bench;
    const std::string first = line({{"mbid", k_rumours}, {"title", "Rumors"}, {"year", 1976}});
    CHECK(import(bench, first)[0]["status"] == "created");
    CHECK(import(bench, first)[0]["status"] == "exists");
    const auto again =
        import(bench, line({{"mbid", k_rumours}, {"title", "Rumours"}, {"primary_type", "Album"}}));
    CHECK(again[0]["status"] == "updated");
    CHECK(again[0]["updated"] == Json::array({"title", "primary_type"}));
    const Json album = only_album(bench);
    CHECK(album["title"] == "Rumours");
    CHECK(album["first_release_date"] == "1976");
    CHECK(album["primary_type"] == "Album");
    CHECK(album["told"].is_null());
}

TEST_CASE("A dry run says what would be updated, and updates nothing") {
    ToolBench bench;
    import(bench, line({{"mbid", k_rumours}, { "title", "Rumors" }}));
    const std::string news = line({{"mbid", k_rumours}, {"title", "Rumours"}});
    CHECK(import(bench, news, {"--dry-run"})[0]["updated"] == Json::array({"title"}));
    CHECK(only_album(bench)["title"] == "Rumors");
    CHECK(bench.run("album-import", {"--from", "-"}, news).err.find("updated 1") !=
          std::string::npos);
}

TEST_CASE("What MusicBrainz says wins over what a user guessed, and the guess is kept") {
    ToolBench bench;
    import(bench, line({{"mbid", k_rumours}, {"title", "Rumors"}, { "artist", "Fleetwood Mac" }}));
    bench.run("release-worker", {"run", "--source", k_source});
    CHECK(only_album(bench)["title"] == "Rumours");
    CHECK(only_album(bench)["told"]["title"] == "Rumors");
    CHECK(only_album(bench)["told"]["artist"].is_null());
    for (const std::string& fault : schema_faults("album", only_album(bench)))
        FAIL_CHECK(fault);
    // The same guess again, or what MusicBrainz says, is no news; another guess is.
    CHECK(import(bench, line({{"mbid", k_rumours}, {"title", "Rumors"}}))[0]["status"] == "exists");
    const auto other = import(bench, line({{"mbid", k_rumours}, {"title", "Rumo(u)rs"}}));
    CHECK(other[0]["updated"] == Json::array({"title"}));
    CHECK(only_album(bench)["title"] == "Rumours");
    CHECK(only_album(bench)["told"]["title"] == "Rumo(u)rs");
    bench.run("album-import", {"--refresh", "--all"});
    bench.run("release-worker", {"run", "--source", k_source});
    CHECK(only_album(bench)["told"]["title"] == "Rumo(u)rs");
    CHECK(bench.run("release-catalog", {"changes", "--json"}).out.empty());
}

TEST_CASE("What MusicBrainz knows more exactly is not told otherwise") {
    ToolBench bench;
    import(bench, std::string{k_rumours} + "\n");
    bench.run("release-worker", {"run", "--source", k_source});
    const Json album = only_album(bench);
    const std::string year = album["first_release_date"].get<std::string>().substr(0, 4);
    const std::string same = line({{"mbid", k_rumours},
                                   {"title", album["title"]},
                                   {"artist", album["artist"]},
                                   {"year", std::stoi(year)},
                                   {"primary_type", "album"},
                                   {"secondary_types", album["secondary_types"]}});
    const auto result = import(bench, same);
    CHECK(result[0]["status"] == "exists");
    CHECK_FALSE(result[0].contains("updated"));
}

TEST_CASE("A waiting job goes where it is told later, and stays where nothing is told") {
    ToolBench bench;
    import(bench, std::string{k_rumours} + "\n", {"--priority", "3"});
    const auto job = [&] { return bench.run("release-worker", {"jobs", "--json"}).documents()[0]; };
    CHECK(import(bench, std::string{k_rumours} + "\n")[0]["status"] == "exists");
    CHECK(job()["priority"] == 3);
    const auto moved =
        import(bench, line({{"mbid", k_rumours}, {"priority", 9}, {"queue", "urgent"}}));
    CHECK(moved[0]["updated"] == Json::array({"queue", "priority"}));
    CHECK(job()["priority"] == 9);
    CHECK(job()["queue"] == "urgent");
    CHECK(bench.run("release-worker", {"check"}).status == 0);
    const auto status = bench.run("release-worker", {"status", "--json"}).documents()[0];
    CHECK(status["jobs"]["pending"] == 1);
}

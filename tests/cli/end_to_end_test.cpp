// The main job with the real tools, as a user types it.
#include <doctest/doctest.h>

#include "support/json_schema.hpp"
#include "support/new_catalogue.hpp"
#include "support/tool.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_recorded = std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/recorded";
const std::string k_source = "file:" + k_recorded;
constexpr const char* k_in_rainbows = "6e335887-60ba-38f0-95af-fae7774336bf";
constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";
constexpr const char* k_nothing = "00000000-1111-2222-3333-444444444444";

std::string every_recorded_mbid() {
    std::string list;
    for (const auto& entry : std::filesystem::directory_iterator{k_recorded}) {
        list += entry.path().stem().string() + "\n";
    }
    return list;
}

void check_schema(const std::string& name, const ToolRun& run) {
    CAPTURE(name);
    const auto documents = run.documents();
    CHECK_FALSE(documents.empty());
    for (const Json& document : documents) {
        const std::string schema =
            name == "attempt-result" && document.contains("summary") ? "run-summary" : name;
        for (const std::string& fault : schema_faults(schema, document))
            FAIL_CHECK(fault);
    }
}

}  // namespace

TEST_CASE("Albums go in, the worker runs, every release is there") {
    ToolBench bench;
    const auto imported =
        bench.run("album-import", {"--from", "-", "--json"}, every_recorded_mbid());
    CHECK(imported.status == 0);
    CHECK(imported.err.find("created 31, exists 0, rejected 0") != std::string::npos);
    const auto worked = bench.run("release-worker", {"run", "--source", k_source, "--json"});
    CHECK(worked.status == 0);
    const Json summary = worked.documents().back()["summary"];
    CHECK(summary["done"] == 31);
    CHECK(summary["remaining"] == 0);
    CHECK(summary["releases"] == 41);
    const auto albums = bench.run("release-catalog", {"albums", "--json"});
    CHECK(albums.documents().size() == 31);
    for (const Json& album : albums.documents())
        CHECK(album["release_count"] > 0);
    CHECK(albums.err.empty());
    CHECK(bench.run("release-worker", {"check"}).out.starts_with("ok "));
}

TEST_CASE("The same albums and the worker a second time create nothing, and say so") {
    ToolBench bench;
    const std::vector<std::string> import{"--json", k_in_rainbows, k_rumours};
    const std::vector<std::string> work{"run", "--source", k_source, "--json"};
    bench.run("album-import", import);
    bench.run("release-worker", work);
    for (const Json& album : bench.run("album-import", import).documents()) {
        CHECK(album["status"] == "exists");
    }
    CHECK(bench.run("release-worker", work).documents().back()["summary"]["done"] == 0);
    bench.run("album-import", {"--refresh", "--all"});
    const auto again = bench.run("release-worker", work);
    CHECK(again.documents().size() == 3);
    for (const Json& attempt : again.documents()) {
        if (attempt.contains("summary")) continue;
        CHECK(attempt["releases"]["created"] == 0);
        CHECK(attempt["releases"]["updated"] == 0);
        CHECK(attempt["releases"]["unchanged"] == 3);
    }
}

TEST_CASE("Every document is as its schema says" * of_file()) {
    ToolBench bench;
    const std::string batch = every_recorded_mbid() + k_nothing + "\nnonsense\n";
    const std::string rejects = bench.folder.file("rejects");
    check_schema("import-result",
                 bench.run("album-import", {"--from", "-", "--json", "--rejects", rejects}, batch));
    for (const auto& fault : schema_faults("reject", Json::parse(bench.folder.read("rejects")))) {
        FAIL_CHECK(fault);
    }
    check_schema("status", bench.run("release-worker", {"status", "--json"}));
    check_schema("attempt-result",
                 bench.run("release-worker", {"run", "--source", k_source, "--json"}));
    check_schema("status", bench.run("release-worker", {"status", "--json"}));
    check_schema("job", bench.run("release-worker", {"jobs", "--json"}));
    check_schema("job", bench.run("release-worker", {"show", "32", "--json"}));
    check_schema("steered", bench.run("release-worker", {"retry", "32", "1", "--json"}));
    check_schema("steered", bench.run("release-worker", {"cancel", "--all", "--json"}));
    check_schema("retry-explanation", bench.run("release-worker", {"explain-retry", "--json"}));
    check_schema("check", bench.run("release-worker", {"check", "--json"}));
    check_schema("upkeep", bench.run("release-worker", {"pause", "--json"}));
    check_schema("upkeep", bench.run("release-worker", {"resume", "--json"}));
    check_schema("upkeep", bench.run("release-worker", {"refresh", "--all", "--json"}));
    check_schema("upkeep", bench.run("release-worker", {"prune", "--older-than", "0", "--json"}));
    check_schema("upkeep",
                 bench.run("release-worker", {"backup", bench.folder.file("copy.db"), "--json"}));
    check_schema("album", bench.run("release-catalog", {"albums", "--json"}));
    check_schema("album", bench.run("release-catalog", {"album", "1", "--json"}));
    check_schema("album", bench.run("release-catalog", {"search", "rainbows", "--json"}));
    check_schema("release", bench.run("release-catalog", {"releases", "--json", "--tracks"}));
    check_schema("stats", bench.run("release-catalog", {"stats", "--json"}));
}

TEST_CASE("An album that the source does not know fails at once, and says why") {
    ToolBench bench;
    bench.run("album-import", {k_nothing, k_rumours});
    const auto worked = bench.run("release-worker", {"run", "--source", k_source, "--json"});
    CHECK(worked.status == 1);
    CHECK(worked.err.find("not_found") != std::string::npos);
    const Json job = bench.run("release-worker", {"show", "1", "--json"}).documents().at(0);
    CHECK(job["state"] == "failed");
    CHECK(job["error"]["code"] == "not_found");
    CHECK(job["attempt_log"].size() == 1);
    CHECK(bench.run("release-worker", {"retry", "--all-failed"}).status == 0);
    CHECK(bench.run("release-worker", {"status", "--json"}).documents()[0]["due"] == 1);
}

TEST_CASE("An album by name that this source cannot find is settled by its MBID") {
    ToolBench bench;
    bench.run("album-import", {"--artist", "Radiohead", "--title", "In Rainbows"});
    CHECK(bench.run("release-worker", {"run", "--source", k_source}).status == 1);
    const auto settled =
        bench.run("album-import", {"--album", "1", "--mbid", k_in_rainbows, "--json"});
    CHECK(settled.status == 0);
    CHECK(settled.documents()[0]["status"] == "refreshed");
    CHECK(bench.run("release-worker", {"run", "--source", k_source}).status == 0);
    const Json album =
        bench.run("release-catalog", {"album", k_in_rainbows, "--json"}).documents()[0];
    CHECK(album["releases"].size() == 3);
}

TEST_CASE("Releases are filtered by format, country, status and label") {
    ToolBench bench;
    bench.run("album-import", {"--from", "-"}, every_recorded_mbid());
    bench.run("release-worker", {"run", "--source", k_source});
    const auto found = [&](std::vector<std::string> filter) {
        filter.insert(filter.begin(), {"releases", "--json"});
        return bench.run("release-catalog", filter).documents();
    };
    CHECK(found({}).size() == 41);
    CHECK(found({"--format", "vinyl"}).size() == 9);
    for (const Json& release : found({"--format", "vinyl"}))
        CHECK(release["format"] == "vinyl");
    CHECK(found({"--country", "jp"}).size() == 2);
    CHECK(found({"--status", "bootleg"}).size() == 1);
    CHECK(found({"--label", "xl recordings"}).size() == 1);
    CHECK(found({"--album", k_in_rainbows}).size() == 3);
}

TEST_CASE("A worker that finds nothing due writes nothing and is done") {
    ToolBench bench;
    const auto worked = bench.run("release-worker", {"run", "--source", k_source});
    CHECK(worked.status == 0);
    CHECK(worked.err.empty());
    CHECK(worked.out.find("done 0") == 0);
}

TEST_CASE("The status for Prometheus is written as a whole file") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    const std::string file = bench.folder.file("pressings.prom");
    CHECK(bench.run("release-worker", {"status", "--prometheus", "--output", file}).status == 0);
    const std::string text = bench.folder.read("pressings.prom");
    CHECK(text.find("pressings_jobs{state=\"pending\",queue=\"default\"} 1\n") !=
          std::string::npos);
    CHECK(text.find("# TYPE pressings_jobs_due gauge\n") != std::string::npos);
}

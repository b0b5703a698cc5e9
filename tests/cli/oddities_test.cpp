// Releases with a value that cannot be read, as users of the tools meet them.
#include <filesystem>

#include <sqlite3.h>

#include "cli/recorded_albums.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr std::size_t k_odd = 1;

/// Rumours: three releases. The status of one is an object that wants to clear the screen.
Json odd_answer() {
    Json answer = recorded_answer(k_rumours);
    answer["releases"][k_odd]["status"] = {{"name", "\x1b[2J\xc2\x9b"}};
    return answer;
}

std::string odd_mbid() {
    return recorded_answer(k_rumours)["releases"][k_odd]["id"];
}

/// A bench with a web service whose answer about Rumours is odd; the album is put in.
struct OddBench : ToolBench {
    OddBench() {
        server.add_folder(k_recorded);
        run("album-import", {k_rumours});
    }

    void make_odd() {
        server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
            if (!has(request.target, "release-group=")) return std::nullopt;
            return Fault{.body = odd_answer().dump()};
        });
    }

    ToolRun work(std::vector<std::string> options = {}) {
        std::vector<std::string> arguments{"run", "--source", server.root(), "--rate", "1000"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return run("release-worker", arguments);
    }

    Json status() { return run("release-worker", {"status", "--json"}).documents().front(); }

    Json album() {
        return run("release-catalog", {"album", k_rumours, "--json"}).documents().front();
    }

    MusicBrainzServer server;
};

bool is_safe(const std::string& text) {
    return !has(text, "\x1b") && !has(text, "\xc2\x9b");
}

}  // namespace

TEST_CASE("An odd release is kept back with a warning, its job is done, and the others are there") {
    OddBench bench;
    bench.make_odd();
    const auto worked = bench.work({"--json"});
    CHECK(worked.status == 0);
    const auto documents = worked.documents();
    REQUIRE(documents.size() == 2);
    check_schema("attempt-result", documents[0]);
    check_schema("run-summary", documents[1]);
    CHECK(documents[0]["state"] == "done");
    CHECK(documents[0]["oddities"] == 1);
    CHECK(documents[0]["releases"]["created"] == 2);
    CHECK(documents[1]["summary"]["oddities"] == 1);
    CHECK(has(worked.err, "warning: job 1, album 1: kept back: release " + odd_mbid() +
                              ": status is not a string"));
    CHECK(is_safe(worked.err));
    const Json album = bench.album();
    check_schema("album", album);
    CHECK(album["releases"].size() == 2);
    CHECK(album["oddities"][0]["release_mbid"] == odd_mbid());
}

TEST_CASE("What was kept back is listed wherever one looks, and is safe to look at") {
    OddBench bench;
    bench.make_odd();
    const auto worked = bench.work();
    CHECK(has(worked.out, "kept back 1"));

    const auto listed = bench.run("release-catalog", {"oddities", "--json"});
    check_quiet(listed);
    const Json oddity = listed.documents().front();
    check_schema("oddity", oddity);
    CHECK(oddity["album_mbid"] == k_rumours);
    CHECK(oddity["album_title"] == "Rumours");
    CHECK(oddity["release_mbid"] == odd_mbid());
    CHECK(oddity["release_title"].is_null());
    CHECK(oddity["field"] == "status");
    CHECK(oddity["problem"] == "is not a string");
    CHECK(has(oddity["value"], R"({"name":"\u001b[2J)"));

    const Json job = bench.run("release-worker", {"show", "1", "--json"}).documents().front();
    check_schema("job", job);
    CHECK(job["oddities"][0] == oddity);
    const Json status = bench.status();
    check_schema("status", status);
    CHECK(status["oddities"] == 1);
    CHECK(has(bench.run("release-worker", {"status", "--prometheus"}).out, "pressings_oddities 1"));
    CHECK(has(bench.run("release-worker", {"status"}).out, "oddities: 1"));

    for (const auto& [tool, arguments] :
         {std::pair{"release-catalog", std::vector<std::string>{"oddities"}},
          std::pair{"release-catalog", std::vector<std::string>{"oddities", "--album", k_rumours}},
          std::pair{"release-catalog", std::vector<std::string>{"album", k_rumours}},
          std::pair{"release-worker", std::vector<std::string>{"show", "1"}}}) {
        const auto shown = bench.run(tool, arguments);
        check_quiet(shown);
        CHECK(has(shown.out, "release " + odd_mbid() + ": status is not a string"));
        CHECK(is_safe(shown.out));
    }
    bench.run("album-import", {k_in_rainbows, "--no-releases"});
    CHECK(bench.run("release-catalog", {"oddities", "--album", k_in_rainbows}).out == "");
    CHECK(bench.run("release-worker", {"check"}).status == 0);
}

TEST_CASE("A release that has become odd stays as it was, and comes to be again when it is not") {
    OddBench bench;
    CHECK(bench.work().status == 0);
    const Json before = bench.album();
    bench.make_odd();
    bench.run("album-import", {"--refresh", k_rumours});
    const auto asked = bench.server.requests().size();
    CHECK(bench.work().status == 0);
    CHECK(bench.server.requests().size() == asked + 1);
    CHECK(bench.album()["releases"] == before["releases"]);
    CHECK(has(bench.run("release-catalog", {"oddities"}).out, "the catalogue has it as it was"));
    CHECK(bench.run("release-catalog", {"changes"}).out == "");

    bench.server.set_script({});
    bench.run("album-import", {"--refresh", k_rumours});
    CHECK(bench.work().status == 0);
    CHECK(bench.album()["releases"] == before["releases"]);
    CHECK(bench.run("release-catalog", {"oddities"}).out == "");
    CHECK(bench.status()["oddities"] == 0);
}

TEST_CASE("With --strict an odd release fails its album's job, and the job says where") {
    OddBench bench;
    bench.make_odd();
    const auto worked = bench.work({"--strict", "--json"});
    CHECK(worked.status == 1);
    const Json attempt = worked.documents().front();
    CHECK(attempt["state"] == "failed");
    CHECK(attempt["error"]["code"] == "odd_release");
    CHECK(has(attempt["error"]["message"], "release " + odd_mbid() + ": status is not a string"));
    CHECK(bench.album()["releases"].empty());
    CHECK(bench.status()["oddities"] == 0);
}

TEST_CASE("Newer tools ask again by themselves for what older ones could not read") {
    OddBench bench;
    bench.make_odd();
    bench.work();
    const auto asked = bench.server.requests().size();
    bench.work();
    CHECK(bench.server.requests().size() == asked);
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(bench.environment.at("PRESSINGS_DB").c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, "UPDATE oddities SET reader = 0", nullptr, nullptr, nullptr) ==
          SQLITE_OK);
    sqlite3_close(database);
    bench.server.set_script({});
    CHECK(bench.run("release-worker", {"run", "--dry-run"}).status == 0);
    CHECK(bench.status()["jobs"]["pending"] == 0);
    const auto again = bench.work({"--json"});
    CHECK(again.status == 0);
    REQUIRE(again.documents().size() == 2);
    CHECK(again.documents()[0]["releases"]["created"] == 1);
    CHECK(bench.status()["oddities"] == 0);
    CHECK(bench.album()["releases"].size() == 3);
}

TEST_CASE("Recorded answers and mirrors keep odd releases back likewise") {
    OddBench bench;
    std::filesystem::create_directory(bench.folder.file("recorded"));
    bench.folder.write(std::string{"recorded/"} + k_rumours + ".json", odd_answer().dump());
    std::vector<std::string> documents;
    const Json answer = odd_answer();
    for (const Json& release : answer["releases"])
        documents.push_back(release.dump());
    const std::string dump = write_dump(bench.folder.file("release.tar.xz"), documents);
    const std::string mirror = bench.folder.file("mirror.db");
    const auto loaded = bench.run("musicbrainz-mirror", {"load", "--mirror", mirror, dump});
    CAPTURE(loaded.err);
    CHECK(loaded.status == 0);
    for (const std::string& source :
         {"file:" + bench.folder.file("recorded"), "mirror:" + mirror}) {
        CAPTURE(source);
        bench.run("album-import", {"--refresh", k_rumours});
        CHECK(bench.run("release-worker", {"run", "--source", source}).status == 0);
        CHECK(bench.album()["releases"].size() == 2);
        CHECK(bench.album()["oddities"][0]["release_mbid"] == odd_mbid());
    }
}

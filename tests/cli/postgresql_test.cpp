// What is PostgreSQL's alone, with real servers: one that crashes, sessions that are cut,
// passwords.
#include <csignal>
#include <filesystem>
#include <memory>
#include <random>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/new_catalogue.hpp"
#include "support/postgresql_database.hpp"
#include "support/postgresql_server.hpp"
#include "support/transaction_pooler.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// A server of its own, with every recorded album in it, to be imported from a real service.
struct Site {
    Site() {
        service.add_folder(k_recorded);
        PlainSession{server.uri("postgres")}.run("CREATE DATABASE music");
        bench.environment["PRESSINGS_DB"] = server.uri("music");
        REQUIRE(bench.run("album-import", {"--from", "-"}, recorded_batch()).status == 0);
    }

    std::unique_ptr<Child> worker(const std::vector<std::string>& options = {}) const {
        std::vector<std::string> words{std::string{PRESSINGS_BIN_DIR} + "/release-worker",
                                       "run",
                                       "--db",
                                       bench.database(),
                                       "--source",
                                       service.root(),
                                       "--rate",
                                       "40"};
        words.insert(words.end(), options.begin(), options.end());
        return std::make_unique<Child>(words);
    }
    Json status() const {
        return bench.run("release-worker", {"status", "--json"}).documents().at(0);
    }
    int done() const { return status()["jobs"]["done"]; }
    void cut_sessions() const {
        PlainSession{server.uri("postgres")}.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'music'");
    }
    void finish() const {
        CHECK(eventually([&] { return worker()->wait() == 0 && status()["due"] == 0; }));
    }
    void check_whole() const {
        const Json jobs = status()["jobs"];
        CHECK(jobs["done"] == recorded_mbids().size());
        CHECK(jobs["failed"] == 0);
        CHECK(bench.run("release-worker", {"check"}).out.starts_with("ok "));
        CHECK(bench.run("release-catalog", {"stats", "--json"}).documents()[0]["releases"] == 41);
    }
    std::string attempts(const std::string& outcome) const {
        return PlainSession{server.uri("music")}.run(
            "SELECT count(*) FROM pressings.attempts WHERE outcome = '" + outcome + "'");
    }

    PostgresqlServer server;
    MusicBrainzServer service;
    ToolBench bench;
};

}  // namespace

TEST_CASE("A server that crashes under its workers is waited for, and no job is to blame" *
          of_server()) {
    Site site;
    auto first = site.worker();
    auto second = site.worker();
    for (const int jobs : {3, 10}) {
        REQUIRE(eventually([&] { return site.done() >= jobs; }));
        site.server.crash();
        site.server.start();
    }
    for (const auto& worker : {first.get(), second.get()}) {
        const int status = worker->wait();
        CAPTURE(worker->error_output());
        CHECK(status == 0);
    }
    site.finish();
    site.check_whole();
    CHECK(site.attempts("crashed") == "0");
    CHECK(site.attempts("killed") == "0");
}

TEST_CASE("Sessions that are cut again and again lose nothing and double nothing" * of_server()) {
    Site site;
    auto worker = site.worker();
    for (int cuts = 0; cuts < 30 && !worker->ended(); ++cuts) {
        site.cut_sessions();
        const int done = site.done();
        eventually([&] { return worker->ended() || site.done() > done; });
    }
    const int status = worker->wait();
    CAPTURE(worker->error_output());
    CHECK(status == 0);
    site.finish();
    site.check_whole();
}

TEST_CASE("Workers that are killed leave their jobs to the others in seconds" * of_server()) {
    Site site;
    for (int kills = 0; kills < 8; ++kills) {
        auto worker = site.worker();
        const int done = site.done();
        REQUIRE(eventually([&] { return worker->ended() || site.done() > done; }));
        worker->kill();
    }
    site.finish();
    site.check_whole();
    CHECK(site.attempts("expired") == "0");
}

TEST_CASE("Behind a pooler in transaction mode the tools do their work when they are told of it" *
          of_server()) {
    Site site;
    start_pooler(site.server.folder(), Life::ends_with_us);
    site.bench.environment["PRESSINGS_DB"] = pooled_uri(site.server.folder(), "music");
    const auto untold = site.bench.run("release-worker", {"status"});
    CHECK(untold.status == 3);
    CHECK(has(untold.err, "--db-pooler transaction"));

    site.bench.environment["PRESSINGS_DB_POOLER"] = "transaction";
    const std::string list = recorded_batch();
    const auto tried = site.bench.run("album-import", {"--from", "-", "--dry-run"}, list + list);
    CHECK(tried.status == 0);
    auto first = site.worker({"--db-pooler", "transaction"});
    auto second = site.worker({"--db-pooler", "transaction"});
    for (const int jobs : {3, 10}) {
        REQUIRE(eventually([&] { return site.done() >= jobs; }));
        site.cut_sessions();
    }
    for (const auto& worker : {first.get(), second.get()}) {
        const int status = worker->wait();
        CAPTURE(worker->error_output());
        CHECK(status == 0);
    }
    site.check_whole();
}

TEST_CASE("Both engines have the same, whatever is read of it" * of_server()) {
    const ToolBench on_server;
    ToolBench in_file;
    in_file.environment["PRESSINGS_DB"] = in_file.folder.file("catalog.db");
    for (const ToolBench* const bench : {&on_server, const_cast<const ToolBench*>(&in_file)})
        import_recorded(*bench);
    for (const char* const what : {"albums", "releases", "tracks"}) {
        CAPTURE(what);
        CHECK(objects(on_server, what) == objects(in_file, what));
    }
    for (const std::vector<std::string>& question : std::vector<std::vector<std::string>>{
             {"albums", "--sort", "artist"},
             {"albums", "--sort", "title", "--reverse"},
             {"albums", "--artist", "bjork"},
             {"releases", "--format", "vinyl", "--sort", "label"},
             {"releases", "--exclude", "country=XE", "--sort", "date"},
             {"search", "ok computer"},
             {"search", "label:parlophone"},
             {"stats"},
             {"album", "1", "--tracks"},
             {"compare", "1"},
             {"pick", "--prefer", "country=GB,format=vinyl"}}) {
        CAPTURE(question);
        const auto answer = on_server.run("release-catalog", question);
        CHECK(answer.status == 0);
        const auto without_times = [](std::string text) {
            const auto at = text.find("imported 2");
            return at == std::string::npos ? text : text.erase(at, 33);
        };
        CHECK(without_times(answer.out) ==
              without_times(in_file.run("release-catalog", question).out));
    }
}

TEST_CASE("A password is in no error, no log and no setting" * of_server()) {
    ToolBench bench;
    std::string location = bench.database();
    location.replace(location.find("pressings@"), 10, "guarded:s3cret@");
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"status", "-v", "--db", location},
             {"status", "--print-config", "--db", location},
             {"show", "1", "--db", location},
             {"backup", "x.db", "--db", location},
             {"restore", "x.db", "--db", location},
             {"status", "--db", "service=none password=s3cret"}}) {
        CAPTURE(words);
        const auto run = bench.run("release-worker", words);
        CHECK_FALSE(has(run.out + run.err, "s3cret"));
    }
}

TEST_CASE("What cannot be connected to is an error of the environment, in one sentence" *
          of_server()) {
    const ToolBench bench;
    const auto refused = [&](const std::string& location, int status, const std::string& part) {
        CAPTURE(location);
        check_refused(bench.run("album-import", {"--db", location, k_rumours}), status, part);
    };
    refused("postgresql://127.0.0.1:1/music", 3, "the server cannot be reached");
    refused(test_server_uri("none_of_this_name"), 3, "there is no database of this name");
    refused(test_server_uri("postgres", "nobody_at_all"), 3, "the role is not let in");
    refused("service=none_of_this_name", 3, "none_of_this_name");
    refused("postgresql://host/db?no_such_parameter=1", 2, "--db");
}

TEST_CASE("A loop sees within a second or two what another process puts in" * of_server()) {
    const ToolBench bench;
    REQUIRE(bench.run("album-import", {k_in_rainbows}).status == 0);
    const Child loop{{std::string{PRESSINGS_BIN_DIR} + "/release-worker", "run", "--loop",
                      "--poll-interval", "10m", "--db", bench.database(), "--source", k_source}};
    const auto done = [&] {
        return bench.run("release-worker", {"status", "--json"}).documents()[0]["jobs"]["done"];
    };
    REQUIRE(eventually([&] { return done() == 1; }));
    REQUIRE(bench.run("album-import", {k_rumours}).status == 0);
    CHECK(eventually([&] { return done() == 2; }));
}

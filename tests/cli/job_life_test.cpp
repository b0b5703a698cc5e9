// What a user sees of a job that does not go well, and what can be done about it.
#include <filesystem>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// A host that takes every connection and never says a word; nobody is there once it has gone.
class SilentHost {
  public:
    SilentHost() : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        REQUIRE(::bind(m_socket, any, size) == 0);
        REQUIRE(::listen(m_socket, 16) == 0);
        REQUIRE(::getsockname(m_socket, any, &size) == 0);
        m_port = ::ntohs(address.sin_port);
    }
    ~SilentHost() { ::close(m_socket); }
    SilentHost(const SilentHost&) = delete;
    SilentHost& operator=(const SilentHost&) = delete;

    std::string source() const { return "http://127.0.0.1:" + std::to_string(m_port) + "/ws/2"; }

  private:
    int m_socket;
    int m_port = 0;
};

Json status_of(const ToolBench& bench) {
    const auto run = bench.run("release-worker", {"status", "--json"});
    check_quiet(run);
    check_schema("status", run.documents().at(0));
    return run.documents().at(0);
}

Json job_of(const ToolBench& bench, const std::string& id) {
    const auto run = bench.run("release-worker", {"show", id, "--json"});
    check_quiet(run);
    check_schema("job", run.documents().at(0));
    return run.documents().at(0);
}

}  // namespace

TEST_CASE("An album that was not recorded fails at once, with a code and the file looked for") {
    ToolBench bench;
    bench.run("album-import", {k_not_recorded, k_rumours});
    const auto worked = bench.run("release-worker", {"run", "--source", k_source});
    CHECK(worked.status == 1);
    CHECK(worked.out.find("done 1, retrying 0, failed 1, remaining 0; releases 3,") == 0);
    CHECK(has(worked.err, "job 1: not_found: no answer about release group "));
    CHECK(has(worked.err, std::string{k_not_recorded} + ".json"));
    const auto failed = bench.run("release-worker", {"jobs", "--state", "failed", "--json"});
    check_quiet(failed);
    REQUIRE(failed.documents().size() == 1);
    CHECK(failed.documents()[0]["error"]["code"] == "not_found");
    CHECK(bench.run("release-worker", {"jobs", "--code", "not_found", "--json"}).out == failed.out);
    CHECK(status_of(bench)["failed_recent"][0]["code"] == "not_found");
}

TEST_CASE("show lists every attempt of a job, for people and for programs") {
    ToolBench bench;
    bench.run("album-import", {k_not_recorded});
    bench.run("release-worker", {"run", "--source", k_source});
    bench.run("release-worker", {"retry", "1"});
    bench.run("release-worker", {"run", "--source", k_source});
    const Json job = job_of(bench, "1");
    CHECK(job["state"] == "failed");
    REQUIRE(job["attempt_log"].size() == 2);
    for (const Json& attempt : job["attempt_log"]) {
        CHECK(attempt["outcome"] == "failed");
        CHECK(attempt["error"]["code"] == "not_found");
        CHECK(attempt["releases"] == 0);
    }
    const auto text = bench.run("release-worker", {"show", "1"});
    check_quiet(text);
    CHECK(text.out.find("job 1, releases, failed\n") == 0);
    CHECK(has(text.out, "error:    not_found: "));
    std::size_t rows = 0;
    for (auto at = text.out.find(" failed "); at != std::string::npos;
         at = text.out.find(" failed ", at + 1))
        ++rows;
    CHECK(rows == 2);
}

TEST_CASE("retry makes a failed job pending with all its attempts before it, and no other job") {
    ToolBench bench;
    bench.run("album-import", {k_not_recorded, k_rumours});
    bench.run("release-worker", {"run", "--source", k_source});
    const auto dry = bench.run("release-worker", {"retry", "--all-failed", "--dry-run"});
    check_quiet(dry);
    CHECK(dry.out == "dry run: job 1: retry done\n");
    CHECK(job_of(bench, "1")["state"] == "failed");
    const auto retried = bench.run("release-worker", {"retry", "1", "--json"});
    check_quiet(retried);
    check_schema("steered", retried.documents().at(0));
    CHECK(retried.documents()[0]["state"] == "pending");
    CHECK(job_of(bench, "1")["attempts"] == 0);
    CHECK(status_of(bench)["due"] == 1);
    const auto refused = bench.run("release-worker", {"retry", "2", "77", "--json"});
    CHECK(refused.status == 1);
    REQUIRE(refused.documents().size() == 2);
    for (const Json& answer : refused.documents())
        check_schema("steered", answer);
    CHECK(has(refused.err, "job 2 is done"));
    CHECK(has(refused.err, "there is no job 77"));
    check_refused(bench.run("release-worker", {"retry"}), 2, "--all-failed");
}

TEST_CASE("An album by name that the source cannot look for fails, and says what settles it") {
    ToolBench bench;
    const auto named =
        bench.run("album-import", {"--artist", "Radiohead", "--title", "In Rainbows", "--json"});
    CHECK(named.documents().at(0)["mbid"].is_null());
    const auto worked = bench.run("release-worker", {"run", "--source", k_source});
    CHECK(worked.status == 1);
    CHECK(has(worked.err, "job 1: unsupported: "));
    CHECK(has(worked.err, "album-import --album ID --mbid MBID"));
    const auto settled =
        bench.run("album-import", {"--album", "1", "--mbid", k_in_rainbows, "--json"});
    CHECK(settled.status == 0);
    CHECK(settled.err == "album-import: created 0, exists 0, refreshed 1, rejected 0\n");
    CHECK(settled.documents().at(0)["mbid"] == k_in_rainbows);
    CHECK(job_of(bench, settled.documents()[0]["job_id"].dump())["state"] == "pending");
    CHECK(bench.run("release-worker", {"run", "--source", k_source}).status == 0);
    const auto albums = bench.run("release-catalog", {"albums", "--json"}).documents();
    REQUIRE(albums.size() == 1);
    CHECK(albums[0]["mbid"] == k_in_rainbows);
    CHECK(albums[0]["release_count"] == 3);
}

TEST_CASE("Settling an album that is not there is refused, settling one twice changes nothing") {
    ToolBench bench;
    const auto none = bench.run("album-import", {"--album", "7", "--mbid", k_rumours, "--json"});
    CHECK(none.status == 1);
    check_schema("import-result", none.documents().at(0));
    CHECK(none.documents()[0]["error"]["code"] == "no_such_album");
    CHECK(has(none.err, "there is no album 7"));
    bench.run("album-import", {"--artist", "Fleetwood Mac", "--title", "Rumours"});
    const std::vector<std::string> settle{"--album", "1", "--mbid", k_rumours, "--json"};
    const auto first = bench.run("album-import", settle).documents().at(0);
    const auto second = bench.run("album-import", settle).documents().at(0);
    CHECK(first["album_id"] == second["album_id"]);
    CHECK(first["job_id"] == second["job_id"]);
    CHECK(bench.run("release-worker", {"jobs", "--json"}).documents().size() == 1);
}

TEST_CASE("A job under way is shown with its worker, its age and its lease") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    const SilentHost host;
    Child worker{{std::string{PRESSINGS_BIN_DIR} + "/release-worker", "run", "--db",
                  bench.database(), "--source", host.source()}};
    Json status = status_of(bench);
    for (int look = 0; look < 1000 && status["running"].empty() && !worker.ended(); ++look)
        status = status_of(bench);
    REQUIRE(status["running"].size() == 1);
    CHECK(status["jobs"]["running"] == 1);
    const Json& job = status["running"][0];
    CHECK(has(job["worker"], ":" + std::to_string(worker.pid())));
    CHECK(job["age_s"] >= 0);
    CHECK(job["lease_left_s"] > 0);
    CHECK(job_of(bench, "1")["attempt_log"][0]["outcome"] == "running");
    const std::string text = bench.run("release-worker", {"status"}).out;
    const auto row = text.find("RUNNING  WORKER");
    REQUIRE(row != std::string::npos);
    const std::string cells = text.substr(text.find('\n', row) + 1);
    CHECK(cells.starts_with("      1  " + job["worker"].get<std::string>()));
}

TEST_CASE("A source that nobody answers at is an error of the environment; the job waits") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    std::string nobody;
    {
        const SilentHost host;
        nobody = host.source();
    }
    const auto run = bench.run("release-worker", {"run", "--source", nobody, "--json"});
    CHECK(run.status == 3);
    CHECK(has(run.err, "will be tried again"));
    CHECK(has(run.err, "error: the source cannot be reached"));
    const auto results = run.documents();
    REQUIRE(results.size() == 2);
    check_schema("attempt-result", results[0]);
    check_schema("run-summary", results[1]);
    CHECK(results[0]["state"] == "pending");
    CHECK(results[0]["error"]["code"] == "connect");
    CHECK(results[1]["summary"]["released"] == 1);
    CHECK(results[1]["summary"]["outage"]["code"] == "connect");
    const Json job = job_of(bench, "1");
    CHECK(job["state"] == "pending");
    CHECK(job["attempts"] == 0);
    CHECK(job["attempt_log"][0]["outcome"] == "released");
    CHECK(status_of(bench)["due"] == 0);
    check_quiet(bench.run("release-worker", {"run-now", "1"}));
    CHECK(status_of(bench)["due"] == 1);
}

TEST_CASE("A paused queue is left alone until it is resumed, a cancelled job for good") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    bench.run("album-import", {"--queue", "slow", k_in_rainbows});
    check_quiet(bench.run("release-worker", {"pause", "--queue", "slow"}));
    CHECK(status_of(bench)["paused"] == Json::array({"slow"}));
    const std::vector<std::string> work{"run", "--source", k_source, "--json"};
    CHECK(bench.run("release-worker", work).documents().back()["summary"]["done"] == 1);
    check_quiet(bench.run("release-worker", {"resume", "--queue", "slow"}));
    check_quiet(bench.run("release-worker", {"cancel", "2"}));
    CHECK(bench.run("release-worker", work).documents().back()["summary"]["done"] == 0);
    CHECK(job_of(bench, "2")["state"] == "cancelled");
}

TEST_CASE("A failed job whose album was imported later stands among the failures no more") {
    ToolBench bench;
    const std::string source = "file:" + bench.folder.path().string();
    const std::vector<std::string> work{"run", "--source", source, "-q"};
    bench.run("album-import", {k_rumours});
    CHECK(bench.run("release-worker", work).status == 1);
    CHECK(status_of(bench)["failed_recent"].size() == 1);
    std::filesystem::copy_file(k_recorded + "/" + k_rumours + ".json",
                               bench.folder.file(k_rumours + std::string{".json"}));
    bench.run("album-import", {"--refresh", k_rumours});
    CHECK(bench.run("release-worker", work).status == 0);
    const Json status = status_of(bench);
    CHECK(status["jobs"]["failed"] == 0);
    CHECK(status["jobs"]["superseded"] == 1);
    CHECK(status["failures"].empty());
    CHECK(status["failed_recent"].empty());
    const auto jobs_in = [&](const char* state) {
        return bench.run("release-worker", {"jobs", "--state", state, "--json"}).documents();
    };
    CHECK(jobs_in("failed").empty());
    CHECK(jobs_in("superseded").at(0)["job_id"] == 1);
    CHECK(job_of(bench, "1")["state"] == "superseded");
    CHECK(has(bench.run("release-worker", {"show", "1"}).out, "superseded: a later job"));
    const auto metrics = bench.run("release-worker", {"status", "--prometheus"}).out;
    CHECK(has(metrics, "state=\"superseded\""));
    CHECK(has(metrics, "pressings_failed_jobs{code=\"not_found\"} 0\n"));
    const auto retried = bench.run("release-worker", {"retry", "1"});
    CHECK(retried.status == 1);
    CHECK(has(retried.err, "a later job has imported its album"));
    check_quiet(
        bench.run("release-worker", {"prune", "--older-than", "0", "--state", "superseded"}));
    CHECK(status_of(bench)["jobs"]["superseded"] == 0);
    CHECK(status_of(bench)["jobs"]["done"] == 1);
}

TEST_CASE("Pruning deletes what has ended, once it is no dry run") {
    ToolBench bench;
    bench.run("album-import", {k_rumours, k_not_recorded});
    bench.run("release-worker", {"run", "--source", k_source});
    const auto jobs = [&] { return bench.run("release-worker", {"jobs", "--json"}).documents(); };
    const auto dry = bench.run("release-worker", {"prune", "--older-than", "0", "--dry-run"});
    check_quiet(dry);
    CHECK(dry.out == "dry run: 1 jobs deleted\n");
    CHECK(jobs().size() == 2);
    check_quiet(bench.run("release-worker", {"prune", "--older-than", "0"}));
    REQUIRE(jobs().size() == 1);
    CHECK(jobs()[0]["state"] == "failed");
}

TEST_CASE("What is done to all albums or jobs is done to more than a transaction takes") {
    constexpr int k_albums = 1'001;
    ToolBench bench;
    const std::string answers = bench.folder.file("answers");
    std::string batch;
    for (int n = 1; n <= k_albums; ++n) {
        const auto mbid = fmt::format("00000000-0000-4000-8000-{:012}", n);
        const Json release{
            {"id", mbid}, {"title", "A"}, {"release-group", {{"id", mbid}, {"title", "A"}}}};
        const Json page{
            {"release-count", 1}, {"release-offset", 0}, {"releases", Json::array({release})}};
        bench.folder.write("answers/" + mbid + ".json", page.dump());
        batch += mbid + "\n";
    }
    bench.run("album-import", {"--from", "-", "-q"}, batch);
    CHECK(bench.run("release-worker", {"run", "--source", "file:" + answers, "-q"}).status == 0);
    CHECK(bench.run("release-worker", {"refresh", "--all", "--json"}).documents()[0]["refreshed"] ==
          k_albums);
    CHECK(bench.run("release-worker", {"cancel", "--all", "--json"}).documents().size() ==
          k_albums);
    const auto pruned = bench.run("release-worker", {"prune", "--older-than", "0", "--json"});
    CHECK(pruned.documents()[0]["pruned"] == 2 * k_albums);
}

// Each fault of a server, and the job's state afterwards.
#include <map>

#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

struct Row {
    std::string name;
    Fault fault;
    std::string state;  ///< of the job afterwards
    std::string code;
    int attempts;
};

/// Genuine answers, but of another group.
Fault releases_of_another_group() {
    return status_fault(200, recorded_answer(k_in_rainbows).dump());
}

Fault fewer_releases_than_counted() {
    return status_fault(200, R"({"release-count": 5, "release-offset": 0, "releases": []})");
}

/// `album` gets the ring of redirects.
std::vector<Row> table(const std::string& root, const std::string& album) {
    return {
        {"400", status_fault(400), "failed", "bad_request", 1},
        {"401", status_fault(401), "pending", "forbidden", 1},
        {"404", status_fault(404), "failed", "not_found", 1},
        {"408", status_fault(408), "pending", "http_408", 1},
        {"410", status_fault(410), "failed", "not_found", 1},
        {"418", status_fault(418), "failed", "http_418", 1},
        {"500", status_fault(500), "pending", "http_500", 1},
        {"502", status_fault(502, "<html>Bad Gateway"), "pending", "http_502", 1},
        {"504", status_fault(504), "pending", "http_504", 1},
        {"redirects in a ring", redirect_to(root + "/release?release-group=" + album), "pending",
         "too_many_redirects", 1},
        {"HTML", html_page(), "pending", "not_json", 1},
        {"JSON that is none", garbage(), "failed", "bad_answer", 1},
        {"truncated", cut_off(), "pending", "cut_off", 1},
        {"a byte now and then", trickled(50), "pending", "timeout", 1},
        {"no answer", delayed(60'000), "pending", "timeout", 1},
        {"gigabytes", never_ending(), "failed", "too_large", 1},
        {"another group's releases", releases_of_another_group(), "pending", "wrong_group", 1},
        {"fewer than counted", fewer_releases_than_counted(), "pending", "incomplete", 1},
    };
}

}  // namespace

TEST_CASE(
    "Each fault of a server ends in the state that the fault table says, and costs no other") {
    MusicBrainzServer server;
    server.add_folder(k_recorded);
    auto albums = recorded_mbids();
    std::erase(albums, k_in_rainbows);
    constexpr std::size_t k_ring = 9;
    const auto rows = table(server.root(), albums[k_ring]);
    REQUIRE(rows[k_ring].code == "too_many_redirects");
    REQUIRE(albums.size() > rows.size());
    std::map<std::string, Fault> faults;
    for (std::size_t i = 0; i < rows.size(); ++i)
        faults[albums[i]] = rows[i].fault;
    server.set_script([faults](const LoggedRequest& request) -> std::optional<Fault> {
        if (!has(request.target, "/release?")) return std::nullopt;
        for (const auto& [album, fault] : faults) {
            if (has(request.target, album)) return fault;
        }
        return std::nullopt;
    });
    ToolBench bench;
    std::string batch;
    for (const std::string& album : albums)
        batch += album + "\n";
    REQUIRE(bench.run("album-import", {"--from", "-"}, batch).status == 0);
    const auto run =
        bench.run("release-worker", {"run", "--source", server.root(), "--timeout", "2s",
                                     "--concurrency", "32", "--rate", "500", "-q"});
    CHECK(run.status == 1);
    for (std::size_t i = 0; i < albums.size(); ++i) {
        const Json job = bench.run("release-worker", {"show", std::to_string(i + 1), "--json"})
                             .documents()
                             .at(0);
        if (i >= rows.size()) {
            CHECK(job["state"] == "done");
            continue;
        }
        CAPTURE(rows[i].name);
        CHECK(job["state"] == rows[i].state);
        CHECK(job["error"]["code"] == rows[i].code);
        CHECK(job["attempts"] == rows[i].attempts);
    }
    CHECK(bench.run("release-worker", {"check"}).status == 0);
}

TEST_CASE(
    "A server that is busy for long spends no attempt, and the job waits as long as it says") {
    for (const int status : {429, 503}) {
        CAPTURE(status);
        MusicBrainzServer server;
        Fault busy = status_fault(status);
        busy.headers = {{"Retry-After", "600"}};
        server.set_script([busy](const LoggedRequest&) { return busy; });
        ToolBench bench;
        bench.run("album-import", {k_rumours, k_in_rainbows});
        const auto run = bench.run("release-worker",
                                   {"run", "--source", server.root(), "-q", "--max-jobs", "1"});
        CHECK(run.status == 1);  // it will be tried again
        const Json job = bench.run("release-worker", {"show", "1", "--json"}).documents().at(0);
        CHECK(job["state"] == "pending");
        CHECK(job["attempts"] == 0);
        CHECK(job["error"]["code"] == "throttled");
        const Json seen = bench.run("release-worker", {"status", "--json"}).documents().at(0);
        CHECK(seen["due"] == 1);  // the other
        REQUIRE(seen["throttling"].size() == 1);
        CHECK(seen["throttling"][0]["left_s"] > 500);
        CHECK(seen["recent"]["throttled"] == 1);
    }
}

TEST_CASE("A host that does not exist, a port where nobody listens: the surroundings failed") {
    for (const auto& [source, code] : {std::pair{"http://no-such-host.invalid/ws/2", "dns"},
                                       std::pair{"http://127.0.0.1:9/ws/2", "connect"}}) {
        CAPTURE(source);
        ToolBench bench;
        bench.run("album-import", {k_rumours});
        CHECK(bench.run("release-worker", {"run", "--source", source, "-q"}).status == 3);
        const Json job = bench.run("release-worker", {"show", "1", "--json"}).documents().at(0);
        CHECK(job["state"] == "pending");
        CHECK(job["error"]["code"] == code);
    }
}

// Workers as processes: killed, stopped, asked to end, many at once, against a real HTTP server.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include <unistd.h>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// A MusicBrainz with the recorded albums, a catalogue, and workers in the background.
struct Service {
    Service() { server.add_folder(k_recorded); }

    std::unique_ptr<Child> worker(std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{std::string{PRESSINGS_BIN_DIR} + "/release-worker",
                                           "run",
                                           "--db",
                                           bench.database(),
                                           "--source",
                                           server.root(),
                                           "-q",
                                           "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return std::make_unique<Child>(arguments, bench.folder.file("reports"));
    }
    std::unique_ptr<Child> loop(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"--loop", "--poll-interval", "60s"});
        return worker(more);
    }

    Json job(int id = 1) const {
        return bench.run("release-worker", {"show", std::to_string(id), "--json"})
            .documents()
            .at(0);
    }
    bool is(const std::string& state, int id = 1) const { return job(id)["state"] == state; }
    std::size_t asked() const { return server.requests().size(); }

    /// The first answer of all keeps its worker waiting for a minute.
    void hold_first_request() {
        server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
            if (request.number == 1) return delayed(60'000);
            return std::nullopt;
        });
    }
    void hold_all_requests() {
        server.set_script([](const LoggedRequest&) { return delayed(60'000); });
    }
    void hold_none() { server.set_script(nullptr); }

    MusicBrainzServer server;
    ToolBench bench;
};

std::vector<std::string> outcomes(const Json& job) {
    std::vector<std::string> all;
    for (const Json& attempt : job["attempt_log"])
        all.push_back(attempt["outcome"]);
    return all;
}

}  // namespace

TEST_CASE("The job of a killed worker is taken over by one that runs, in a second or so") {
    Service service;
    service.bench.run("album-import", {k_rumours});
    service.hold_first_request();
    const auto first = service.loop();
    REQUIRE(eventually([&] { return service.asked() == 1; }));
    const auto second = service.loop();
    first->kill();
    CHECK(eventually([&] { return service.is("done"); }));
    CHECK(outcomes(service.job()) == std::vector<std::string>{"killed", "done"});
}

TEST_CASE("The job of a killed worker is taken over by the next run at once") {
    Service service;
    service.bench.run("album-import", {k_rumours});
    service.hold_first_request();
    const auto first = service.worker();
    REQUIRE(eventually([&] { return service.asked() == 1; }));
    first->kill();
    CHECK(service.worker()->wait() == 0);
    CHECK(service.is("done"));
}

TEST_CASE("A job that workers die of waits for hours, then fails, while the others are done") {
    Service service;
    service.bench.run("album-import", {k_rumours, k_in_rainbows});
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (has(request.target, k_rumours)) return delayed(60'000);
        return std::nullopt;
    });
    const auto die = [&](int number) {
        const auto asked_for_it = [&] {
            const auto requests = service.server.requests();
            return std::count_if(requests.begin(), requests.end(), [](const auto& request) {
                return has(request.target, k_rumours);
            });
        };
        const auto before = asked_for_it();
        const auto worker = service.worker();
        REQUIRE(eventually([&] { return asked_for_it() > before; }));
        worker->signal(number);
        CHECK(worker->wait() == 128 + number);
    };
    for (const int number : {SIGABRT, SIGSEGV, SIGABRT})
        die(number);
    CHECK(service.worker()->wait() == 0);
    CHECK(service.is("done", 2));
    CHECK(service.is("pending", 1));
    CHECK(service.job(1)["error"]["code"] == "crashed");
    CHECK_FALSE(std::filesystem::exists(service.bench.folder.file("catalog.db-deaths")));
    service.bench.run("release-worker", {"run-now", "1"});
    die(SIGABRT);
    CHECK(service.worker()->wait() == 0);
    CHECK(service.is("failed", 1));
    const auto crashed = std::vector<std::string>(4, "crashed");
    CHECK(outcomes(service.job(1)) == crashed);
    check_schema("job", service.job(1));
}

TEST_CASE("A storm of kills ends with every job done, and none has paid for it") {
    constexpr std::size_t k_kills = 30;
    Service service;
    service.bench.run("album-import", {"--from", "-"}, recorded_batch());
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.number % 5 == 0) return std::nullopt;
        return delayed(60'000);
    });
    for (std::size_t kills = 0; kills < k_kills; ++kills) {
        const auto before = service.asked();
        const auto worker = service.worker({"--concurrency", "4"});
        REQUIRE(eventually([&] { return service.asked() > before; }));
        worker->kill();
    }
    service.hold_none();
    CHECK(service.worker({"--concurrency", "4"})->wait() == 0);
    const Json status = service.bench.run("release-worker", {"status", "--json"}).documents().at(0);
    CHECK(status["jobs"]["done"] == recorded_mbids().size());
    CHECK(status["attempts"]["killed"] >= k_kills);
    CHECK_FALSE(status["attempts"].contains("crashed"));
    for (std::size_t id = 1; id <= recorded_mbids().size(); ++id)
        CHECK(service.job(static_cast<int>(id))["attempts"] == 1);
    CHECK(service.bench.run("release-worker", {"check"}).status == 0);
}

TEST_CASE("A worker that was stopped past its lease finds its result refused") {
    Service service;
    service.bench.run("album-import", {k_rumours});
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.number == 1) return delayed(1'500);
        return std::nullopt;
    });
    const auto stopped = service.loop({"--lease", "1s"});
    REQUIRE(eventually([&] { return service.asked() == 1; }));
    stopped->signal(SIGSTOP);
    const auto other = service.loop({"--lease", "1s"});
    CHECK(eventually([&] { return service.is("done"); }));
    stopped->signal(SIGCONT);
    CHECK(eventually([&] { return has(service.bench.folder.read("reports"), "\"lost\""); }));
    CHECK(outcomes(service.job()) == std::vector<std::string>{"expired", "done"});
    CHECK(service.bench.run("release-worker", {"check"}).status == 0);
}

TEST_CASE("A result that nobody wants any more is told in the summary, and is no failure") {
    Service service;
    service.bench.run("album-import", {k_rumours});
    service.server.set_script([](const LoggedRequest&) { return delayed(500); });
    Child worker{{std::string{PRESSINGS_BIN_DIR} + "/release-worker", "run", "--db",
                  service.bench.database(), "--source", service.server.root()},
                 service.bench.folder.file("summary")};
    REQUIRE(eventually([&] { return service.asked() >= 1; }));
    CHECK(service.bench.run("release-worker", {"cancel", "1"}).status == 0);
    CHECK(worker.wait() == 0);
    CHECK(has(service.bench.folder.read("summary"), "done 0, retrying 0, failed 0, lost 1,"));
    CHECK(service.is("cancelled"));
}

TEST_CASE("A loop imports an album as soon as another process has put it in") {
    Service service;
    const auto worker = service.loop();
    // It looks by itself only once a minute.
    for (const char* album : {k_rumours, k_in_rainbows}) {
        service.bench.run("album-import", {album});
        CHECK(eventually([&] { return service.is("done", album == k_rumours ? 1 : 2); }));
    }
}

TEST_CASE("A loop that was asked to stop ends with 0 if what failed at first was done later") {
    Service service;
    service.bench.run("album-import", {k_rumours, k_in_rainbows});
    std::atomic<bool> is_ill = true;
    service.server.set_script([&](const LoggedRequest& request) -> std::optional<Fault> {
        if (is_ill && has(request.target, k_rumours)) return status_fault(418);
        return std::nullopt;
    });
    const auto worker = service.loop();
    REQUIRE(eventually([&] { return service.job()["attempts"] == 1 && service.is("pending"); }));
    REQUIRE(eventually([&] { return service.is("done", 2); }));
    is_ill = false;
    CHECK(service.bench.run("release-worker", {"run-now", "1"}).status == 0);
    REQUIRE(eventually([&] { return service.is("done"); }));
    worker->signal(SIGTERM);
    CHECK(worker->wait() == 0);
}

TEST_CASE("SIGTERM lets work under way be finished within --grace") {
    Service service;
    service.bench.run("album-import", {k_rumours});
    service.server.set_script([](const LoggedRequest&) { return delayed(500); });
    const auto worker = service.loop();
    REQUIRE(eventually([&] { return service.asked() >= 1; }));
    worker->signal(SIGTERM);
    CHECK(worker->wait() == 0);
    CHECK(service.is("done"));
}

TEST_CASE("SIGTERM hands back what --grace is too short for, and no attempt is spent") {
    Service service;
    service.bench.run("album-import", {k_rumours});
    service.hold_all_requests();
    const auto worker = service.loop({"--grace", "200ms"});
    REQUIRE(eventually([&] { return service.asked() >= 1; }));
    worker->signal(SIGTERM);
    CHECK(worker->wait() == 0);
    CHECK(service.is("pending"));
    CHECK(service.job()["attempts"] == 0);
}

TEST_CASE("A second signal means now") {
    Service service;
    service.bench.run("album-import", {k_rumours});
    service.hold_all_requests();
    const auto worker = service.loop({"--grace", "1h"});
    REQUIRE(eventually([&] { return service.asked() >= 1; }));
    worker->signal(SIGINT);
    worker->signal(SIGTERM);
    CHECK(eventually([&] { return worker->ended().has_value(); }));
    CHECK(service.is("pending"));
}

TEST_CASE("After SIGUSR1 a worker takes nothing new, but finishes what it has") {
    Service service;
    service.bench.run("album-import", {k_rumours});
    service.server.set_script([](const LoggedRequest&) { return delayed(300); });
    const auto worker = service.loop();
    REQUIRE(eventually([&] { return service.asked() >= 1; }));
    worker->signal(SIGUSR1);
    service.bench.run("album-import", {k_in_rainbows});
    CHECK(eventually([&] { return service.is("done", 1); }));
    CHECK(service.is("pending", 2));
    worker->signal(SIGTERM);
    CHECK(worker->wait() == 0);
    CHECK(service.is("pending", 2));
}

TEST_CASE("Overlapping runs share the work, and no album is fetched twice") {
    Service service;
    service.bench.run("album-import", {"--from", "-"}, recorded_batch());
    const auto first = service.worker({"--concurrency", "2"});
    const auto second = service.worker({"--concurrency", "2"});
    CHECK(first->wait() == 0);
    CHECK(second->wait() == 0);
    std::map<std::string, int> asked;
    for (const LoggedRequest& request : service.server.requests())
        ++asked[request.target];
    for (const auto& [target, times] : asked) {
        CAPTURE(target);
        CHECK(times == 1);
    }
    const Json status = service.bench.run("release-worker", {"status", "--json"}).documents().at(0);
    CHECK(status["jobs"]["done"] == recorded_mbids().size());
    CHECK(status["attempts"]["done"] == recorded_mbids().size());
}

// A request may arrive late, so two may arrive close together (that turns are taken exactly is
// shown in tests/unit/worker/shared_gate_test.cpp); but none arrives before its turn.
TEST_CASE("Eight workers together never are ahead of the rate that is allowed") {
    constexpr Millis k_interval_ms = 50;
    Service service;
    service.bench.run("album-import", {"--from", "-"}, recorded_batch());
    const Millis begun_ms = system_clock().steady_ms();
    std::vector<std::unique_ptr<Child>> workers;
    for (int i = 0; i < 8; ++i)
        workers.push_back(service.worker({"--rate", "20", "--concurrency", "4"}));
    workers.front()->kill();  // what it had taken is not given out again
    for (const auto& worker : workers)
        worker->wait();
    service.worker({"--rate", "20"})->wait();
    const auto requests = service.server.requests();
    REQUIRE(requests.size() >= recorded_mbids().size());
    for (std::size_t n = 0; n < requests.size(); ++n) {
        CAPTURE(n);
        // Less one for the clock's own step.
        CHECK(requests[n].at_ms - begun_ms >= static_cast<Millis>(n) * k_interval_ms - 1);
    }
}

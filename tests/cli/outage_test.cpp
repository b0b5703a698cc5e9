// A source that fails whatever it is asked: the outbox outlives it, whatever it answers meanwhile.
#include <csignal>
#include <map>
#include <memory>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

struct Outbox {
    MusicBrainzServer server;
    ToolBench bench;

    Outbox() {
        server.add_folder(k_recorded);
        bench.run("album-import", {"--from", "-"}, recorded_batch());
    }

    void answer(const Fault& fault) {
        server.set_script([fault](const LoggedRequest&) { return fault; });
    }

    ToolRun work(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"run", "--json", "--source", server.root(), "--rate", "1000"});
        return bench.run("release-worker", more);
    }

    std::unique_ptr<Child> loop() const {
        return std::make_unique<Child>(std::vector<std::string>{
            std::string{PRESSINGS_BIN_DIR} + "/release-worker", "run", "--loop", "--db",
            bench.database(), "--source", server.root(), "--rate", "1000", "--json"});
    }

    std::map<std::string, int> states() const {
        std::map<std::string, int> states;
        for (const Json& job : jobs())
            ++states[job["state"]];
        return states;
    }
    std::vector<Json> jobs() const {
        return bench.run("release-worker", {"jobs", "--limit", "0", "--json"}).documents();
    }
};

Json summary_of(const ToolRun& run) {
    return run.documents().back()["summary"];
}

}  // namespace

TEST_CASE("An outbox outlives whatever stands in the service's place, run after run") {
    Outbox outbox;
    const auto albums = static_cast<int>(recorded_mbids().size());
    for (const Fault& portal : {html_error(404), own_error(404, "No such page"), html_error(400),
                                status_fault(405), html_page(), status_fault(200, "")}) {
        CAPTURE(portal.status);
        CAPTURE(portal.body);
        outbox.answer(portal);
        const auto run = outbox.work({"--concurrency", "8"});
        CHECK(run.status == 3);
        CHECK(has(run.err, "no attempt was spent"));
        CHECK(has(run.err, "--source"));
        const Json summary = summary_of(run);
        CHECK(summary["outage"]["jobs"].get<int>() >= 3);
        CHECK(summary["retrying"] == 0);
        CHECK(summary["failed"] == 0);
        outbox.bench.run("release-worker", {"run-now", "--all"});
    }
    for (const Json& job : outbox.jobs()) {
        CHECK(job["state"] == "pending");
        CHECK(job["attempts"] == 0);
    }
    outbox.server.set_script(nullptr);
    CHECK(outbox.work({"--concurrency", "8"}).status == 0);
    CHECK(outbox.states() == std::map<std::string, int>{{"done", albums}});
}

TEST_CASE("A run that did something before the source failed ends with status 1") {
    Outbox outbox;
    outbox.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.number <= 3) return std::nullopt;
        return html_error(404);
    });
    const auto run = outbox.work();
    CHECK(run.status == 1);
    CHECK(summary_of(run)["done"] == 3);
    CHECK(summary_of(run)["outage"]["code"] == "not_musicbrainz");
    CHECK(has(run.err, "not_musicbrainz"));
}

TEST_CASE("MBIDs that MusicBrainz does not know fail one after the other, and hold nothing") {
    Outbox outbox;
    std::string wrong;
    for (int n = 10; n < 20; ++n)
        wrong += "00000000-0000-4000-8000-0000000000" + std::to_string(n) + "\n";
    outbox.bench.run("album-import", {"--from", "-", "--priority", "9"}, wrong);
    const auto run = outbox.work();
    CHECK(run.status == 1);
    const auto states = outbox.states();
    CHECK(states.at("failed") == 10);
    CHECK(states.at("done") == static_cast<int>(recorded_mbids().size()));
    CHECK(summary_of(run)["outage"].is_null());
}

TEST_CASE("A loop holds still in an outage, says so, and has no job in hand") {
    Outbox outbox;
    outbox.answer(html_error(404));
    const auto loop = outbox.loop();
    CHECK(eventually([&] { return has(loop->error_output(), "holding still"); }));
    CHECK(outbox.states() ==
          std::map<std::string, int>{{"pending", static_cast<int>(recorded_mbids().size())}});
    const auto asked = outbox.server.requests().size();
    CHECK(asked <= 4);
    loop->signal(SIGTERM);
    CHECK(loop->wait() == 3);
}

TEST_CASE("A service that asks for all eternity is left at once, and holds nobody's job") {
    Outbox outbox;
    Fault closed = status_fault(503);
    closed.headers = {{"Retry-After", "1000000000000000000"}};
    outbox.answer(closed);
    const auto run = outbox.work({"--max-time", "5s", "--concurrency", "4"});
    CHECK(run.status == 1);
    CHECK(summary_of(run)["retrying"] == 0);
    CHECK(summary_of(run)["duration_ms"].get<int>() < 60'000);
    const auto asked = outbox.server.requests().size();
    CHECK(asked <= 4);
    // The next run does not even ask: everybody holds still, but no job is held.
    const auto next = outbox.work();
    CHECK(next.status == 1);
    CHECK(outbox.server.requests().size() == asked);
    const auto loop = outbox.loop();
    CHECK(eventually([&] { return has(loop->error_output(), "wants no request"); }));
    CHECK(eventually([&] { return outbox.states().count("running") == 0; }));
    loop->signal(SIGTERM);
    CHECK(loop->wait() == 1);
    for (const Json& job : outbox.jobs()) {
        CHECK(job["state"] == "pending");
        CHECK(job["attempts"] == 0);
    }
    const Json status = outbox.bench.run("release-worker", {"status", "--json"}).documents().at(0);
    CHECK(status["throttling"][0]["left_s"] <= 3'600);
}

TEST_CASE("A busy service is not waited for past --max-time") {
    Outbox outbox;
    Fault busy = status_fault(503);
    busy.headers = {{"Retry-After", "25"}};
    outbox.answer(busy);
    const auto run = outbox.work({"--max-time", "2s"});
    CHECK(run.status == 1);
    CHECK(outbox.server.requests().size() == 1);
    CHECK(outbox.states().count("running") == 0);
    CHECK(summary_of(run)["done"] == 0);
}

TEST_CASE("SIGTERM is obeyed while a busy service is waited for") {
    Outbox outbox;
    Fault busy = status_fault(503);
    busy.headers = {{"Retry-After", "25"}};
    outbox.answer(busy);
    const auto loop = outbox.loop();
    REQUIRE(eventually([&] { return !outbox.server.requests().empty(); }));
    loop->signal(SIGTERM);
    loop->signal(SIGINT);
    CHECK(eventually([&] { return loop->ended().has_value(); }));
    CHECK(outbox.states().count("running") == 0);
}

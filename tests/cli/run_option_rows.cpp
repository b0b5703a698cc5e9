// The options of `release-worker run`, most of them against a MusicBrainz on loopback.
#include <csignal>
#include <filesystem>

#include "cli/option_row.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/musicbrainz_server.hpp"

namespace pressings::test {

namespace {

using Json = nlohmann::json;

const Words k_run{"run", "--json", "--source"};

ToolRun work(const ToolBench& bench, const Words& options = {}) {
    return bench.run("release-worker", k_run + Words{k_source} + options);
}

/// Two albums that can be imported, and one in another queue that cannot.
struct Albums : ToolBench {
    Albums() {
        run("album-import", {k_rumours, k_in_rainbows});
        run("album-import", {"--queue", "other", k_not_recorded});
    }
};

struct Service : Albums {
    Service() { server.add_folder(k_recorded); }

    ToolRun work(const Words& options) const {
        return run("release-worker", k_run + Words{server.root(), "--queue", "default"} + options);
    }
    std::unique_ptr<Child> worker(const Words& options) const {
        const Words begin{std::string{PRESSINGS_BIN_DIR} + "/release-worker", "--db",
                          folder.file("catalog.db")};
        return std::make_unique<Child>(begin + k_run + Words{server.root()} + options,
                                       folder.file("reports"));
    }
    void answer_late(Millis pause_ms) {
        server.set_script([pause_ms](const LoggedRequest&) { return delayed(pause_ms); });
    }
    bool asked(std::size_t times) const {
        return eventually([&] { return server.requests().size() >= times; });
    }

    MusicBrainzServer server;
};

void source_is_taken() {
    const Albums bench;
    const auto run = work(bench);
    CHECK(run.status == 1);
    CHECK(summary_of(run)["done"] == 2);
    CHECK(summary_of(run)["failed"] == 1);
}

/// The rate that a worker on an empty outbox says it would keep to.
std::string rate_of(const Words& options) {
    const ToolBench bench;
    const auto run = bench.run("release-worker", Words{"run", "-v", "--source"} + options);
    CHECK(run.status == 0);
    const auto at = run.err.find("at most ");
    if (at == std::string::npos) return "none";
    return run.err.substr(at + 8, run.err.find(" requests", at) - at - 8);
}

/// Of two requests since `begun_ms` the second kept its distance.
void check_four_a_second(const Service& bench, Millis begun_ms) {
    const auto requests = bench.server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[1].at_ms - begun_ms >= 249);
}

void rate_is_kept() {
    CHECK(rate_of({"https://musicbrainz.org/ws/2"}) == "1");
    CHECK(rate_of({"https://Beta.MusicBrainz.org/ws/2"}) == "1");
    CHECK(rate_of({"https://notmusicbrainz.org/ws/2"}) == "1");
    CHECK(rate_of({"http://127.0.0.1:1/ws/2"}) == "50");
    CHECK(rate_of({"http://192.168.1.9:5000/ws/2"}) == "50");
    CHECK(rate_of({"http://[::1]:5000/ws/2"}) == "50");
    CHECK(rate_of({"https://musicbrainz.org/ws/2", "--rate", "0.5"}) == "0.5");
    CHECK(rate_of({k_source}) == "none");
    Service bench;
    const Millis begun_ms = system_clock().steady_ms();
    CHECK(bench.work({"--rate", "4"}).status == 0);
    check_four_a_second(bench, begun_ms);
}

/// A worker has used the turn of the next hundred seconds, going out from no address of a name.
struct UsedUp : Service {
    UsedUp() { CHECK(summary_of(work({"--rate", "0.01", "--max-jobs", "1"}))["done"] == 1); }
};

void egress_has_a_rate_of_its_own() {
    const UsedUp bench;
    const Words quick{"--rate", "1000", "--max-jobs", "1", "--max-time", "1s"};
    CHECK(summary_of(bench.work(quick + Words{"--egress", "second"}))["done"] == 1);
    bench.run("album-import", {"--queue", "default", recorded_mbids().front()});
    CHECK(summary_of(bench.work(quick))["done"] == 0);
}

void request_times_out() {
    Service bench;
    bench.answer_late(60'000);
    const auto run = bench.work({"--timeout", "200ms", "--max-jobs", "1"});
    CHECK(run.status == 3);  // nothing else came of the run
    const Json error = run.documents().at(0)["error"];
    CHECK(error["code"] == "timeout");
    const std::string message = error["message"];
    const auto at = message.find("timed out after ");
    REQUIRE_MESSAGE(at != std::string::npos, message);
    CHECK(std::stoi(message.substr(at + 16)) < 20'000);  // milliseconds; the default is 30 s
}

void contact_is_told() {
    for (const bool by_environment : {false, true}) {
        Service bench;
        Words options{"--rate", "1000"};
        if (by_environment) bench.environment["PRESSINGS_CONTACT"] = "me@example.org";
        if (!by_environment) options = options + Words{"--contact", "me@example.org"};
        bench.work(options);
        for (const LoggedRequest& request : bench.server.requests())
            CHECK(has(request.user_agent, "( me@example.org )"));
    }
    Service bench;
    bench.work({});
    CHECK(has(bench.server.requests().at(0).user_agent, "( no contact given )"));
}

/// What `probe` can be told of the source, as `run` can.
Words probing(const Service& bench) {
    return {"probe", k_rumours, k_in_rainbows, "--source", bench.server.root()};
}

void probe_keeps_to_the_rate() {
    const Service bench;
    const Millis begun_ms = system_clock().steady_ms();
    CHECK(bench.run("release-worker", probing(bench) + Words{"--rate", "4"}).status == 0);
    check_four_a_second(bench, begun_ms);
}

void probe_times_out() {
    Service bench;
    bench.answer_late(60'000);
    const auto run = bench.run("release-worker", probing(bench) + Words{"--timeout", "200ms"});
    CHECK(run.status == 3);
    CHECK(has(run.err, "timed out after "));
}

void probe_asks_as_told(const Words& options, const std::string& in_request) {
    const Service bench;
    CHECK(bench.run("release-worker", probing(bench) + options).status == 0);
    const LoggedRequest request = bench.server.requests().at(0);
    CHECK(has(request.target + request.user_agent, in_request));
}

void genres_are_asked_for() {
    for (const bool wished : {false, true}) {
        Service bench;
        bench.work(wished ? Words{"--genres"} : Words{});
        CHECK(has(bench.server.requests().at(0).target, "genres") == wished);
    }
}

void odd_releases_are_refused() {
    for (const bool wished : {false, true}) {
        const Albums bench;
        Json answer = recorded_answer(k_rumours);
        answer["releases"][1]["title"] = 7;
        std::filesystem::create_directory(bench.folder.file("odd"));
        bench.folder.write(std::string{"odd/"} + k_rumours + ".json", answer.dump());
        const auto run = bench.run(
            "release-worker", k_run + Words{"file:" + bench.folder.file("odd"), "--max-jobs", "1"} +
                                  (wished ? Words{"--strict"} : Words{}));
        CHECK(run.documents().at(0)["state"] == (wished ? "failed" : "done"));
        CHECK(summary_of(run)["oddities"] == (wished ? 0 : 1));
    }
}

void loop_goes_on() {
    Service bench;
    const auto loop = bench.worker({"--loop"});
    CHECK(eventually([&] { return job(bench, 2)["state"] == "done"; }));
    bench.run("album-import", {recorded_mbids().front()});
    CHECK(eventually([&] { return job(bench, 4)["state"] == "done"; }));
    loop->signal(SIGTERM);
    CHECK(loop->wait() == 1);  // the one that is not there
}

void queues_are_chosen() {
    const Albums bench;
    bench.run("album-import", {"--queue", "third", recorded_mbids().front()});
    CHECK(work(bench, {"--queue", "none"}).documents().size() == 1);
    const auto run = work(bench, {"--queue", "other", "--queue", "third"});
    CHECK(summary_of(run)["done"] == 1);
    CHECK(summary_of(run)["failed"] == 1);
    CHECK(jobs(bench, {"--state", "pending"}).size() == 2);
}

/// Nothing is answered, so a worker alone asks again when it has waited 15 seconds in vain.
bool second_is_asked_beside_first(const Words& options) {
    Service bench;
    bench.answer_late(60'000);
    const auto worker = bench.worker(Words{"--rate", "1000"} + options);
    if (!bench.asked(2)) return false;
    const auto requests = bench.server.requests();
    return requests[1].at_ms - requests[0].at_ms < 14'000;
}

void jobs_are_in_flight_together() {
    CHECK(second_is_asked_beside_first({"--concurrency", "2"}));
    CHECK_FALSE(second_is_asked_beside_first({"--concurrency", "1"}));
}

void so_many_jobs_are_taken() {
    const Albums bench;
    CHECK(work(bench, {"--max-jobs", "0"}).documents().size() == 1);
    const auto run = work(bench, {"--max-jobs", "1"});
    CHECK(summary_of(run)["done"] == 1);
    CHECK(summary_of(run)["remaining"] == 2);
}

void no_job_is_taken_after() {
    const Albums bench;
    const auto run = work(bench, {"--max-time", "0"});
    CHECK(run.status == 0);
    CHECK(summary_of(run)["done"] == 0);
    CHECK(summary_of(run)["remaining"] == 3);
    CHECK(summary_of(work(bench, {"--max-time", "1h"}))["done"] == 2);
}

/// One album's releases cannot be had, though the service is well: a fault that may pass.
void attempts_are_bounded() {
    Service bench;
    bench.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (has(request.target, k_rumours)) return status_fault(418);
        return std::nullopt;
    });
    const Words options{"--max-jobs", "1", "--max-attempts", "2"};
    CHECK(bench.work(options).status == 1);
    CHECK(job(bench, 1)["state"] == "pending");
    bench.run("release-worker", {"run-now", "1"});
    bench.run("release-worker", {"cancel", "2", "3"});
    CHECK(bench.work(options).status == 1);
    CHECK(job(bench, 1)["state"] == "failed");
    CHECK(job(bench, 1)["attempts"] == 2);
}

void so_much_is_removed() {
    Service bench;
    CHECK(bench.work({}).status == 0);
    bench.server.change([](ServedReleases& releases) { releases.remove_group(k_rumours); });
    bench.run("album-import", {"--refresh", "--queue", "default", k_rumours});
    const auto stopped = bench.work({"--allow-removals", "0"});
    CHECK(stopped.status == 1);
    CHECK(summary_of(stopped)["too_many_removals"]["albums"] == 1);
    bench.run("release-worker", {"run-now", "--all"});
    CHECK(bench.work({"--allow-removals", "1"}).status == 0);
}

void lease_is_so_long() {
    Service bench;
    bench.answer_late(60'000);
    const auto worker = bench.worker({"--lease", "2h"});
    REQUIRE(bench.asked(1));
    const double left_s = job(bench, 1)["lease_left_s"];
    CHECK(left_s > 3600);
    CHECK(left_s <= 7200);
    CHECK(work(bench, {"--lease", "999ms"}).status == 2);
}

void old_jobs_go(const std::string& retention, std::size_t left) {
    const Albums bench;
    work(bench);
    work(bench, {"--retention", retention});
    CHECK(jobs(bench, {"--state", "done"}).size() == left);
    CHECK(jobs(bench, {"--state", "failed"}).size() == 1);
}

void work_under_way_is_waited_for(const std::string& grace, const std::string& state) {
    Service bench;
    bench.answer_late(2'000);
    const auto worker = bench.worker({"--grace", grace});
    REQUIRE(bench.asked(1));
    worker->signal(SIGTERM);
    worker->wait();
    CHECK(job(bench, 1)["state"] == state);
    CHECK(job(bench, 2)["state"] == "pending");
}

/// A loop looks so often; a wrong one would not begin.
void loop_looks_so_often() {
    const Albums bench;
    check_refused(work(bench, {"--loop", "--poll-interval", "soon"}), 2,
                  "--poll-interval: \"soon\" is not a duration");
    check_refused(work(bench, {"--loop", "--poll-interval", "0"}), 2, "--poll-interval");
}

}  // namespace

OptionRows run_option_rows() {
    const std::string run = "release-worker run";
    const std::string probe = "release-worker probe";
    return {
        {run, "--source", source_is_taken},
        {run, "--rate", rate_is_kept},
        {run, "--egress", egress_has_a_rate_of_its_own},
        {run, "--timeout", request_times_out},
        {run, "--contact", contact_is_told},
        {run, "--genres", genres_are_asked_for},
        {probe, "--source", [] { probe_asks_as_told({}, "/ws/2/release?"); }},
        {probe, "--rate", probe_keeps_to_the_rate},
        {probe, "--egress",
         [] {
             const UsedUp bench;
             const Words options{"--rate", "1000", "--egress", "second"};
             CHECK(bench.run("release-worker", probing(bench) + options).status == 0);
         }},
        {probe, "--timeout", probe_times_out},
        {probe, "--contact",
         [] {
             probe_asks_as_told({"--contact", "me@example.org"}, "( me@example.org )");
         }},
        {probe, "--genres", [] { probe_asks_as_told({"--genres"}, "genres"); }},
        {run, "--strict", odd_releases_are_refused},
        {run, "--dry-run",
         [] {
             const Albums bench;
             CHECK(work(bench, {"--dry-run"}).documents().at(0)["due"] == 3);
             CHECK(jobs(bench, {"--state", "pending"}).size() == 3);
         }},
        {run, "--loop", loop_goes_on},
        {run, "--queue", queues_are_chosen},
        {run, "--concurrency", jobs_are_in_flight_together},
        {run, "--max-jobs", so_many_jobs_are_taken},
        {run, "--max-time", no_job_is_taken_after},
        {run, "--poll-interval", loop_looks_so_often},
        {run, "--max-attempts", attempts_are_bounded},
        {run, "--allow-removals", so_much_is_removed},
        {run, "--lease", lease_is_so_long},
        {run, "--retention",
         [] {
             old_jobs_go("0", 2);
             old_jobs_go("30d", 2);
             old_jobs_go("1ms", 0);
         }},
        {run, "--grace",
         [] {
             work_under_way_is_waited_for("0", "pending");
             work_under_way_is_waited_for("60s", "done");
         }},
    };
}

}  // namespace pressings::test

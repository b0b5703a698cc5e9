// How the worker behaves towards a service that belongs to others.
#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_musicbrainz = "https://musicbrainz.org/ws/2";

Json job(const ToolBench& bench, int id = 1) {
    return bench.run("release-worker", {"show", std::to_string(id), "--json"}).documents().at(0);
}

struct Service : ToolBench {
    Service() { server.add_folder(k_recorded); }

    ToolRun worker(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--source", server.root(), "--rate", "1000"});
        return run("release-worker", arguments);
    }

    MusicBrainzServer server;
};

}  // namespace

TEST_CASE("musicbrainz.org is asked by nobody without a contact: status 2, and no job is taken") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    for (const char* source : {"https://musicbrainz.org/ws/2", "http://MusicBrainz.org./ws/2",
                               "https://beta.musicbrainz.org/ws/2"}) {
        CAPTURE(source);
        check_refused(bench.run("release-worker", {"run", "--source", source}), 2,
                      "musicbrainz.org wants to know whom to write to: give your mail address");
        check_refused(bench.run("release-worker", {"run", "--loop", "--source", source}), 2,
                      "--contact");
        check_refused(bench.run("release-worker", {"probe", "--source", source}), 2, "--contact");
    }
    bench.environment["PRESSINGS_CONTACT"] = "you@example.org";
    check_refused(bench.run("release-worker", {"run"}), 2, "\"you@example.org\" is an example");
    CHECK(job(bench)["state"] == "pending");
    CHECK(job(bench)["attempt_log"].empty());
}

TEST_CASE("Nobody who does not ask musicbrainz.org is told of the contact") {
    const ToolBench bench;
    check_quiet(bench.run("album-import", {k_rumours, "-q"}));
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"status"},
                                               {"jobs"},
                                               {"show", "1"},
                                               {"check"},
                                               {"explain-retry"},
                                               {"run", "--dry-run"},
                                               {"run", "--max-jobs", "0"},
                                               {"pause"}}) {
        CAPTURE(arguments.front());
        check_quiet(bench.run("release-worker", arguments));
    }
    bench.run("release-worker", {"resume"});
    bench.run("release-worker", {"cancel", "1"});
    check_quiet(bench.run("release-worker", {"run"}));  // nothing is due
}

TEST_CASE("What is no contact is refused wherever it stands, whatever the source") {
    ToolBench bench;
    check_refused(bench.run("release-worker", {"run", "--source", k_source, "--contact", "me"}), 2,
                  "--contact: \"me\" is neither a mail address nor a URL");
    bench.environment["PRESSINGS_CONTACT"] = "me@home";
    check_refused(bench.run("release-worker", {"status"}), 2, "PRESSINGS_CONTACT: \"me@home\"");
    check_refused(bench.run("release-worker", {"run", "--source", k_source}), 2,
                  "PRESSINGS_CONTACT: \"me@home\"");
}

TEST_CASE("A service that turns us away is asked once, and the outbox waits with every attempt") {
    for (const int status : {401, 403, 407}) {
        CAPTURE(status);
        Service bench;
        bench.run("album-import", {"--from", "-"}, recorded_batch());
        bench.server.set_script(
            [&](const LoggedRequest&) { return status_fault(status, "Go away"); });
        const auto run = bench.worker({"run", "--json"});
        CHECK(run.status == 3);
        CHECK(bench.server.requests().size() == 1);
        CHECK(has(run.err, "the source turns us away, and is not asked any more"));
        CHECK(has(run.err, "Go away"));
        CHECK(has(run.err, "no attempt was spent"));
        const Json summary = run.documents().back()["summary"];
        CHECK(summary["outage"]["jobs"] == 1);
        CHECK(summary["remaining"] == recorded_mbids().size());
        CHECK(job(bench)["state"] == "pending");
        CHECK(job(bench)["attempts"] == 0);
    }
}

TEST_CASE("Those who are under way when one is turned away ask no more") {
    Service bench;
    bench.run("album-import", {"--from", "-"}, recorded_batch());
    bench.server.set_script([](const LoggedRequest& request) {
        return request.number == 1 ? status_fault(403) : delayed(300);
    });
    const auto run = bench.worker({"run", "--concurrency", "8"});
    CHECK(run.status != 0);
    CHECK(bench.server.requests().size() <= 8);
    CHECK(has(run.err, "forbidden"));
}

TEST_CASE("A limit that is used up is waited for before the next request") {
    Service bench;
    bench.run("album-import", {k_rumours, k_in_rainbows});
    bench.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.number > 1) return std::nullopt;
        Fault last = status_fault(500);
        last.headers = {{"Date", "Wed, 21 Nov 2001 10:00:00 GMT"},
                        {"X-RateLimit-Remaining", "0"},
                        {"X-RateLimit-Reset", "1006336802"}};
        return last;
    });
    CHECK(bench.worker({"run"}).status == 0);
    const auto requests = bench.server.requests();
    REQUIRE(requests.size() == 3);
    CHECK(requests[1].at_ms - requests[0].at_ms >= 1'900);
    CHECK(requests[2].at_ms - requests[1].at_ms < 60'000);
}

TEST_CASE("A probe that meets nothing new says so") {
    const Service bench;
    const auto run = bench.worker({"probe", k_rumours, k_in_rainbows});
    check_quiet(run);
    CHECK(has(run.out, std::string{k_rumours} + ": releases 3, requests 1\n"));
    CHECK(has(run.out, "every field is known\n"));
    const auto json = bench.worker({"probe", "--json", k_rumours});
    check_quiet(json);
    check_schema("probe", json.documents().at(0));
    CHECK(json.documents().at(0)["unknown_fields"].empty());
    CHECK(json.documents().at(0)["albums"][0]["releases"] == 3);
}

TEST_CASE("A probe lists the fields that nobody knows, from any kind of source") {
    Service bench;
    Json answer = recorded_answer(k_rumours);
    answer["releases"][0]["mood"] = "blue\x1b[31m";
    answer["releases"][1]["media"][0]["tracks"][0]["recording"]["bpm"] = 120;
    answer["releases"][2]["media"][0]["tracks"][0]["recording"]["bpm"] = 121;
    std::filesystem::create_directory(bench.folder.file("recorded"));
    bench.folder.write(std::string{"recorded/"} + k_rumours + ".json", answer.dump());
    bench.server.fail_next(status_fault(200, answer.dump()));
    for (const std::string& source :
         {"file:" + bench.folder.file("recorded"), bench.server.root()}) {
        CAPTURE(source);
        const std::vector<std::string> probe{"probe", k_rumours, "--source", source};
        const auto run = bench.run("release-worker", probe);
        CHECK(run.status == 1);
        CHECK(run.err == "");
        CHECK(has(run.out, "media[].tracks[].recording.bpm      2  120\n"));
        CHECK_FALSE(has(run.out, "\x1b"));
        if (source.starts_with("http")) bench.server.fail_next(status_fault(200, answer.dump()));
        const auto json =
            bench.run("release-worker", {"probe", k_rumours, "--source", source, "--json"});
        CHECK(json.status == 1);
        check_schema("probe", json.documents().at(0));
        const Json unknown = json.documents().at(0)["unknown_fields"];
        REQUIRE(unknown.size() == 2);
        CHECK(unknown[0] ==
              Json{{"path", "media[].tracks[].recording.bpm"}, {"times", 2}, {"example", "120"}});
        CHECK(unknown[1]["path"] == "mood");
    }
}

TEST_CASE("A probe asks for albums of the catalogue, else for some that are well known") {
    Service bench;
    CHECK(bench.worker({"probe"}).status == 0);
    CHECK(bench.server.requests().size() == 3);
    bench.run("album-import", {k_in_rainbows});
    REQUIRE(bench.worker({"run"}).status == 0);
    bench.run("album-import", {k_rumours});  // not imported yet
    const auto run = bench.worker({"probe", "--json"});
    CHECK(run.status == 0);
    const Json albums = run.documents().at(0)["albums"];
    REQUIRE(albums.size() == 1);
    CHECK(albums[0]["mbid"] == k_in_rainbows);
}

TEST_CASE("A probe ends as the contract of the tools says") {
    Service bench;
    check_refused(bench.worker({"probe", "nonsense"}), 2, "\"nonsense\" is no MBID");
    const auto part = bench.worker({"probe", k_not_recorded, k_rumours});
    CHECK(part.status == 1);
    CHECK(has(part.out, k_rumours));
    CHECK(has(part.err, k_not_recorded));
    bench.server.set_script([](const LoggedRequest&) { return status_fault(403); });
    const auto before = bench.server.requests().size();
    const auto refused = bench.worker({"probe", k_rumours, k_in_rainbows, "--json"});
    CHECK(refused.status == 3);
    CHECK(bench.server.requests().size() == before + 1);
    const Json document = refused.documents().at(0);
    check_schema("probe", document);
    REQUIRE(document["albums"].size() == 1);
    CHECK(document["albums"][0]["error"]["code"] == "forbidden");
}

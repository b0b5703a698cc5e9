#include <thread>

#include <doctest/doctest.h>

#include "service.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

/// Counts what is asked of it and lets everybody through.
class RecordingGate final : public RequestGate {
  public:
    bool wait_turn(const std::stop_token& stop) override {
        ++turns;
        return !stop.stop_requested();
    }
    void hold_off(Millis wait_ms) override { waits.push_back(wait_ms); }
    void close(const SourceError& why) override { closed_for.push_back(why.code); }

    int turns = 0;
    std::vector<Millis> waits;
    std::vector<std::string> closed_for;
};

/// What MusicBrainz says of its limit when nothing is left of it.
std::vector<std::pair<std::string, std::string>> used_up(int seconds) {
    return {{"Date", "Wed, 21 Nov 2001 10:00:00 GMT"},
            {"X-RateLimit-Limit", "1200"},
            {"X-RateLimit-Remaining", "0"},
            {"X-RateLimit-Reset", std::to_string(1'006'336'800 + seconds)}};
}

/// Every request gets this fault, but for the lookups that only some tests need.
void always(Service& service, const Fault& fault) {
    service.server.set_script([fault](const LoggedRequest&) { return fault; });
}

struct Expected {
    const char* name;
    Fault fault;
    ErrorKind kind;
    const char* code;
    int requests;
};

SourceOptions hasty_options() {
    SourceOptions options = impatient_options();
    options.request_timeout_ms = 300;
    options.max_body_bytes = 1 << 20;
    return options;
}

}  // namespace

TEST_CASE("each lasting fault of a server ends in the error that the fault table says") {
    const std::vector<Expected> table{
        {"400", status_fault(400, R"({"error":"Invalid mbid."})"), ErrorKind::permanent,
         "bad_request", 1},
        {"401", status_fault(401), ErrorKind::transient, "forbidden", 1},
        {"403", status_fault(403), ErrorKind::transient, "forbidden", 1},
        {"400 of another", html_error(400), ErrorKind::transient, "not_musicbrainz", 1},
        {"404", own_error(404), ErrorKind::permanent, "not_found", 1},
        {"404 without a body", status_fault(404), ErrorKind::transient, "not_musicbrainz", 1},
        {"404 in HTML", html_error(404), ErrorKind::transient, "not_musicbrainz", 1},
        {"404 of another kind", own_error(404, "No such route"), ErrorKind::transient,
         "not_musicbrainz", 1},
        {"410", own_error(410), ErrorKind::permanent, "not_found", 1},
        {"410 in HTML", html_error(410), ErrorKind::transient, "not_musicbrainz", 1},
        {"408", status_fault(408), ErrorKind::transient, "http_408", 3},
        {"418", status_fault(418), ErrorKind::transient, "http_418", 1},
        {"407", status_fault(407), ErrorKind::transient, "http_407", 1},
        {"429", status_fault(429), ErrorKind::throttled, "throttled", 9},
        {"500", status_fault(500, "Internal"), ErrorKind::transient, "http_500", 3},
        {"502", status_fault(502), ErrorKind::transient, "http_502", 3},
        {"504", status_fault(504), ErrorKind::transient, "http_504", 3},
        {"busy", service_busy(), ErrorKind::throttled, "throttled", 9},
        {"too fast", too_fast(), ErrorKind::throttled, "throttled", 1},
        {"204", status_fault(204), ErrorKind::transient, "http_204", 3},
        {"300", status_fault(300), ErrorKind::transient, "bad_redirect", 3},
        {"HTML", html_page(), ErrorKind::transient, "not_json", 3},
        {"HTML called JSON", status_fault(200, "<html>"), ErrorKind::transient, "not_json", 3},
        {"garbage", garbage(), ErrorKind::transient, "not_json", 3},
        {"nothing", status_fault(200, ""), ErrorKind::transient, "not_json", 3},
        {"white space", status_fault(200, " \r\n\t "), ErrorKind::transient, "not_json", 3},
        {"a list", status_fault(200, "[]"), ErrorKind::transient, "not_json", 3},
        {"half a JSON", status_fault(200, R"({"release-count":1,"rel)"), ErrorKind::transient,
         "bad_answer", 3},
        {"JSON that is none", status_fault(200, "{nonsense}"), ErrorKind::transient, "bad_answer",
         1},
        {"busy with 200", own_error(200, "The MusicBrainz web server is currently busy."),
         ErrorKind::transient, "error_answer", 3},
        {"cut off", cut_off(), ErrorKind::transient, "cut_off", 3},
        {"ring", redirect_to("/ws/2/release"), ErrorKind::transient, "too_many_redirects", 18},
        {"FTP", redirect_to("ftp://musicbrainz.org/ws/2/release"), ErrorKind::transient,
         "bad_redirect", 3},
        {"trickle", trickled(20), ErrorKind::transient, "timeout", 3},
        {"silence", delayed(10'000), ErrorKind::transient, "timeout", 3},
        {"no end", never_ending(), ErrorKind::transient, "too_large", 1},
    };
    for (const Expected& expected : table) {
        CAPTURE(expected.name);
        Service service{hasty_options()};
        always(service, expected.fault);
        const SourceError error = service.error_of(k_rumours);
        CHECK(error.code == expected.code);
        CHECK(error.kind == expected.kind);
        CHECK(error.requests == expected.requests);
        CHECK(service.targets().size() == static_cast<std::size_t>(expected.requests));
    }
}

TEST_CASE("a server may be silent for half of the time that a request is given") {
    SourceOptions options = impatient_options();
    options.silence_timeout_ms = 1'000;
    options.request_timeout_ms = 60'000;
    Service service{options};
    service.server.fail_next(delayed(2'500));
    CHECK(service.releases_of(k_rumours).requests == 1);
}

TEST_CASE("a page that fails for a moment is asked again in place, and the walk goes on") {
    for (const Fault& fault : {status_fault(500), html_page(), cut_off(), service_busy()}) {
        Service service;
        service.server.change(
            [](ServedReleases& releases) { releases.multiply(k_in_rainbows_cd, 60); });
        service.server.set_script([&fault](const LoggedRequest& request) -> std::optional<Fault> {
            return request.number == 2 ? std::optional{fault} : std::nullopt;
        });
        CHECK(service.releases_of(k_in_rainbows).releases.size() == 63);
        CHECK(service.targets()[0] != service.targets()[2]);
        CHECK(service.targets()[1] == service.targets()[2]);
    }
}

TEST_CASE("the gate is asked before every request, hops of redirects included") {
    RecordingGate gate;
    SourceOptions options = impatient_options();
    options.gate = &gate;
    Service service{options};
    service.server.fail_next(
        redirect_to("/ws/2/release?release-group=" + k_rumours + "&inc=release-groups"));
    CHECK(service.releases_of(k_rumours).requests == 2);
    CHECK(gate.turns == 2);
    CHECK(gate.waits.empty());
}

TEST_CASE("whoever has used up the limit makes everybody wait for its end, unasked") {
    RecordingGate gate;
    SourceOptions options = impatient_options();
    options.gate = &gate;
    Service service{options};
    Fault last = status_fault(500);
    last.headers = used_up(3);
    service.server.fail_next(last);
    CHECK(service.releases_of(k_rumours).requests == 2);
    CHECK(gate.waits == std::vector<Millis>{3'000});
    Fault refused = status_fault(503);
    refused.headers = used_up(600);
    service.server.fail_next(refused);
    CHECK(service.error_of(k_rumours).retry_after_ms == 600'000);
}

TEST_CASE("one refusal closes the gate, a failure does not") {
    for (const int status : {401, 403, 407, 404, 418, 500}) {
        CAPTURE(status);
        RecordingGate gate;
        SourceOptions options = impatient_options();
        options.gate = &gate;
        Service service{options};
        always(service, status_fault(status));
        const SourceError error = service.error_of(k_rumours);
        const bool is_refusal = status == 401 || status == 403 || status == 407;
        CHECK(gate.closed_for.size() == (is_refusal ? 1 : 0));
        if (is_refusal) CHECK(gate.closed_for.front() == error.code);
    }
}

TEST_CASE("a busy service makes everybody wait, longer each time") {
    RecordingGate gate;
    SourceOptions options = impatient_options();
    options.gate = &gate;
    options.busy_waits_ms = {1'000, 2'000, 4'000};
    Service service{options};
    service.server.fail_next(service_busy());
    service.server.fail_next(service_busy());
    CHECK(service.releases_of(k_rumours).requests == 3);
    CHECK(gate.waits == std::vector<Millis>{1'000, 2'000});
}

TEST_CASE("the wait that a service asks for is the one that is kept") {
    RecordingGate gate;
    SourceOptions options = impatient_options();
    options.gate = &gate;
    options.busy_waits_ms = {1'000, 30'000};
    Service service{options};
    Fault slow_down = service_busy();
    slow_down.headers = {{"Retry-After", "7"}};
    service.server.fail_next(slow_down);
    CHECK(service.releases_of(k_rumours).requests == 2);
    CHECK(gate.waits == std::vector<Millis>{7'000});
}

TEST_CASE("a service that asks for a long wait ends the attempt, and nobody asks meanwhile") {
    RecordingGate gate;
    SourceOptions options = impatient_options();
    options.gate = &gate;
    options.busy_waits_ms = {1'000, 30'000};
    Service service{options};
    Fault closed = status_fault(503);
    closed.headers = {{"Retry-After", "600"}};
    service.server.fail_next(closed);
    const SourceError error = service.error_of(k_rumours);
    CHECK(error.kind == ErrorKind::throttled);
    CHECK(error.retry_after_ms == 600'000);
    CHECK(error.requests == 1);
    CHECK(gate.waits == std::vector<Millis>{600'000});
}

TEST_CASE("a busy service is waited for as often as told, then the attempt ends as throttled") {
    RecordingGate gate;
    SourceOptions options = impatient_options();
    options.gate = &gate;
    Service service{options};
    always(service, service_busy());
    const SourceError error = service.error_of(k_rumours);
    CHECK(error.kind == ErrorKind::throttled);
    CHECK(error.retry_after_ms == 0);
    CHECK(std::string{error.what()}.find("global") != std::string::npos);
    CHECK(gate.waits.size() == options.busy_waits_ms.size() + 1);
}

TEST_CASE("pages together do not wait for a busy service longer than one attempt should") {
    RecordingGate gate;
    SourceOptions options = impatient_options();
    options.gate = &gate;
    options.busy_waits_ms = {10'000, 10'000};
    options.longest_busy_wait_ms = 25'000;
    Service service{options};
    service.server.change(
        [](ServedReleases& releases) { releases.multiply(k_in_rainbows_cd, 300); });
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        return request.number % 2 == 1 ? std::optional{service_busy()} : std::nullopt;
    });
    const SourceError error = service.error_of(k_in_rainbows);
    CHECK(error.kind == ErrorKind::throttled);
    CHECK(error.requests == 5);
    CHECK(gate.waits == std::vector<Millis>{10'000, 10'000, 10'000});
}

TEST_CASE("an error body is shown short and without its control characters") {
    Service service;
    always(service, status_fault(400, "\x1b[2J" + std::string(100'000, 'x')));
    const std::string message = service.error_of(k_rumours).what();
    CHECK(message.find("\\u{1B}[2Jxxx") != std::string::npos);
    CHECK(message.find('\x1b') == std::string::npos);
    CHECK(message.size() < 1'000);
}

TEST_CASE("a server without a User-Agent to see refuses us, and the message says what to do") {
    SourceOptions options = impatient_options();
    options.user_agent = "";
    Service service{options};
    const SourceError error = service.error_of(k_rumours);
    CHECK(error.code == "forbidden");
    CHECK(std::string{error.what()}.find("--contact") != std::string::npos);
}

TEST_CASE("a request under way is dropped when asked to stop") {
    Service service;
    std::stop_source stop;
    service.server.set_script([&stop](const LoggedRequest&) {
        stop.request_stop();
        return delayed(60'000);
    });
    try {
        service.source->releases_of(mbid(k_rumours), stop.get_token());
        FAIL("it went on");
    } catch (const SourceError& error) {
        CHECK(error.kind == ErrorKind::stopped);
        CHECK(error.requests == 1);
    }
}

TEST_CASE("a wait between two requests ends when asked to stop") {
    SourceOptions options = impatient_options();
    options.retry_waits_ms = {600'000};
    Service service{options};
    std::stop_source stop;
    service.server.set_script([&stop](const LoggedRequest&) {
        stop.request_stop();
        return status_fault(500);
    });
    CHECK_THROWS_AS(service.source->releases_of(mbid(k_rumours), stop.get_token()), SourceError);
    CHECK(service.targets().size() == 1);
}

TEST_CASE("who is asked to stop before the first request makes none") {
    Service service;
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(service.source->releases_of(mbid(k_rumours), stop.get_token()), SourceError);
    CHECK(service.targets().empty());
}

TEST_CASE("a port where nobody listens is a connection that fails for the moment") {
    std::string root;
    {
        const MusicBrainzServer gone;
        root = gone.root();
    }
    const auto source = make_source(root, impatient_options());
    try {
        source->releases_of(mbid(k_rumours), {});
        FAIL("somebody answered");
    } catch (const SourceError& error) {
        CHECK(error.code == "connect");
        CHECK(error.kind == ErrorKind::transient);
        CHECK(error.requests == 3);
    }
}

TEST_CASE("several threads may ask one source at once") {
    Service service;
    std::vector<std::thread> threads;
    std::vector<std::size_t> sizes(8);
    for (std::size_t& size : sizes) {
        threads.emplace_back([&] { size = service.releases_of(k_rumours).releases.size(); });
    }
    for (std::thread& thread : threads)
        thread.join();
    CHECK(std::count(sizes.begin(), sizes.end(), 3) == 8);
}

TEST_CASE("what is gone is a fact once the service has shown that it knows what it must know") {
    Service service;
    const std::vector<Mbid> known{mbid(k_in_rainbows_cd)};
    CHECK(service.source->prove(known, {}) == 1);
    CHECK(service.source->prove(known, {}) == 0);
    CHECK(service.source->probe(known, {}) == 1);  // asks afresh
    service.server.set_script([](const LoggedRequest&) { return html_error(404); });
    CHECK(service.error_of(k_rumours).code == "not_musicbrainz");
    CHECK_THROWS_AS(service.source->prove(known, {}), SourceError);  // it was doubtful since
}

TEST_CASE("releases of the group that was asked for show what the service is") {
    Service service;
    service.releases_of(k_rumours);
    CHECK(service.source->prove({}, {}) == 0);
}

TEST_CASE("a group without releases shows nothing of what the service is") {
    Service service;
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.target.find("/release?") == std::string::npos) return std::nullopt;
        return status_fault(200, R"({"release-count":0,"release-offset":0,"releases":[]})");
    });
    CHECK(service.releases_of(k_rumours).releases.empty());
    CHECK(service.source->prove({}, {}) == 1);
}

TEST_CASE("a service that knows one of several releases is proven, for the others may be gone") {
    Service service;
    const std::vector<Mbid> known{mbid(k_nowhere), mbid(k_in_rainbows_cd)};
    CHECK(service.source->probe(known, {}) == 2);
}

TEST_CASE("where the catalogue has nothing yet, the various artists are asked for") {
    Service service;
    CHECK(service.source->probe({}, {}) == 1);
    CHECK(service.targets().front().find("/artist/89ad4ac3-39f7-470e-963a-56509c546377") !=
          std::string::npos);
}

TEST_CASE("a service that knows nothing of all that is not MusicBrainz") {
    Service service;
    service.server.set_script([](const LoggedRequest&) { return own_error(404); });
    const std::vector<Mbid> known{mbid(k_in_rainbows_cd)};
    try {
        service.source->probe(known, {});
        FAIL("it was proven");
    } catch (const SourceError& error) {
        CHECK(error.code == "unproven");
        CHECK(error.kind == ErrorKind::transient);
        CHECK(error.requests == 2);
    }
}

TEST_CASE("another thing than what was asked for proves nothing") {
    Service service;
    service.server.set_script([](const LoggedRequest&) {
        return status_fault(200, R"({"id":"01234567-0123-4123-8123-012345678901","title":"?"})");
    });
    CHECK_THROWS_AS(service.source->probe(std::vector{mbid(k_in_rainbows_cd)}, {}), SourceError);
}

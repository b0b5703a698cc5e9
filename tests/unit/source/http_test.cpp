#include "source/http/http.hpp"

#include <stop_token>

#include <doctest/doctest.h>

#include "service.hpp"
#include "source/release_source.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

HttpLimits limits() {
    HttpLimits limits;
    limits.user_agent = "pressings-tests/0 (tests@example.org)";
    return limits;
}

HttpAnswer get(MusicBrainzServer& server, const std::string& path, HttpLimits with = limits()) {
    return http_get(server.root() + path, with, {});
}

/// An answer of `size` bytes, which gets small on the way: the test server compresses this type.
Fault long_answer(std::size_t size) {
    Fault fault = status_fault(200, std::string(size, ' '));
    fault.content_type = "application/json";
    return fault;
}

std::string code_of(MusicBrainzServer& server, const Fault& fault, const HttpLimits& with) {
    server.fail_next(fault);
    try {
        get(server, "/", with);
    } catch (const SourceError& error) {
        return error.code;
    }
    return "none";
}

}  // namespace

TEST_CASE("an answer is given as it is, whatever its status") {
    MusicBrainzServer server;
    Fault fault = status_fault(503, "busy");
    fault.headers = {{"Retry-After", "12"}, {"X-RateLimit-Zone", "global"}};
    server.fail_next(fault);
    const HttpAnswer answer = get(server, "/");
    CHECK(answer.status == 503);
    CHECK(answer.body == "busy");
    CHECK(answer.content_type == "application/json; charset=utf-8");
    CHECK(answer.retry_after_ms == 12'000);
    CHECK(answer.rate_limit_zone == "global");
    CHECK(answer.redirect_url.empty());
}

TEST_CASE("Retry-After is told apart: none, 0, a date that is over, and one without end") {
    MusicBrainzServer server;
    const auto asked = [&](const std::string& value) {
        Fault fault = status_fault(503);
        fault.headers = {{"Retry-After", value}};
        server.fail_next(fault);
        return get(server, "/").retry_after_ms;
    };
    CHECK(get(server, "/").retry_after_ms == std::nullopt);
    CHECK(asked("0") == 0);
    CHECK(asked("Thu, 01 Jan 1998 00:00:00 GMT") == 0);
    CHECK(asked("soon") == 0);
    CHECK(asked("-5") == 0);
    CHECK(asked("Fri, 01 Jan 2999 00:00:00 GMT") == 86'400'000);
    CHECK(asked("999999999") == 86'400'000);
}

TEST_CASE("a limit that is used up lasts until its reset, by the clock of the server") {
    MusicBrainzServer server;
    using Headers = std::vector<std::pair<std::string, std::string>>;
    const auto used_up = [&](Headers headers) {
        headers.emplace_back("Date", "Wed, 21 Nov 2001 10:00:00 GMT");  // 1006336800
        headers.emplace_back("X-RateLimit-Limit", "1200");
        Fault fault = status_fault(200, "{}");
        fault.headers = std::move(headers);
        server.fail_next(fault);
        return get(server, "/").used_up_for_ms;
    };
    const auto at_reset = [&](const std::string& reset) {
        return used_up({{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", reset}});
    };
    CHECK(at_reset("1006336802") == 2'000);
    CHECK(at_reset("1006423201") == 86'400'000);
    CHECK(at_reset("9223372036854775807") == 86'400'000);
    for (const char* none : {"1006336800", "1006336799", "2", "-1", "soon", "1006336802.5", "",
                             "99999999999999999999"}) {
        CAPTURE(none);
        CHECK(at_reset(none) == std::nullopt);
    }
    CHECK(used_up({{"X-RateLimit-Remaining", "1"}, {"X-RateLimit-Reset", "1006336802"}}) ==
          std::nullopt);
    CHECK(used_up({{"X-RateLimit-Reset", "1006336802"}}) == std::nullopt);
    CHECK(used_up({{"X-RateLimit-Remaining", "0"}}) == std::nullopt);
    CHECK(get(server, "/").used_up_for_ms == std::nullopt);
}

TEST_CASE("a redirect is not followed but told, as a whole URL") {
    MusicBrainzServer server;
    server.fail_next(redirect_to("/ws/2/elsewhere"));
    const HttpAnswer answer = get(server, "/release");
    CHECK(answer.status == 301);
    CHECK(answer.redirect_url == server.root() + "/elsewhere");
    CHECK(server.requests().size() == 1);
}

TEST_CASE("answers come compressed, and the bound is on what they are decompressed") {
    MusicBrainzServer server;
    HttpLimits small = limits();
    small.max_body_bytes = 100'000;
    server.fail_next(long_answer(100'000));
    CHECK(get(server, "/", small).body.size() == 100'000);
    CHECK(code_of(server, long_answer(100'001), small) == "too_large");
    CHECK(server.requests()[0].accept_encoding.find("gzip") != std::string::npos);
}

TEST_CASE("a request has a deadline, however steadily its answer trickles") {
    MusicBrainzServer server;
    HttpLimits hasty = limits();
    hasty.request_timeout_ms = 150;
    CHECK(code_of(server, trickled(10), hasty) == "timeout");
    CHECK(code_of(server, delayed(60'000), hasty) == "timeout");
}

TEST_CASE("a server that falls silent is left long before the deadline") {
    MusicBrainzServer server;
    HttpLimits patient = limits();
    patient.request_timeout_ms = 100'000;
    patient.silence_timeout_ms = 1'000;
    CHECK(code_of(server, delayed(600'000), patient) == "timeout");
}

TEST_CASE("connections are used again by the same thread") {
    MusicBrainzServer server{MusicBrainzServer::KeepAlive::yes};
    get(server, "/a");
    get(server, "/b");
    const auto requests = server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].client_port == requests[1].client_port);
}

TEST_CASE("an error in the middle of one request leaves nothing behind for the next") {
    MusicBrainzServer server;
    HttpLimits small = limits();
    small.max_body_bytes = 10;
    CHECK(code_of(server, long_answer(1'000), small) == "too_large");
    server.fail_next(status_fault(200, "right"));
    CHECK(get(server, "/").body == "right");
}

TEST_CASE("only http and https are spoken") {
    for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:1/"}) {
        CHECK_THROWS_AS(http_get(url, limits(), {}), SourceError);
    }
}

TEST_CASE("a URL is shown without name and password") {
    CHECK(shown_url("https://me:secret@example.org/a@b?c") == "https://example.org/a@b?c");
    CHECK(shown_url("https://example.org/a@b") == "https://example.org/a@b");
    CHECK(shown_url("http://example.org/\x1b[1m") == "http://example.org/\\u{1B}[1m");
}

// musicbrainz-mirror serve among clients that are slow, silent, many or rude.
#include <algorithm>
#include <csignal>
#include <filesystem>

#include <doctest/doctest.h>
#include <sys/resource.h>

#include "cli/recorded_albums.hpp"
#include "cli/served_mirror.hpp"

using namespace pressings::test;

namespace {

constexpr const char* k_unfinished = "GET /ws/2/release HTTP/1.1\r\nHost: x\r\nX-Slow: ";

bool are_closed(const std::vector<RawClient>& clients) {
    return std::all_of(clients.begin(), clients.end(),
                       [](const RawClient& client) { return client.is_closed(); });
}

bool are_open(const std::vector<RawClient>& clients) {
    return std::none_of(clients.begin(), clients.end(),
                        [](const RawClient& client) { return client.is_closed(); });
}

}  // namespace

TEST_CASE("Fifty clients that do not finish their headers keep nobody from an answer") {
    const ServedMirror mirror;
    const auto slow = mirror.clients(50, k_unfinished);
    const auto silent = mirror.clients(50, "");
    CHECK(mirror.answers());
    CHECK(are_open(slow));
    CHECK(are_open(silent));
}

TEST_CASE("A client whose request trickles in is closed, however many bytes it still sends") {
    const ServedMirror mirror{{"--client-timeout", "1s"}};
    const RawClient slow{mirror.port};
    slow.send(k_unfinished);
    CHECK(eventually([&] {
        slow.send("x");
        return slow.is_closed();
    }));
    const RawClient slow_body{mirror.port};
    slow_body.send("GET /ws/2/release HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    CHECK(eventually([&] {
        slow_body.send("x");
        return slow_body.is_closed();
    }));
    CHECK(mirror.answers());
}

TEST_CASE("A client that does not take its answers is closed, and keeps nobody from theirs") {
    const ServedMirror mirror{{"--client-timeout", "1s"}};
    const RawClient deaf{mirror.port, 4096};
    const std::string request = "GET " + k_group + " HTTP/1.1\r\nHost: x\r\n\r\n";
    CHECK(eventually([&] {
        while (deaf.send(request) == request.size()) {
        }
        return deaf.is_closed();
    }));
    CHECK(mirror.answers());
}

TEST_CASE("With too many connections those that wait longest are closed, and new ones answered") {
    const ServedMirror mirror{{"--connections", "20"}};
    auto first = mirror.clients(20, "");
    const auto flood = mirror.clients(200, k_unfinished);
    CHECK(mirror.answers());
    CHECK(eventually([&] { return are_closed(first); }));
    CHECK_FALSE(flood.back().is_closed());
}

TEST_CASE("A server that may open more files than it has at first takes as many as it needs") {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit low = before;
    low.rlim_cur = 256;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &low) == 0);
    const ServedMirror mirror{{"--connections", "300"}};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    const auto waiting = mirror.clients(250, "");
    CHECK(mirror.answers());
    CHECK(are_open(waiting));
}

TEST_CASE("Clients that go before their request is whole leave no connection behind") {
    const ServedMirror mirror;
    CHECK(mirror.answers());
    const auto files = [&] {
        const std::filesystem::directory_iterator all{
            "/proc/" + std::to_string(mirror.serving->pid()) + "/fd"};
        return std::distance(begin(all), end(all));
    };
    const auto before = files();
    mirror.clients(300, "GET");
    CHECK(eventually([&] { return files() <= before; }));
    CHECK(mirror.answers());
}

TEST_CASE("Requests that are too long, no GET, or no HTTP are refused, and the next is answered") {
    const ServedMirror mirror;
    const RawClient endless{mirror.port};
    CHECK(eventually([&] {
        endless.send("GET /" + std::string(100'000, 'x'));
        return endless.is_closed();
    }));
    const RawClient posting{mirror.port};
    posting.send("POST /ws/2/release HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n");
    CHECK(has(posting.read_to_the_end(), "HTTP/1.1 405"));
    const RawClient other{mirror.port};
    other.send("\x16\x03\x01 what is this?\r\n\r\n");
    CHECK(eventually([&] { return other.is_closed(); }));
    CHECK(has(RawClient{mirror.port}.get("/no/such/thing"), "HTTP/1.1 404"));
    CHECK(mirror.answers());
}

TEST_CASE("SIGTERM ends serve while slow clients hang on it") {
    const ServedMirror mirror;
    const auto slow = mirror.clients(50, k_unfinished);
    CHECK(mirror.answers());
    mirror.serving->signal(SIGTERM);
    CHECK(mirror.serving->wait() == 0);
    CHECK(mirror.serving->error_output() == "");
}

TEST_CASE("What is no mirror does not replace the one that is served, and is warned of") {
    const ServedMirror mirror;
    std::filesystem::rename(mirror.folder.write("letter", "hello\n"),
                            mirror.folder.file("mb.mirror"));
    CHECK(mirror.answers());
    CHECK(mirror.answers());
    const std::string said = mirror.serving->error_output();
    CHECK(has(said, "of no use"));
    CHECK(said.find("of no use") == said.rfind("of no use"));
}

TEST_CASE("serve refuses limits that make no sense") {
    const ToolBench bench;
    for (const auto& [option, value] : {std::pair{"--connections", "0"},
                                        {"--client-timeout", "soon"},
                                        {"--client-timeout", "0s"}}) {
        check_refused(
            bench.run("musicbrainz-mirror", {"serve", "--mirror", "x.mirror", option, value}), 2,
            option);
    }
}

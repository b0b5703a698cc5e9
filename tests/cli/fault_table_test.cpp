// Each fault of a server, and the job's state afterwards.
#include <map>

#include <fmt/format.h>

#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/raw_server.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// A fault of the answer to one album, and what becomes of its job.
struct Row {
    std::string name;
    Fault fault;
    std::string state = "pending";
    std::string code = "";
};

Row passing(std::string name, Fault fault, std::string code) {
    return {std::move(name), std::move(fault), "pending", std::move(code)};
}

Row certain(std::string name, Fault fault, std::string code) {
    return {std::move(name), std::move(fault), "failed", std::move(code)};
}

std::string album_of_row(std::size_t row) {
    return fmt::format("00000000-0000-4000-8000-{:012}", row);
}

/// A MusicBrainz that has the recorded albums, and one more for each row, which it cannot give.
struct FaultyService {
    MusicBrainzServer server;
    ToolBench bench;
    std::vector<Row> rows;

    explicit FaultyService(std::vector<Row> faults) : rows(std::move(faults)) {
        server.add_folder(k_recorded);
        std::map<std::string, Fault> by_album;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            by_album[album_of_row(i)] = rows[i].fault;
            add_group(album_of_row(i));
        }
        server.set_script([by_album](const LoggedRequest& request) -> std::optional<Fault> {
            const auto at = request.target.find("00000000-0000-4000-8000-");
            const bool is_list = has(request.target, "/release?");
            if (at == std::string::npos || !is_list) return std::nullopt;
            const auto found = by_album.find(request.target.substr(at, 36));
            return found == by_album.end() ? std::nullopt : std::optional{found->second};
        });
    }

    /// There is such a group: only its releases cannot be had.
    void add_group(const std::string& mbid) {
        const Json group{{"id", mbid}, {"title", "One of many"}, {"artist-credit", Json::array()}};
        server.change([&](ServedReleases& releases) { releases.add_group(group.dump()); });
    }

    /// A job for each row and, among them, for albums that can be had.
    void import_all() const {
        std::string batch;
        const auto good = recorded_mbids();
        for (std::size_t i = 0; i < std::max(rows.size(), good.size()); ++i) {
            if (i < rows.size()) batch += album_of_row(i) + "\n";
            if (i < good.size()) batch += good[i] + "\n";
        }
        REQUIRE(bench.run("album-import", {"--from", "-"}, batch).status == 0);
    }

    ToolRun work() const {
        return bench.run("release-worker", {"run", "--source", server.root(), "--timeout", "2s",
                                            "--concurrency", "64", "--rate", "1000", "-q"});
    }

    std::map<std::string, Json> jobs() const {
        std::map<std::string, Json> jobs;
        for (Json& job :
             bench.run("release-worker", {"jobs", "--limit", "0", "--json"}).documents())
            jobs[job["mbid"]] = job;
        return jobs;
    }

    /// Each row has come to its end, and nothing else has been touched by it.
    void check() const {
        auto all = jobs();
        CHECK(all.size() == rows.size() + recorded_mbids().size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            CAPTURE(rows[i].name);
            const Json job = all[album_of_row(i)];
            CHECK(job["state"] == rows[i].state);
            CHECK(job["error"]["code"] == rows[i].code);
            CHECK(job["attempts"] == 1);
        }
        for (const std::string& album : recorded_mbids())
            CHECK(all[album]["state"] == "done");
        CHECK(bench.run("release-worker", {"check"}).status == 0);
    }
};

void check_rows(std::vector<Row> rows) {
    const FaultyService service{std::move(rows)};
    service.import_all();
    CHECK(service.work().status == 1);
    service.check();
}

/// Genuine answers, but of another group.
Fault releases_of_another_group() {
    return status_fault(200, recorded_answer(k_in_rainbows).dump());
}

std::string code_of_status(int status) {
    if (status < 400) return "bad_redirect";
    if (status == 400 || status == 404 || status == 410) return "not_musicbrainz";
    return fmt::format("http_{}", status);
}

/// Busy services, and those that turn us away, hold everybody: they have tests of their own.
bool holds_everybody(int status) {
    return status == 401 || status == 403 || status == 407 || status == 429 || status == 503;
}

}  // namespace

TEST_CASE("Every status from 300 to 599 is passing, but for MusicBrainz's own word on three") {
    std::vector<Row> rows;
    for (int status = 300; status <= 599; ++status) {
        if (holds_everybody(status)) continue;
        const std::string name = std::to_string(status);
        rows.push_back(passing(name + " in HTML", html_error(status), code_of_status(status)));
        if (status < 400 || status >= 500) continue;
        const bool is_own = status == 400 || status == 404 || status == 410;
        rows.push_back(
            is_own ? certain(name, own_error(status), status == 400 ? "bad_request" : "not_found")
                   : passing(name, own_error(status), code_of_status(status)));
    }
    check_rows(std::move(rows));
}

TEST_CASE("Whatever stands in the place of an answer is passing") {
    const std::string releases = recorded_answer(k_in_rainbows).dump();
    Fault text = status_fault(200, "Service temporarily unavailable");
    text.content_type = "text/plain";
    Fault html_with_json = html_page();
    html_with_json.body = R"({"release-count":0,"release-offset":0,"releases":[]})";
    check_rows({
        passing("nothing", status_fault(200, ""), "not_json"),
        passing("white space", status_fault(200, "  \r\n\t"), "not_json"),
        passing("HTML", html_page(), "not_json"),
        passing("HTML called JSON", status_fault(200, "<!DOCTYPE html><p>Hello"), "not_json"),
        passing("JSON called HTML", html_with_json, "not_json"),
        passing("text", text, "not_json"),
        passing("bytes of no meaning", garbage(), "not_json"),
        passing("a byte order mark alone", status_fault(200, "\xEF\xBB\xBF"), "not_json"),
        passing("null", status_fault(200, "null"), "not_json"),
        passing("true", status_fault(200, "true"), "not_json"),
        passing("a number", status_fault(200, "404"), "not_json"),
        passing("a string", status_fault(200, R"("Not Found")"), "not_json"),
        passing("a list", status_fault(200, "[]"), "not_json"),
        passing("half of an answer", status_fault(200, releases.substr(0, releases.size() / 2)),
                "bad_answer"),
        passing("an answer without its last sign",
                status_fault(200, releases.substr(0, releases.size() - 1)), "bad_answer"),
        passing("two answers", status_fault(200, releases + releases), "bad_answer"),
        passing("an answer that is not UTF-8",
                status_fault(200, "{\"release-count\":0,\"x\":\"\xff\xfe\"}"), "bad_answer"),
        passing("braces without end", status_fault(200, std::string(2'000, '{') + "}"),
                "bad_answer"),
        passing("an empty object", status_fault(200, "{}"), "bad_answer"),
        passing("an object of another kind", status_fault(200, R"({"status":"ok"})"), "bad_answer"),
        passing("a list of releases that is none",
                status_fault(200, R"({"release-count":1,"release-offset":0,"releases":"none"})"),
                "bad_answer"),
        passing("busy, with 200", own_error(200, "The MusicBrainz web server is currently busy."),
                "error_answer"),
        passing("not found, with 200", own_error(200), "error_answer"),
        passing("another group's releases", releases_of_another_group(), "wrong_group"),
        passing("fewer than counted",
                status_fault(200, R"({"release-count":5,"release-offset":0,"releases":[]})"),
                "incomplete"),
        passing("an error of another web server",
                status_fault(404, R"({"status":404,"error":"Not Found","path":"/ws/2/release"})"),
                "not_musicbrainz"),
    });
}

TEST_CASE("Whatever goes wrong with a connection is passing") {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    std::string flood = head;
    while (flood.size() < 400'000)
        flood += "X-Flood: " + std::string(200, 'x') + "\r\n";
    using End = RawAnswer::End;
    const RawServer raw{{
        {"/closed", {"", End::close}},
        {"/reset", {"", End::reset}},
        {"/reset-later", {head + "Content-Length: 100\r\n\r\n{", End::reset}},
        {"/silent", {"", End::silent}},
        {"/silent-later", {head + "Content-Length: 100\r\n\r\n{", End::silent}},
        {"/half-a-head", {head, End::close}},
        {"/short", {head + "Content-Length: 100\r\n\r\n{}", End::close}},
        {"/no-http", {"220 mail.example.org ESMTP\r\n", End::close}},
        {"/http-9", {"HTTP/9.9 200 OK\r\n\r\n{}", End::close}},
        {"/bad-length", {head + "Content-Length: -5\r\n\r\n{}", End::close}},
        {"/bad-chunk", {head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", End::close}},
        {"/half-a-chunk", {head + "Transfer-Encoding: chunked\r\n\r\nff\r\n{", End::close}},
        {"/bad-gzip",
         {head + "Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nno gzip !", End::close}},
        {"/bad-encoding",
         {head + "Content-Encoding: rot13\r\nContent-Length: 2\r\n\r\n{}", End::close}},
        {"/flood", {flood, End::close}},
        {"/only-continue", {"HTTP/1.1 100 Continue\r\n\r\n", End::close}},
    }};
    const auto at = [&](const char* path) {
        return redirect_to(fmt::format("http://127.0.0.1:{}{}", raw.port(), path));
    };
    check_rows({
        passing("no such host", redirect_to("http://no-such-host.invalid/"), "dns"),
        passing("nobody listens", redirect_to("http://127.0.0.1:9/"), "connect"),
        passing("TLS to a port without",
                redirect_to(fmt::format("https://127.0.0.1:{}/", raw.port())), "tls"),
        passing("a redirect to a file", redirect_to("file:///etc/passwd"), "bad_redirect"),
        passing("a redirect to a URL that is none", redirect_to("http://[::bad/"), "bad_url"),
        passing("closed", at("/closed"), "cut_off"),
        passing("reset", at("/reset"), "cut_off"),
        passing("reset later", at("/reset-later"), "cut_off"),
        passing("silent", at("/silent"), "timeout"),
        passing("silent later", at("/silent-later"), "timeout"),
        passing("half a head", at("/half-a-head"), "not_json"),
        passing("short", at("/short"), "cut_off"),
        passing("no HTTP", at("/no-http"), "no_http"),
        passing("HTTP 9", at("/http-9"), "no_http"),
        passing("bad length", at("/bad-length"), "no_http"),
        passing("bad chunk", at("/bad-chunk"), "cut_off"),
        passing("half a chunk", at("/half-a-chunk"), "cut_off"),
        passing("bad gzip", at("/bad-gzip"), "bad_encoding"),
        passing("bad encoding", at("/bad-encoding"), "bad_encoding"),
        passing("a flood of headers", at("/flood"), "too_large"),
        passing("only continue", at("/only-continue"), "cut_off"),
        passing("truncated", cut_off(), "cut_off"),
        passing("a byte now and then", trickled(50), "timeout"),
        passing("late", delayed(60'000), "timeout"),
        passing("gigabytes", never_ending(), "too_large"),
    });
}

TEST_CASE("Redirects in a ring are left") {
    MusicBrainzServer server;
    server.set_script([&server](const LoggedRequest& request) {
        return redirect_to(fmt::format("http://127.0.0.1:{}{}", server.port(), request.target));
    });
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    CHECK(bench.run("release-worker", {"run", "-q", "--rate", "1000", "--source", server.root()})
              .status == 3);
    const Json job = bench.run("release-worker", {"show", "1", "--json"}).documents().at(0);
    CHECK(job["state"] == "pending");
    CHECK(job["error"]["code"] == "too_many_redirects");
    CHECK(job["attempts"] == 0);
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

TEST_CASE("A host that does not exist, a port where nobody listens: the environment failed") {
    for (const auto& [source, code] : {std::pair{"http://no-such-host.invalid/ws/2", "dns"},
                                       std::pair{"http://127.0.0.1:9/ws/2", "connect"}}) {
        CAPTURE(source);
        ToolBench bench;
        bench.run("album-import", {k_rumours});
        CHECK(bench.run("release-worker", {"run", "--source", source, "-q"}).status == 3);
        const Json job = bench.run("release-worker", {"show", "1", "--json"}).documents().at(0);
        CHECK(job["state"] == "pending");
        CHECK(job["error"]["code"] == code);
        CHECK(job["attempts"] == 0);
    }
}

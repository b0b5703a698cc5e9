// What comes from outside, held against a real terminal and against a pipe: no control character of
// a name reaches the one, and JSON never has one raw.
#include "support/terminal.hpp"

#include <set>

#include "cli/recorded_albums.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// Everything that a terminal could take for an order, and what turns the order of reading.
const std::string k_evil =
    "a\x1B]0;x\a\x7F\xC2\x85\xC2\x9B"
    "2J\xE2\x80\xA8\xE2\x80\xAA\xE2\x80\xAE\xE2\x81\xA6\xE2\x81\xA9z";

/// The characters of `text` that no terminal may get from a name: those which are not printed, but
/// for line ends and the colours of the tools' own.
std::set<std::string> raw_controls(std::string text) {
    for (const std::string own : {"\x1B[1m", "\x1B[0m", "\x1B[K", "\r\n", "\r\x1B[K"}) {
        for (auto at = text.find(own); at != std::string::npos; at = text.find(own))
            text.erase(at, own.size());
    }
    std::set<std::string> found;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte < 0x20 && byte != '\n' && byte != '\r') || byte == 0x7F)
            found.insert(text.substr(at, 1));
    }
    for (const std::string one : {"\xC2\x85", "\xC2\x9B", "\xE2\x80\xA8", "\xE2\x80\xAA",
                                  "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9"}) {
        if (has(text, one)) found.insert(one);
    }
    return found;
}

/// A catalogue in which every text is hostile: of an album that waits, of one that failed and of
/// one that was imported.
struct EvilBench : ToolBench {
    EvilBench() {
        Json answer = recorded_answer(k_rumours);
        make_evil(answer);
        std::filesystem::create_directory(folder.file("evil"));
        folder.write(std::string{"evil/"} + k_rumours + ".json", answer.dump());
        const Json named{{"artist", k_evil}, {"title", k_evil}};
        const std::string batch = named.dump() + "\n" + Json{{"mbid", k_rumours}}.dump() + "\n" +
                                  Json{{"artist", "b"}, {"title", k_evil}}.dump() + "\n";
        CHECK(run("album-import", {"--from", "-", "--format", "ndjson"}, batch).status == 0);
        CHECK(run("release-worker", {"run", "--source", "file:" + folder.file("evil")}).status ==
              1);
        CHECK(run("album-import", {"--from", "-", "--format", "ndjson"},
                  Json{{"artist", "c"}, {"title", k_evil}}.dump() + "\n")
                  .status == 0);
        folder.write("batch.ndjson", named.dump() + "\n{\"mbid\":\"" + k_rumours + "\x7F\"}\n");
    }

    /// Titles, names and notes, but no MBIDs, dates or codes.
    static void make_evil(Json& value) {
        static const std::set<std::string> k_free{"title", "name", "disambiguation",
                                                  "catalog-number"};
        for (auto& [key, part] : value.items()) {
            if (part.is_structured()) {
                make_evil(part);
            } else if (part.is_string() && k_free.contains(key)) {
                part = k_evil;
            }
        }
    }
};

struct Words {
    const char* tool;
    std::vector<std::string> arguments;
    bool has_json = true;
};

std::vector<Words> every_command(const EvilBench& bench) {
    const std::string copy = bench.folder.file("copy" + k_evil.substr(0, 4));
    return {
        {"release-catalog", {"albums"}},
        {"release-catalog", {"album", k_rumours}},
        {"release-catalog", {"album", k_rumours, "--tracks"}},
        {"release-catalog", {"pick"}},
        {"release-catalog", {"upcoming", "--today", "1970-01-01"}},
        {"release-catalog", {"upcoming", "--today", "1970-01-01", "--atom"}, false},
        {"release-catalog", {"compare", k_rumours}},
        {"release-catalog", {"releases", "--tracks"}},
        {"release-catalog", {"stats"}},
        {"release-catalog", {"search", "a"}},
        {"release-catalog", {"changes"}},
        {"release-catalog", {"export", "--format", "ndjson"}},
        {"release-catalog", {"export", "--format", "csv"}, false},
        {"release-catalog", {"export", "--format", "csv", "--what", "releases"}, false},
        {"release-catalog", {"export", "--format", "csv", "--what", "tracks"}, false},
        {"release-catalog", {"report", "--output", bench.folder.file("pages\x1B")}},
        {"release-worker", {"status"}},
        {"release-worker", {"status", "--prometheus"}, false},
        {"release-worker", {"jobs"}},
        {"release-worker", {"show", "1"}},
        {"release-worker", {"show", "2"}},
        {"release-worker", {"retry", "--all-failed", "--dry-run"}},
        {"release-worker", {"pause", "--dry-run"}},
        {"release-worker", {"refresh", "--all", "--dry-run"}},
        {"release-worker", {"prune", "--older-than", "1d", "--dry-run"}},
        {"release-worker", {"explain-retry"}},
        {"release-worker", {"check"}},
        {"release-worker", {"backup", "--dry-run", copy}},
        {"release-worker", {"restore", "--dry-run", bench.folder.file("none\x1B")}},
        {"release-worker", {"run", "--dry-run"}},
        {"release-worker", {"run", "--source", "file:" + bench.folder.file("evil")}},
        {"album-import", {"--from", bench.folder.file("batch.ndjson")}},
        {"album-import", {"--artist", k_evil, "--title", k_evil}},
        {"musicbrainz-mirror", {"info", "--mirror", bench.folder.file("none\x1B")}},
    };
}

}  // namespace

TEST_CASE("No control character of a name, a file or an error reaches a terminal") {
    const EvilBench bench;
    for (const Words& words : every_command(bench)) {
        for (const char* form : {"", "--json", "--log-format=json", "--color=always"}) {
            if (std::string{form} == "--json" && !words.has_json) continue;
            CAPTURE(words.tool);
            CAPTURE(words.arguments.front());
            CAPTURE(form);
            auto arguments = words.arguments;
            if (*form != '\0') arguments.emplace_back(form);
            const std::string shown = run_on_terminal(piped(bench, words.tool, arguments));
            CHECK(raw_controls(shown) == std::set<std::string>{});
        }
    }
}

TEST_CASE("Through a pipe, JSON and log lines have nothing raw, and JSON says the same") {
    const EvilBench bench;
    for (const Words& words : every_command(bench)) {
        for (const char* form : {"--json", "--log-format=json"}) {
            if (std::string{form} == "--json" && !words.has_json) continue;
            CAPTURE(words.tool);
            CAPTURE(words.arguments.front());
            auto arguments = words.arguments;
            arguments.emplace_back(form);
            const auto run = bench.run(words.tool, arguments);
            CHECK(raw_controls(run.err) == std::set<std::string>{});
            if (std::string{form} != "--json") continue;
            CHECK(raw_controls(run.out) == std::set<std::string>{});
            CHECK_NOTHROW(run.documents());
        }
    }
    const auto album = bench.run("release-catalog", {"album", k_rumours, "--json"}).documents()[0];
    CHECK(album["title"] == k_evil);
    CHECK(album["releases"][0]["title"] == k_evil);
}

TEST_CASE("CSV in a pipe or a file is data: a title is there as it is") {
    const EvilBench bench;
    const auto piped = bench.run("release-catalog", {"export", "--format", "csv"});
    CHECK(has(piped.out, k_evil));
    const std::string file = bench.folder.file("albums.csv");
    CHECK(bench.run("release-catalog", {"export", "--format", "csv", "--output", file}).status ==
          0);
    CHECK(has(bench.folder.read("albums.csv"), k_evil));
}

TEST_CASE("A document of a mirror is shown escaped on a terminal, as JSON that says the same") {
    const ToolBench bench;
    Json release = Json::parse(genuine_releases().front());
    release["title"] = k_evil;
    const std::string dump = write_dump(bench.folder.file("release.tar.gz"), {release.dump()}, {});
    const std::string mirror = bench.folder.file("mb.mirror");
    REQUIRE(bench.run("musicbrainz-mirror", {"load", "--mirror", mirror, dump}).status == 0);
    const std::vector<std::string> get{"get", "--mirror", mirror, release["id"]};
    const std::string shown = run_on_terminal(piped(bench, "musicbrainz-mirror", get));
    CHECK(raw_controls(shown) == std::set<std::string>{});
    CHECK(Json::parse(shown)["title"] == k_evil);
    CHECK(bench.run("musicbrainz-mirror", get).out == release.dump() + "\n");
}

TEST_CASE("The body of a server's error is shown escaped in logs, tables and JSON") {
    const ToolBench bench;
    MusicBrainzServer server;
    server.set_script([](const LoggedRequest&) {
        return status_fault(400, Json{{"error", k_evil}}.dump());
    });
    CHECK(bench.run("album-import", {k_rumours}).status == 0);
    const std::vector<std::vector<std::string>> runs{
        {"run", "--source", server.root(), "--max-attempts", "1"},
        {"show", "1"},
        {"jobs"},
        {"status"},
        {"show", "1", "--json"},
        {"jobs", "--json"}};
    for (const auto& arguments : runs) {
        CAPTURE(arguments.front());
        const std::string shown = run_on_terminal(piped(bench, "release-worker", arguments));
        CHECK(raw_controls(shown) == std::set<std::string>{});
    }
}

// Sessions at 80 and 200 columns, with titles in scripts of every width: no line is longer than the
// terminal, so none is broken inside a word.
#include <sstream>

#include "base/text.hpp"
#include "cli/option_row.hpp"
#include "cli/recorded_albums.hpp"
#include "support/terminal.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr const char* k_arabic = "أم كلثوم – إنت عمري";
constexpr const char* k_japanese = "三毒史 (初回限定生産盤)";
constexpr const char* k_emoji = "🎸👩🏽‍🚀 ÷ 🇯🇵";

/// The recorded albums, one of them spelled otherwise and changed since, one that cannot be had,
/// and one that waits.
struct SpelledBench : ToolBench {
    SpelledBench() {
        std::filesystem::copy(k_recorded, folder.file("spelled"));
        import_recorded(*this);
        Json answer = recorded_answer(k_in_rainbows);
        const char* const titles[] = {k_japanese, k_arabic, k_emoji};
        for (std::size_t i = 0; i < 3; ++i) {
            Json& release = answer["releases"][i];
            release["title"] = titles[i];
            release["disambiguation"] = std::string{titles[i]} + " と とても長い説明 " + k_arabic;
            release["label-info"][0]["label"]["name"] = std::string{k_emoji} + k_japanese;
            release["date"] = "2099-01-0" + std::to_string(i + 1);
            release["release-events"][0]["date"] = release["date"];
            release["media"][0]["tracks"][0]["title"] = titles[i];
            release["release-group"]["title"] = std::string{k_arabic} + " / " + k_japanese;
        }
        folder.write(std::string{"spelled/"} + k_in_rainbows + ".json", answer.dump());
        run("album-import", {"--refresh", k_in_rainbows});
        run("album-import", {k_not_recorded});
        run("release-worker", {"run", "-q", "--source", "file:" + folder.file("spelled")});
        run("album-import", {"--artist", k_arabic, "--title", k_japanese});
    }
};

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream{text};
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) {
        if (line.ends_with('\r')) line.pop_back();
        line = line.substr(line.rfind('\r') + 1);  // behind what was drawn over
        const std::string cleared = "\x1B[K";
        lines.push_back(line.starts_with(cleared) ? line.substr(cleared.size()) : line);
    }
    return lines;
}

std::string shown(const ToolBench& bench, const char* tool, const Words& arguments, int columns) {
    return run_on_terminal(piped(bench, tool, arguments + Words{"--color", "never", "--no-pager"}),
                           static_cast<unsigned short>(columns));
}

struct Session {
    const char* tool;
    Words arguments;
};

const std::vector<Session> k_sessions{
    {"release-catalog", {"albums"}},
    {"release-catalog", {"albums", "--sort", "title", "--reverse"}},
    {"release-catalog", {"releases"}},
    {"release-catalog", {"album", k_in_rainbows}},
    {"release-catalog", {"album", k_in_rainbows, "--tracks"}},
    {"release-catalog", {"search", "三毒史"}},
    {"release-catalog", {"compare", k_in_rainbows}},
    {"release-catalog", {"pick"}},
    {"release-catalog", {"upcoming"}},
    {"release-catalog", {"changes"}},
    {"release-catalog", {"stats"}},
    {"release-worker", {"status"}},
    {"release-worker", {"jobs"}},
    {"release-worker", {"show", "32"}},
    {"release-worker", {"explain-retry"}},
    {"release-worker", {"check"}}};

}  // namespace

TEST_CASE("No line of a list is longer than the terminal, whatever the script") {
    const SpelledBench bench;
    for (const int columns : {60, 80, 200}) {
        for (const Session& session : k_sessions) {
            CAPTURE(columns);
            CAPTURE(session.arguments.front());
            const std::string text = shown(bench, session.tool, session.arguments, columns);
            CHECK_FALSE(text.empty());
            for (const std::string& line : lines_of(text)) {
                CAPTURE(line);
                CHECK(display_width(line) <= static_cast<std::size_t>(columns));
            }
        }
    }
}

TEST_CASE(
    "Columns leave a narrow terminal in their order: the MBID first, what was asked for never") {
    const SpelledBench bench;
    const auto head = [&](int columns, const Words& more = {}) {
        return lines_of(shown(bench, "release-catalog", Words{"albums"} + more, columns)).front();
    };
    for (const char* title : {"JOB", "TYPE", "RELEASES", "MBID"})
        CHECK(has(head(200), title));
    CHECK_FALSE(has(head(80), "MBID"));
    CHECK(has(head(80), "JOB"));
    CHECK_FALSE(has(head(50), "JOB"));
    CHECK(has(head(50), "TITLE"));
    CHECK(has(head(60, {"--columns", "title,mbid"}), "MBID"));
}

TEST_CASE("The error of a job is one line, and the rest is in show and -v") {
    ToolBench bench;
    bench.run("album-import", {k_in_rainbows});
    const Words run{"run", "--source", "http://127.0.0.1:1/ws/2", "--max-time", "1s"};
    const auto brief = bench.run("release-worker", run);
    CHECK(has(brief.err, "job 1: connect: the host cannot be reached"));
    CHECK_FALSE(has(brief.err.substr(0, brief.err.find('\n')), "/ws/2/release?"));
    CHECK(has(bench.run("release-worker", {"show", "1"}).out, "asked: http://127.0.0.1:1/ws/2"));
    CHECK_FALSE(has(bench.run("release-worker", {"jobs"}).out, "asked: "));
    bench.run("release-worker", {"run-now", "1"});
    CHECK(has(bench.run("release-worker", run + Words{"-v"}).err, "/ws/2/release?"));
}

TEST_CASE("With -q nothing is said as long as all goes well") {
    ToolBench bench;
    const auto silent = [&](const char* tool, const Words& arguments) {
        CAPTURE(arguments.front());
        const auto run = bench.run(tool, arguments + Words{"-q"});
        CHECK(run.status == 0);
        CHECK(run.out == "");
        CHECK(run.err == "");
    };
    silent("album-import", {k_in_rainbows, k_rumours});
    silent("release-worker", {"pause"});
    silent("release-worker", {"resume"});
    silent("release-worker", {"run", "--source", k_source});
    silent("release-worker", {"refresh", "--all"});
    silent("release-worker", {"cancel", "--all"});
    silent("release-worker", {"check"});
    silent("release-worker", {"prune", "--older-than", "30d"});
    silent("release-worker", {"backup", bench.folder.file("copy.db")});
    silent("release-catalog", {"export", "--folder", bench.folder.file("tables")});
    silent("release-catalog", {"report", "--output", bench.folder.file("report")});
    CHECK_FALSE(bench.run("release-catalog", {"albums", "-q"}).out.empty());
    CHECK_FALSE(bench.run("release-worker", {"refresh", "--all", "-q", "--json"}).out.empty());
    bench.run("album-import", {k_not_recorded});
    const auto failed = bench.run("release-worker", {"run", "-q", "--source", k_source});
    CHECK(failed.status == 1);
    CHECK(has(failed.out, "failed 1"));
}

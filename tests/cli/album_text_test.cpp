// An album as a person sees it: its header, a table of editions, tracks where they are asked for.
#include <sstream>

#include "base/text.hpp"
#include "cli/recorded_albums.hpp"
#include "support/terminal.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

namespace {

constexpr const char* k_arabic = "أم كلثوم – إنت عمري";
constexpr const char* k_emoji = "🎸👩🏽‍🚀 ÷ 🇯🇵";
constexpr const char* k_japanese = "三毒史 (初回限定生産盤)";

/// In Rainbows with other titles, and with names long enough to be in each other's way.
struct SpelledBench : ToolBench {
    SpelledBench() {
        Json answer = recorded_answer(k_in_rainbows);
        Json& releases = answer["releases"];
        const char* const titles[] = {k_japanese, k_arabic, k_emoji};
        for (std::size_t i = 0; i < 3; ++i) {
            releases[i]["title"] = titles[i];
            releases[i]["disambiguation"] =
                std::string{titles[i]} + " と とても長い説明 " + titles[i];
            releases[i]["label-info"][0]["catalog-number"] = "XL CD 324 / 限定 / 🇬🇧";
            releases[i]["media"][0]["tracks"][0]["title"] = titles[i];
            releases[i]["release-group"]["title"] = k_arabic;
        }
        std::filesystem::create_directory(folder.file("spelled"));
        folder.write(std::string{"spelled/"} + k_in_rainbows + ".json", answer.dump());
        run("album-import", {k_in_rainbows});
        REQUIRE(
            run("release-worker", {"run", "--source", "file:" + folder.file("spelled")}).status ==
            0);
    }
};

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream{text};
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) {
        if (line.ends_with('\r')) line.pop_back();
        lines.push_back(line);
    }
    return lines;
}

/// What a terminal of so many columns shows.
std::string shown(const ToolBench& bench, int columns, const Words& more = {}) {
    auto arguments = std::vector<std::string>{"album", k_in_rainbows, "--color", "never"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_on_terminal(piped(bench, "release-catalog", arguments),
                           static_cast<unsigned short>(columns));
}

}  // namespace

TEST_CASE("An album's table fits the terminal, in Japanese, Arabic and emoji alike") {
    const SpelledBench bench;
    for (const int columns : {80, 120, 200}) {
        for (const Words& more : {Words{}, Words{"--tracks"}}) {
            const std::string text = shown(bench, columns, more);
            CAPTURE(text);
            for (const std::string& line : lines_of(text))
                CHECK(display_width(line) <= static_cast<std::size_t>(columns));
            CHECK(has(text, k_arabic));
            CHECK(has(text, "2007-12-31  "));
            CHECK(has(text, "XL Reco"));
        }
    }
}

TEST_CASE("The MBID is the first that a narrow terminal has no room for; a pipe has all") {
    const SpelledBench bench;
    const std::string mbid = recorded_answer(k_in_rainbows)["releases"][0]["id"];
    CHECK(has(shown(bench, 200), mbid));
    CHECK_FALSE(has(shown(bench, 80), mbid));
    CHECK(has(shown(bench, 80, {"--tracks"}), mbid));
    const auto piped = bench.run("release-catalog", {"album", k_in_rainbows});
    check_quiet(piped);
    CHECK(has(piped.out, mbid));
    CHECK(has(piped.out, k_emoji));
    CHECK(has(piped.out, std::string{k_japanese} + " と とても長い説明 " + k_japanese));
}

TEST_CASE("Editions stand by format, the format that came first in front, and by date in it") {
    ToolBench bench;
    import_recorded(bench);
    const auto run = bench.run("release-catalog", {"album", k_in_rainbows});
    check_quiet(run);
    const auto lines = lines_of(run.out);
    REQUIRE(lines.size() > 6);
    CHECK(lines[0] == "Radiohead - In Rainbows");
    CHECK(lines[1] == "Album, first released 2007-10-10");
    CHECK(lines[2].starts_with(std::string{k_in_rainbows} + ", album "));
    CHECK(lines[3].starts_with("3 editions (1 vinyl, 2 CD); imported 20"));
    CHECK(lines[5].starts_with("DATE        CC     LABEL "));
    CHECK_FALSE(has(lines[5], "STATUS"));  // all are official, and so nothing would stand there
    CHECK_FALSE(has(lines[5], "EDITION"));
    CHECK(lines[6] == "vinyl (1): 2×12\" Vinyl + CD + Enhanced CD, 28 tracks, discbox");
    CHECK(lines[8] == "CD (2): CD, 10 tracks");
    CHECK_FALSE(has(run.out, "Official"));
    CHECK_FALSE(has(run.out, "Bodysnatchers"));
}

TEST_CASE("An album that is not imported says what to type") {
    ToolBench bench;
    bench.run("album-import", {k_not_recorded});
    const auto waiting = bench.run("release-catalog", {"album", "1"});
    check_quiet(waiting);
    CHECK(has(waiting.out, "not imported yet; a job waits for release-worker run\n"));
    bench.run("release-worker", {"run", "-q", "--source", k_source});
    CHECK(has(bench.run("release-catalog", {"album", "1"}).out, "release-worker jobs --album 1\n"));
}

// The pages that release-catalog report writes, of genuine albums and of hostile names. How they
// look and work in a browser is held by tests/browser.
#include <regex>

#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string k_hostile = "</script><img src=x onerror=alert(1)>\"'&\u202Egpj\u2028";

struct ReportBench : ToolBench {
    std::string report = folder.file("report");

    ToolRun write(std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"report", "--output", report};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run("release-catalog", arguments);
    }
    std::string page(const std::string& name) const { return folder.read("report/" + name); }

    /// All records that files of a kind hand to report.js.
    std::vector<Json> records(const std::string& kind) const {
        std::vector<Json> all;
        for (const auto& entry : fs::directory_iterator{report + "/data"}) {
            const std::string name = entry.path().stem().string();
            if (!name.starts_with(kind + "-")) continue;
            const std::string script = page("data/" + name + ".js");
            const auto begin = script.find('[');
            Json handed = Json::parse(script.substr(begin, script.rfind(']') + 1 - begin));
            all.insert(all.end(), handed.begin() + 1, handed.end());
        }
        return all;
    }
};

int count_of(const std::string& text, const std::string& part) {
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

}  // namespace

TEST_CASE("A report has every album, edition and track of the catalogue") {
    ReportBench bench;
    import_recorded(bench);
    const auto run = bench.write({"--json"});
    check_quiet(run);
    const Json told = run.documents().at(0);
    const Json stats = bench.run("release-catalog", {"stats", "--json"}).documents().at(0);
    CHECK(told["albums"] == stats["albums"]);
    CHECK(told["releases"] == stats["releases"]);
    std::size_t editions = 0;
    for (const Json& album : bench.records("albums")) {
        for (const Json& group : album["e"])
            editions += group[3].size();
    }
    CHECK(bench.records("list").size() == stats["albums"]);
    CHECK(editions == stats["releases"]);
    std::size_t tracks = 0;
    for (const Json& album : bench.records("tracks")) {
        for (const Json& media : album["r"]) {
            for (const Json& medium : media)
                tracks += album["h"][medium.get<std::size_t>()]["t"].size();
        }
    }
    CHECK(tracks == stats["tracks"]);
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator{bench.report})
        files += entry.is_regular_file() && entry.path().filename() != ".pressings-report" ? 1 : 0;
    CHECK(told["files"] == files);
}

TEST_CASE("The start page is complete without a script, with codes spelled out") {
    ReportBench bench;
    import_recorded(bench);
    check_quiet(bench.write());
    const std::string page = bench.page("index.html");
    for (const char* part :
         {"All done", "Nothing waits.", "Albums imported", "100 %", "Releases by decade and format",
          "<th scope=\"row\">1970s</th>", "United Kingdom", "Worldwide", "Warner Bros. Records",
          "Imported last"}) {
        CAPTURE(part);
        CHECK(has(page, part));
    }
    CHECK(count_of(page, "<script") == 1);
    CHECK(std::regex_search(page, std::regex{R"(<a href="label\.html#[0-9a-f-]{36}">)"}));
}

TEST_CASE("What waits and what failed is told with its reason and what to type") {
    ReportBench bench;
    bench.run("album-import", {k_not_recorded});
    bench.run("release-worker", {"run", "--source", k_source});
    bench.run("album-import", {k_rumours});
    check_quiet(bench.write());
    const std::string page = bench.page("index.html");
    for (const char* part : {"Needs a look", "1 job failed. 1 job is open, 1 due", "not_found",
                             "release-worker show 1<", "release-worker retry 1<",
                             "release-worker run --contact you@example.org<"}) {
        CAPTURE(part);
        CHECK(has(page, part));
    }
    CHECK(bench.records("list").size() == 2);
}

TEST_CASE("A report of an empty catalogue says what to type next") {
    ReportBench bench;
    bench.run("release-worker", {"run", "--source", k_source});
    check_quiet(bench.write());
    CHECK(has(bench.page("index.html"), "There are no albums yet"));
    CHECK(has(bench.page("index.html"), "album-import --from albums.csv"));
    CHECK(bench.records("list").empty());
}

TEST_CASE("Releases that left their album are in a report only if they are asked for") {
    ReportBench bench;
    Json answer = recorded_answer(k_in_rainbows);
    bench.run("album-import", {k_in_rainbows});
    REQUIRE(bench.run("release-worker", {"run", "--source", k_source}).status == 0);
    answer["releases"].erase(0);
    answer["release-count"] = answer["releases"].size();
    bench.folder.write(std::string{"less/"} + k_in_rainbows + ".json", answer.dump());
    bench.run("album-import", {"--refresh", k_in_rainbows});
    REQUIRE(bench.run("release-worker", {"run", "--source", "file:" + bench.folder.file("less")})
                .status == 0);
    check_quiet(bench.write());
    CHECK(bench.records("albums").at(0)["e"].back()[1] == "Official");
    CHECK(has(bench.page("index.html"), "<span class=\"tag removed\">removed</span>"));
    check_quiet(bench.write({"--removed"}));
    CHECK(bench.records("albums").at(0)["e"].back()[0] == "No longer of this album");
}

TEST_CASE("A hostile name is text on every page and in every file of data") {
    ReportBench bench;
    Json answer = recorded_answer(k_rumours);
    for (Json& release : answer["releases"]) {
        release["title"] = k_hostile;
        release["release-group"]["title"] = k_hostile;
        release["artist-credit"][0]["name"] = k_hostile;
        release["label-info"][0]["label"]["name"] = k_hostile;
        release["media"][0]["tracks"][0]["title"] = k_hostile;
    }
    bench.folder.write(std::string{"evil/"} + k_rumours + ".json", answer.dump());
    const Json named{{"artist", k_hostile}, {"title", k_hostile}};
    bench.run("album-import", {"--from", "-", "--format", "ndjson"},
              named.dump() + "\n" + Json{{"mbid", k_rumours}}.dump());
    bench.run("release-worker", {"run", "--source", "file:" + bench.folder.file("evil")});
    check_quiet(bench.write());
    const std::string shown = "</script><img src=x onerror=alert(1)>\"'&\\u{202E}gpj\\u{2028}";
    CHECK(bench.records("list").at(0)[2] == shown);
    CHECK(bench.records("albums").size() == 2);
    CHECK(has(bench.page("index.html"), "&lt;/script&gt;&lt;img src=x"));
    for (const auto& entry : fs::recursive_directory_iterator{bench.report}) {
        if (!entry.is_regular_file()) continue;
        CAPTURE(entry.path().string());
        const std::string text =
            bench.folder.read(entry.path().lexically_relative(bench.folder.path()).string());
        CHECK_FALSE(has(text, "<img"));
        CHECK_FALSE(has(text, "\u202E"));
        CHECK_FALSE(has(text, "\u2028"));
    }
}

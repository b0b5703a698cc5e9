// Which tracks are on which edition, over genuine albums.
#include <sstream>

#include "base/text.hpp"
#include "cli/recorded_albums.hpp"
#include "support/terminal.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

namespace {

/// Made once: nothing here writes.
const ToolBench& recorded() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        import_recorded(made);
        return &made;
    }();
    return *bench;
}

Json compared(Words arguments) {
    arguments.insert(arguments.begin(), {"compare", "--json"});
    const auto run = recorded().run("release-catalog", arguments);
    check_quiet(run);
    const Json document = run.documents().at(0);
    check_schema("compare", document);
    return document;
}

/// An album of so many editions, each of which lacks another track of one that has all.
struct ManyEditions : ToolBench {
    explicit ManyEditions(int editions) {
        const Json answer = recorded_answer(k_in_rainbows);
        Json page = answer;
        page["releases"] = Json::array({answer["releases"][0]});
        for (int n = 1; n < editions; ++n) {
            Json edition = answer["releases"][0];
            edition["id"] = "00000000-0000-4000-8000-0000000000" + std::to_string(10 + n);
            auto& tracks = edition["media"][0]["tracks"];
            tracks.erase(static_cast<std::size_t>(n / 2) % tracks.size());
            page["releases"].push_back(edition);
        }
        page["release-count"] = page["releases"].size();
        std::filesystem::create_directory(folder.file("many"));
        folder.write(std::string{"many/"} + k_in_rainbows + ".json", page.dump());
        run("album-import", {k_in_rainbows});
        REQUIRE(run("release-worker", {"run", "--source", "file:" + folder.file("many")}).status ==
                0);
    }
};

}  // namespace

TEST_CASE("Bonus tracks of a set stand behind the album's own, and are missing elsewhere") {
    const Json all = compared({k_in_rainbows});
    REQUIRE(all["editions"].size() == 3);
    CHECK(all["tracks"].size() == 18);  // the set has the album on vinyl and on CD, and a bonus CD
    CHECK(all["on_all"] == 10);
    CHECK(all["editions"][0]["tracks"] == 28);
    CHECK(all["editions"][0]["only_here"] == 8);
    CHECK(all["tracks"][0]["title"] == "15 Step");
    CHECK(all["tracks"][0]["editions"][0]["times"] == 2);
    CHECK(all["tracks"][10]["title"] == "MK 1");
    CHECK(all["tracks"][10]["editions"][1]["presence"] == "missing");
    for (const Json& track : all["tracks"]) {
        CHECK(track["editions"].size() == 3);
        for (std::size_t i = 0; i < 3; ++i)
            CHECK(track["editions"][i]["release_mbid"] == all["editions"][i]["mbid"]);
    }
    for (std::size_t i = 0; i < 3; ++i) {
        int present = 0;
        for (const Json& track : all["tracks"])
            present += track["editions"][i]["presence"] == "present" ? 1 : 0;
        CHECK(all["editions"][i]["missing"] == static_cast<int>(all["tracks"].size()) - present);
    }
}

TEST_CASE("Releases that are named are compared alone, in that order") {
    const Json answer = recorded_answer(k_in_rainbows);
    const std::string one = answer["releases"][1]["id"];
    const std::string other = answer["releases"][0]["id"];
    const Json two = compared({k_in_rainbows, one, other});
    REQUIRE(two["editions"].size() == 2);
    CHECK(two["editions"][0]["mbid"] == one);
    CHECK(two["editions"][1]["mbid"] == other);
    check_refused(recorded().run("release-catalog", {"compare", k_in_rainbows, k_rumours}), 2,
                  "the album has no such release");
}

TEST_CASE("For people it is a legend and a table of crosses") {
    const auto run = recorded().run("release-catalog", {"compare", k_in_rainbows});
    check_quiet(run);
    CHECK(run.out.starts_with("Radiohead - In Rainbows: 3 editions, "));
    CHECK(has(run.out, "\nA  2007-12-03  GB  2×12\" Vinyl"));
    CHECK(has(run.out, "15 Step  "));
    CHECK(has(run.out, "LENGTH  A"));
    CHECK(has(run.out, "\nx: on it, 2x: twice; "));
}

TEST_CASE("An edition whose tracks are not known has question marks, and lacks nothing") {
    ToolBench bench;
    Json answer = recorded_answer(k_in_rainbows);
    for (Json& medium : answer["releases"][0]["media"])
        medium.erase("tracks");
    const std::string bare = answer["releases"][0]["id"];
    std::filesystem::create_directory(bench.folder.file("bare"));
    bench.folder.write(std::string{"bare/"} + k_in_rainbows + ".json", answer.dump());
    bench.run("album-import", {k_in_rainbows});
    REQUIRE(bench.run("release-worker", {"run", "--source", "file:" + bench.folder.file("bare")})
                .status == 0);
    const auto json =
        bench.run("release-catalog", {"compare", k_in_rainbows, bare, "--json"}).documents().at(0);
    check_schema("compare", json);
    CHECK(json["editions"][0]["tracks_known"] == false);
    CHECK(json["editions"][0]["missing"].is_null());
    const auto text = bench.run("release-catalog", {"compare", k_in_rainbows});
    CHECK(has(text.out, "0?  tracks not all known"));
    CHECK(has(text.out, "  ?"));
}

TEST_CASE("Where editions do not fit, those with the same tracks share a column") {
    const ManyEditions bench{21};
    const Words command{"compare", k_in_rainbows, "--color", "never"};
    const std::string wide = run_on_terminal(piped(bench, "release-catalog", command), 200);
    CHECK(has(wide, "LENGTH  A  B  C  D  E  F  G  H  I  J  K  L  M  N  O  P  Q  R  S  T  U"));
    CHECK_FALSE(has(wide, " = 2 editions"));
    const std::string narrow = run_on_terminal(piped(bench, "release-catalog", command), 80);
    CHECK(has(narrow, "B = 2 editions"));
    CHECK(has(narrow, "LENGTH  A  B  C  D  E  F  G  H  I  J  K\r\n"));
    const std::string narrower = run_on_terminal(piped(bench, "release-catalog", command), 50);
    CHECK(has(narrower, "LENGTH  A  B  C  D  E  F\r\n"));
    CHECK(has(narrower, "LENGTH  G  H"));
    for (const auto& [text, columns] : {std::pair{wide, 200U}, {narrow, 80U}}) {
        std::istringstream lines{text};
        for (std::string line; std::getline(lines, line);)
            CHECK(display_width(line) <= columns + 1);  // the carriage return counts as one
    }
}

// One edition of each album, by wishes, over the recorded albums.
#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

namespace {

constexpr const char* k_vinyl = "12\" Vinyl";

/// Made once: nothing here writes.
const ToolBench& recorded() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        import_recorded(made);
        return &made;
    }();
    return *bench;
}

std::vector<Json> picks(Words arguments) {
    arguments.insert(arguments.begin(), {"pick", "--json"});
    const auto run = recorded().run("release-catalog", arguments);
    check_quiet(run);
    for (const Json& pick : run.documents())
        check_schema("pick", pick);
    return run.documents();
}

Json pick_of(const char* album, const char* prefer) {
    return picks({album, "--prefer", prefer}).at(0);
}

}  // namespace

TEST_CASE("A wish picks the edition that has it, and the reasons say so") {
    const Json vinyl = pick_of(k_in_rainbows, "format=vinyl,date=earliest");
    CHECK(vinyl["release"]["media"][0]["format"] == k_vinyl);
    CHECK(vinyl["candidates"] == 3);
    CHECK(vinyl["excluded"] == 0);
    CHECK(vinyl["reasons"][0] ==
          Json{{"key", "format"}, {"wanted", {"vinyl"}}, {"value", "vinyl"}, {"met", true}});
    CHECK(vinyl["decided_by"]["key"] == "format");
    CHECK(vinyl["release"]["media"][0]["tracks"].is_null());
    const Json other = pick_of(k_in_rainbows, "format=cassette,cd");
    CHECK(other["release"]["format"] == "cd");
    CHECK(other["reasons"][0]["met"] == true);
    const Json none = pick_of(k_in_rainbows, "country=JP");
    CHECK(none["reasons"][0]["met"] == false);
    CHECK_FALSE(none["release"].is_null());
}

TEST_CASE("Without an album one edition of each is picked, in the order of albums") {
    const auto all = picks({"--prefer", "country=GB,XE,format=cd,date=earliest"});
    REQUIRE(all.size() == recorded_mbids().size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(all[i]["album"]["album_id"] == i + 1);
        CHECK(all[i]["release"]["album_id"] == i + 1);
    }
    CHECK(picks({k_rumours, k_in_rainbows}).size() == 2);
}

TEST_CASE("An album all of whose editions are excluded has none, and that is no failure") {
    const Json none = picks({k_in_rainbows, "--exclude", "status=official"}).at(0);
    CHECK(none["release"].is_null());
    CHECK(none["candidates"] == 0);
    CHECK(none["excluded"] == 3);
    CHECK(none["reasons"] == Json::array());
    const auto text =
        recorded().run("release-catalog", {"pick", k_in_rainbows, "--exclude", "status=official"});
    check_quiet(text);
    CHECK(text.out == "Radiohead - In Rainbows: none\n    all 3 editions are excluded\n");
}

TEST_CASE("For people an album is a line, and the reasons another") {
    const auto run = recorded().run("release-catalog",
                                    {"pick", k_in_rainbows, "--prefer", "format=vinyl,country=JP"});
    check_quiet(run);
    CHECK(run.out.starts_with("Radiohead - In Rainbows: 20"));
    CHECK(has(run.out, "\n    best of 3: format vinyl; country not JP ("));
    CHECK(has(run.out, " by format (vinyl against cd)\n"));
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') == 2);
}

TEST_CASE("An edition that has left its album is not picked") {
    const std::string lost = "5c976ee2-d4d4-4932-8f16-54f2b50f8ac5";
    MusicBrainzServer server;
    server.add_folder(std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/releases");
    const ToolBench bench;
    const Words work{"run", "-q", "--source", server.root(), "--rate", "1000"};
    bench.run("album-import", {k_rumours});
    REQUIRE(bench.run("release-worker", work).status == 0);
    const Words pick{"pick", k_rumours, "--json"};
    const auto before = bench.run("release-catalog", pick).documents().at(0);
    server.change([&](ServedReleases& releases) { releases.remove_release(lost); });
    bench.run("album-import", {"--refresh", k_rumours});
    REQUIRE(bench.run("release-worker", work).status == 0);
    const auto after = bench.run("release-catalog", pick).documents().at(0);
    CHECK(after["candidates"] == before["candidates"].get<int>() - 1);
    CHECK(after["release"]["mbid"] != lost);
}

TEST_CASE("A wish that no edition can meet is refused with the nearest that one can") {
    const std::pair<Words, const char*> wrong[] = {
        {{"--prefer", "contry=GB"}, "--prefer: \"contry\" is none of the keys"},
        {{"--prefer", "contry=GB"}, "did you mean country?"},
        {{"--prefer", "status=oficial"}, "did you mean official?"},
        {{"--prefer", "GB"}, "has no key before it"},
        {{"--exclude", "tracks=most"}, "--exclude: tracks orders editions"},
        {{"77"}, "the catalogue has no album 77"}};
    for (const auto& [arguments, part] : wrong) {
        CAPTURE(part);
        Words command{"pick"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        check_refused(recorded().run("release-catalog", command), 2, part);
    }
}

TEST_CASE("A name that no edition of the catalogue has is told of, with the nearest") {
    const auto run = recorded().run(
        "release-catalog", {"pick", "--prefer", "label=krankey,country=QQ,packaging=digipack"});
    CHECK(run.status == 0);
    CHECK(has(run.err, "warning: no edition has label=krankey; did you mean kranky?\n"));
    CHECK(has(run.err, "warning: no edition has country=QQ\n"));
    const auto not_wanted = recorded().run("release-catalog", {"pick", "--exclude", "label=EMY"});
    CHECK(has(not_wanted.err, "warning: no edition has label=EMY; did you mean EMI?\n"));
    CHECK(has(run.err, "warning: no edition has packaging=digipack; did you mean Digipak?\n"));
}

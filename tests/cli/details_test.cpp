// Disc ids, cover art, links, other names and genres of a release, as users of the tools meet them.
#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_heroes = "1f5ef8d3-10ca-30eb-b41e-85b16987d412";
const std::string k_two_discs = "bb5622c1-65b2-3bc4-83e6-0dcaa56abaf2";

/// A recorded answer with genres made up: those of the release, those of its group.
std::string with_genres() {
    Json answer = recorded_answer(k_heroes);
    const Json genre{{"id", "00000000-0000-4000-8000-000000000007"},
                     {"name", "made up"},
                     {"count", 3},
                     {"disambiguation", ""}};
    answer["releases"][0]["genres"] = Json::array({genre});
    answer["releases"][0]["release-group"]["genres"] = Json::array({genre, {{"name", "other"}}});
    return answer.dump();
}

Json album(const ToolBench& bench, const std::string& mbid) {
    const auto shown = bench.run("release-catalog", {"album", mbid, "--json"});
    check_quiet(shown);
    return shown.documents().front();
}

void import(const ToolBench& bench, const std::string& mbid, const std::string& source,
            const std::string& option = "") {
    bench.run("album-import", {"--refresh", mbid});
    std::vector<std::string> arguments{"run", "--source", source, "--rate", "1000"};
    if (!option.empty()) arguments.push_back(option);
    CHECK(bench.run("release-worker", arguments).status == 0);
}

}  // namespace

TEST_CASE("An album shows where its releases can be heard and bought, and what their discs are") {
    ToolBench bench;
    import(bench, k_heroes, k_source);
    import(bench, k_two_discs, k_source);
    const auto heroes = bench.run("release-catalog", {"album", k_heroes, "--tracks"});
    check_quiet(heroes);
    CHECK(has(heroes.out, "    cover art: front, 2 images\n"));
    CHECK(has(heroes.out, "    discogs: https://www.discogs.com/release/11892697\n"));
    CHECK(has(heroes.out, "    streaming: https://play.qobuz.com/album/0190295842819\n"));
    const auto discs = bench.run("release-catalog", {"album", k_two_discs, "--tracks"});
    CHECK(has(discs.out, "      disc id nN2g3a0ZSjovyIgK3bJl6_.j8C4-\n"));

    const Json release = album(bench, k_heroes)["releases"][0];
    CHECK(release["urls"].size() == 3);
    CHECK(release["urls"][0]["type"] == "discogs");
    CHECK(release["urls"][0]["ended"] == false);
    CHECK(release["cover_art"] == Json{{"artwork", true},
                                       {"front", true},
                                       {"back", false},
                                       {"count", 2},
                                       {"darkened", false}});
    const Json medium = album(bench, k_two_discs)["releases"][0]["media"][1];
    CHECK(medium["discs"][0]["disc_id"] == "aSHvkMnq2jZVFEK.DmSPbvN_f54-");
    CHECK(medium["discs"][0]["offsets"].size() == medium["discs"][0]["offset_count"]);
}

TEST_CASE("Genres are taken only where they are wished for, and then stay") {
    ToolBench bench;
    bench.folder.write(k_heroes + ".json", with_genres());
    const std::string source = "file:" + bench.folder.path().string();
    import(bench, k_heroes, source);
    CHECK(album(bench, k_heroes)["genres"].is_null());
    CHECK(album(bench, k_heroes)["releases"][0]["genres"].is_null());

    import(bench, k_heroes, source, "--genres");
    const Json wished = album(bench, k_heroes);
    CHECK(
        wished["releases"][0]["genres"][0] ==
        Json{{"name", "made up"}, {"mbid", "00000000-0000-4000-8000-000000000007"}, {"count", 3}});
    CHECK(wished["genres"][1] == Json{{"name", "other"}, {"mbid", nullptr}, {"count", nullptr}});
    check_schema("album", wished);

    import(bench, k_heroes, source);
    CHECK(album(bench, k_heroes)["releases"] == wished["releases"]);
    CHECK(album(bench, k_heroes)["genres"] == wished["genres"]);
}

TEST_CASE("The web service is asked for genres only where they are wished for") {
    ToolBench bench;
    MusicBrainzServer server;
    server.add_file(bench.folder.write("answer.json", with_genres()));
    import(bench, k_heroes, server.root());
    CHECK(album(bench, k_heroes)["releases"][0]["urls"].size() == 3);
    CHECK(album(bench, k_heroes)["releases"][0]["genres"].is_null());
    CHECK_FALSE(has(server.requests().back().target, "genres"));

    bench.environment["PRESSINGS_CONFIG"] =
        bench.folder.write("config.toml", "[release-worker]\ngenres = true\n");
    import(bench, k_heroes, server.root());
    CHECK(has(server.requests().back().target, "+genres&"));
    CHECK(album(bench, k_heroes)["releases"][0]["genres"][0]["name"] == "made up");
}

TEST_CASE("A link that a browser would run is never taken in, and its release is kept back") {
    ToolBench bench;
    Json answer = recorded_answer(k_heroes);
    answer["releases"][0]["relations"][0]["url"]["resource"] = "javascript:alert(1)";
    bench.folder.write(k_heroes + ".json", answer.dump());
    bench.run("album-import", {k_heroes});
    const auto worked = bench.run(
        "release-worker", {"run", "--source", "file:" + bench.folder.path().string(), "--json"});
    CHECK(worked.status == 0);
    const Json kept = album(bench, k_heroes);
    CHECK(kept["releases"].empty());
    CHECK(kept["oddities"][0]["release_mbid"] == "58558cec-d9f1-40e4-a857-f7af88883c12");
    CHECK(kept["oddities"][0]["field"] == "relations[0].url.resource");
    CHECK(has(kept["oddities"][0]["problem"], "is no URL"));
}

// A mirror answers as the tests' MusicBrainz does, which has the rules of the real one: every
// genuine release behind both, the same requests of both, the same JSON.
#include "mirror/ws2/ws2_answers.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "mirror/ws2/lucene_query.hpp"
#include "mirror_bench.hpp"
#include "support/group_answers.hpp"
#include "support/served_releases.hpp"

using namespace pressings;
using namespace pressings::mirror;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr const char* k_everything =
    "release-groups labels media recordings artist-credits isrcs discids aliases";

/// Both, with the same releases in them.
struct BothBench : MirrorBench {
    BothBench() {
        for (const std::string& release : genuine_releases())
            served.add_release(release);
        for (const std::string& group : genuine_groups())
            served.add_group(group);
        load({releases(genuine_releases()), groups(genuine_groups())});
    }

    Ws2Answer ask(const std::string& path, const Parameters& parameters) const {
        return answer_ws2(Mirror{file}, path, {parameters.begin(), parameters.end()});
    }

    void check_browse(const Parameters& parameters) const {
        CAPTURE(Json(parameters).dump());
        const ServedAnswer expected = served.browse(parameters, 0);
        const Ws2Answer answer = ask("/ws/2/release", parameters);
        CHECK(answer.status == expected.status);
        CHECK(Json::parse(answer.body) == Json::parse(expected.body));
    }

    ServedReleases served;
};

const char* const k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

}  // namespace

TEST_CASE("Every group is browsed as it is at the service") {
    const BothBench bench;
    for (const std::string& group : genuine_groups()) {
        bench.check_browse(
            {{"release-group", id_of(group).to_string()}, {"limit", "100"}, {"inc", k_everything}});
        bench.check_browse({{"release-group", id_of(group).to_string()}});
    }
}

TEST_CASE("What is wrong with a request is said as the service says it") {
    const BothBench bench;
    bench.check_browse({{"release-group", "rumours"}});
    bench.check_browse({{"release-group", "01234567-0123-4123-8123-012345678901"}});
    bench.check_browse({{"release-group", k_rumours}, {"inc", "coffee"}});
    bench.check_browse({{"release-group", k_rumours}, {"inc", "isrcs"}});
    bench.check_browse({{"release-group", k_rumours}, {"limit", "many"}});
    bench.check_browse({{"release-group", k_rumours}, {"offset", "-1"}});
    bench.check_browse({{"release-group", k_rumours}, {"offset", "500"}});
    bench.check_browse({{"release-group", k_rumours}, {"limit", "1"}, {"offset", "1"}});
    CHECK(bench.ask("/ws/2/../etc/passwd", {}).status == 404);
    CHECK(bench.ask("/ws/2/release/1", {}).status == 400);
}

TEST_CASE("What a mirror cannot know is refused, and not said to be nowhere") {
    const BothBench bench;
    const std::string fleetwood_mac = "bd13909f-1c29-4c27-a874-d4aaf27c5b1a";
    const auto known = bench.ask("/ws/2/artist/" + fleetwood_mac, {});
    CHECK(known.status == 200);
    CHECK(Json::parse(known.body)["name"] == "Fleetwood Mac");
    const std::string nobody = "01234567-0123-4123-8123-012345678901";
    for (const char* entity : {"artist", "label", "series", "collection"})
        CHECK(bench.ask("/ws/2/" + std::string{entity} + "/" + nobody, {}).status == 400);
}

TEST_CASE("A release and a group are looked up as at the service") {
    const BothBench bench;
    for (const std::string& release : genuine_releases()) {
        const std::string mbid = id_of(release).to_string();
        const ServedAnswer expected = bench.served.look_up_release(mbid, k_everything);
        const Ws2Answer answer = bench.ask("/ws/2/release/" + mbid, {{"inc", k_everything}});
        CHECK(Json::parse(answer.body) == Json::parse(expected.body));
    }
    const ServedAnswer expected = bench.served.look_up_group(k_rumours, "artist-credits");
    const Ws2Answer answer =
        bench.ask(std::string{"/ws/2/release-group/"} + k_rumours, {{"inc", "artist-credits"}});
    CHECK(Json::parse(answer.body) == Json::parse(expected.body));
}

TEST_CASE("With recordings a page ends before its tracks are more than 500") {
    MirrorBench bench;
    std::vector<std::string> many;
    const auto all = genuine_releases();
    auto release = Json::parse(*std::find_if(all.begin(), all.end(), [](const std::string& json) {
        return json.find("5c976ee2-d4d4-4932-8f16-54f2b50f8ac5") != std::string::npos;
    }));
    ServedReleases served;
    for (int copy = 0; copy < 150; ++copy) {
        const std::string digits = std::to_string(1000 + copy);
        release["id"] = "5c976ee2-d4d4-4932-8f16-00000000" + digits;
        release["date"] = digits;  // no ties, for the service's order of these is nobody's to know
        many.push_back(release.dump());
        served.add_release(many.back());
    }
    bench.load({bench.releases(many)});
    for (const char* offset : {"0", "7", "140", "149", "150"}) {
        for (const char* inc : {"recordings release-groups", "media"}) {
            const Parameters parameters{{"release-group", release["release-group"]["id"]},
                                        {"limit", "200"},
                                        {"offset", offset},
                                        {"inc", inc}};
            const auto answer = answer_ws2(Mirror{bench.file}, "/ws/2/release",
                                           {parameters.begin(), parameters.end()});
            CHECK(Json::parse(answer.body) == Json::parse(served.browse(parameters, 0).body));
        }
    }
}

TEST_CASE("Groups are found by the fields of a query that a client uses") {
    const BothBench bench;
    const auto found = [&](const std::string& query) {
        const auto answer = bench.ask("/ws/2/release-group", {{"query", query}});
        CHECK(answer.status == 200);
        const Json json = Json::parse(answer.body);
        CHECK(json["count"] == json["release-groups"].size());
        return json["release-groups"].size();
    };
    CHECK(found("releasegroup:\"In Rainbows\" AND artist:\"Radiohead\"") == 1);
    CHECK(found("releasegroup:\"In Rainbows\" AND arid:a74b1b7f-71a5-4011-9441-d0b5e4122711") == 1);
    CHECK(found("releasegroup:\"In Rainbows\" AND artist:\"Portishead\"") == 0);
    CHECK(found("(releasegroup:(rainbows AND in) OR alias:rainbow*) AND (artist:(radiohead))") ==
          1);
    CHECK(found("rumours") == 1);
    const auto best = bench.ask("/ws/2/release-group", {{"query", "releasegroup:rumours"}});
    CHECK(Json::parse(best.body)["release-groups"][0]["score"] == 100);
    CHECK(Json::parse(best.body)["release-groups"][0]["id"] == k_rumours);
    const auto artists = bench.ask("/ws/2/artist", {{"query", "artist:\"Radiohead\""}});
    CHECK(Json::parse(artists.body)["artists"][0]["name"] == "Radiohead");
    const auto browsed =
        bench.ask("/ws/2/release-group",
                  {{"artist", "a74b1b7f-71a5-4011-9441-d0b5e4122711"}, {"type", "album"}});
    CHECK(Json::parse(browsed.body)["release-group-count"] == 1);
}

TEST_CASE("What is spelled wrong is found by a query for what is much like it") {
    const BothBench bench;
    const auto near = bench.ask("/ws/2/release-group",
                                {{"query", "releasegroup:(rumors~2) AND artist:(fleetwod~2)"}});
    CHECK(Json::parse(near.body)["release-groups"][0]["id"] == k_rumours);
    const auto releases = bench.ask("/ws/2/release", {{"query", "release:rumours"}});
    CHECK(releases.status == 200);
    CHECK(Json::parse(releases.body)["releases"].is_array());
}

TEST_CASE("A query that is not understood is refused, and none reaches the index as it is") {
    const BothBench bench;
    for (const char* query : {"", "barcode:1", "releasegroup:", "(", "releasegroup:\"x", "NOT x",
                              "x)", "a~x", "~2", "[a TO b]", "releasegroup:(a AND)", "-x"}) {
        CAPTURE(query);
        CHECK(bench.ask("/ws/2/release-group", {{"query", query}}).status == 400);
    }
    CHECK_FALSE(full_text_of_lucene(std::string(10'000, 'x')));
    CHECK_FALSE(full_text_of_lucene(std::string(200, '(') + "x" + std::string(200, ')')));
    CHECK(full_text_of_lucene("releasegroup:\"a \\\" OR titles : b\"") ==
          "titles : \"a  or titles : b\"");
}

TEST_CASE("Groups are found by their MBIDs, as the service's search gives them") {
    const BothBench bench;
    const std::string other = "6e335887-60ba-38f0-95af-fae7774336bf";
    const std::string nowhere = "01234567-0123-4123-8123-012345678901";
    const auto ids = [](const Json& list) {
        std::set<std::string> all;
        for (const Json& one : list)
            all.insert(one["id"]);
        return all;
    };
    const Parameters parameters{
        {"query", "rgid:(" + std::string{k_rumours} + " OR " + nowhere + " OR " + other + ")"},
        {"limit", "100"}};
    const Json mirrored = Json::parse(bench.ask("/ws/2/release-group", parameters).body);
    const Json served = Json::parse(bench.served.search_by_rgid(parameters).body);
    CHECK(mirrored["count"] == 2);
    REQUIRE(ids(mirrored["release-groups"]) == ids(served["release-groups"]));
    for (const Json& group : mirrored["release-groups"]) {
        CHECK(group["score"] == 100);
        CHECK(group["count"] == group["releases"].size());
        for (const Json& like : served["release-groups"]) {
            if (like["id"] == group["id"]) CHECK(ids(group["releases"]) == ids(like["releases"]));
        }
    }
    const auto one = bench.ask("/ws/2/release-group", {{"query", "rgid:" + other}});
    CHECK(Json::parse(one.body)["release-groups"][0]["title"] == "In Rainbows");
    CHECK(bench.ask("/ws/2/release-group", {{"query", "rgid:(x OR y)"}}).status == 400);
    CHECK(bench.ask("/ws/2/release-group", {{"query", "rgid:()"}}).status == 400);
    CHECK(bench.ask("/ws/2/release-group", {{"query", "rgid:(" + other}}).status == 400);
}

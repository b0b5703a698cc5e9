// A mirror finds what it has by what stands on it, however it came to have it.
#include <doctest/doctest.h>

#include "mirror/dump/document_json.hpp"
#include "mirror/file/mirror.hpp"
#include "mirror/ws2/ws2_answers.hpp"
#include "mirror_bench.hpp"

using namespace pressings;
using namespace pressings::mirror;
using namespace pressings::test;
using Json = nlohmann::ordered_json;
using Kind = IdentifierKind;

namespace {

const std::string k_barcode = "075990301024";  // of Rumours

std::string key(Kind kind, const std::string& value) {
    return identifier_key({kind, value});
}

std::string rumours() {
    for (const std::string& release : genuine_releases()) {
        if (Json::parse(release).value("barcode", Json{}) == k_barcode) return release;
    }
    return {};
}

DumpForm packet(const char* number) {
    DumpForm form;
    form.replication_sequence = number;
    return form;
}

struct Loaded : MirrorBench {
    Loaded() { load({releases(genuine_releases()), groups(genuine_groups())}); }

    std::size_t count(Kind kind, const std::string& value) const {
        return Mirror{file}.releases_with(key(kind, value), 100).size();
    }
    Json ask(const std::string& path, const Ws2Parameters& parameters, int status = 200) const {
        const auto answer = answer_ws2(Mirror{file}, path, parameters);
        CHECK(answer.status == status);
        return Json::parse(answer.body);
    }
};

}  // namespace

TEST_CASE("A release is found by its barcode, catalogue numbers and Discogs page") {
    const Loaded bench;
    CHECK(bench.count(Kind::barcode, k_barcode) == 1);
    CHECK(bench.count(Kind::barcode, "0" + k_barcode) == 1);
    CHECK(bench.count(Kind::catno, "3010 2") == 1);
    CHECK(bench.count(Kind::discogs_release, "3191626") >= 1);
    CHECK(bench.count(Kind::barcode, "4006381333931") == 0);
    CHECK(bench.count(Kind::barcode, "") == 0);
}

TEST_CASE("A release that comes anew is found by what stands on it now, and not by what stood") {
    Loaded bench;
    Json changed = Json::parse(rumours());
    changed["barcode"] = "96385074";
    bench.load_incremental({bench.releases({changed.dump()}, packet("175001"))});
    CHECK(bench.count(Kind::barcode, k_barcode) == 0);
    CHECK(bench.count(Kind::barcode, "96385074") == 1);
    CHECK(bench.count(Kind::catno, "3010 2") == 1);
}

TEST_CASE("Of a release that a dump has twice, the last line counts") {
    MirrorBench bench;
    Json changed = Json::parse(rumours());
    changed["barcode"] = "96385074";
    bench.load({bench.releases({rumours(), changed.dump()})});
    const Mirror mirror{bench.file};
    CHECK(mirror.releases_with(key(Kind::barcode, k_barcode), 10).empty());
    CHECK(mirror.releases_with(key(Kind::barcode, "96385074"), 10).size() == 1);
}

TEST_CASE("What is taken over from the mirror before is found, too; a group by its master") {
    Loaded bench;
    Json group = Json::parse(genuine_groups().front());
    group["relations"] = {
        {{"type", "discogs"}, {"url", {{"resource", "https://www.discogs.com/master/10362"}}}}};
    bench.load({bench.groups({group.dump()})});
    CHECK(bench.count(Kind::barcode, k_barcode) == 1);
    const Mirror mirror{bench.file};
    CHECK(mirror.groups_with(key(Kind::discogs_master, "10362"), 10).size() == 1);
    bench.load_incremental({bench.groups({genuine_groups().front()}, packet("175001"))});
    CHECK(Mirror{bench.file}.groups_with(key(Kind::discogs_master, "10362"), 10).empty());
}

TEST_CASE("A mirror that is served answers as the service's search, disc ids and URLs do") {
    const Loaded bench;
    const Json found = bench.ask("/ws/2/release", {{"query", "barcode:\"" + k_barcode + "\""}});
    CHECK(found["count"] == 1);
    CHECK(found["releases"][0]["barcode"] == k_barcode);
    CHECK(found["releases"][0].contains("release-group"));
    const auto count = [&](const std::string& query) {
        return bench.ask("/ws/2/release", {{"query", query}})["count"].get<int>();
    };
    CHECK(count(R"(catno:"3010-2")") == 1);
    CHECK(count(R"(catno:"3010-2" AND (label:"Harvest" OR label:"Warner Bros."))") == 1);
    CHECK(count(R"(catno:"3010-2" AND (label:"Harvest"))") == 0);
    CHECK(count("reid:(" + id_of(rumours()).to_string() + " OR " +
                "00000000-0000-4000-8000-000000000001)") == 1);
    for (const char* query : {"", "barcode:", R"(barcode:"1)", R"(catno:"1" AND (label:"x")",
                              R"(barcode:"1" OR barcode:"2")", "reid:(x)"}) {
        CAPTURE(query);
        bench.ask("/ws/2/release", {{"query", query}}, 400);
    }
    const std::string url = "https://www.discogs.com/release/3191626";
    CHECK(bench.ask("/ws/2/url", {{"resource", url}})["relations"].size() >= 1);
    CHECK(bench.ask("/ws/2/url", {{"resource", url}, {"resource", "https://x.example"}})["urls"]
              .size() == 1);
    bench.ask("/ws/2/url", {{"resource", "https://x.example"}}, 404);
    bench.ask("/ws/2/discid/XzPS7vW.HPHsYemQh0HBUGr8vuU-", {}, 404);
    bench.ask("/ws/2/discid/XzPS7vW", {}, 400);
}

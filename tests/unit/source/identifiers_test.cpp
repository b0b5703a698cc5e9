// Release groups by barcode, catalogue number, disc id and Discogs page, and lists of them, asked
// of the tests' MusicBrainz.
#include <algorithm>
#include <fstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "service.hpp"
#include "source/json/identified_json.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;
using Kind = IdentifierKind;
using Json = nlohmann::json;

namespace {

const std::string k_collection = "85da782d-2ec0-41ec-a97f-9be464bba309";
const std::string k_plus = "05ce100c-eddf-4967-8d7e-33fc0883fe39";  // at Discogs: release 3191626

/// All recorded albums.
struct Identified {
    Identified() {
        server.add_folder(PRESSINGS_TEST_DATA "/musicbrainz/recorded");
        source = make_source(server.root(), impatient_options());
    }

    IdentifiedGroups ask(const Identifier& identifier, std::vector<Identifier> next = {}) {
        return source->groups_with(identifier, next, {});
    }
    std::string groups(const Identifier& identifier) {
        std::string text;
        for (const OfferedAlbum& group : ask(identifier).groups)
            text += (text.empty() ? "" : " ") + group.album.mbid->to_string();
        return text;
    }

    MusicBrainzServer server;
    std::unique_ptr<ReleaseSource> source;
};

/// The first release of a group again, as another group's.
Json copied_release(const std::string& group, const std::string& into) {
    const auto path = std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/recorded/" + group + ".json";
    Json release = Json::parse(std::ifstream{path})["releases"][0];
    release["id"] = "00000000-0000-4000-8000-000000000001";
    release["release-group"]["id"] = into;
    return release;
}

std::string error_code(ReleaseSource& source, AlbumList kind, const std::string& list) {
    try {
        source.albums_of(kind, mbid(list), {});
    } catch (const SourceError& error) {
        return error.code;
    }
    return "none";
}

std::string series(const Json& relations) {
    return Json{{"id", k_collection},
                {"name", "S"},
                {"type", "Release group series"},
                {"relations", relations}}
        .dump();
}

}  // namespace

TEST_CASE("A barcode finds its group, with and without zeros in front") {
    for (const SearchManner manner : {SearchManner::boolean, SearchManner::any_word}) {
        Identified service;
        service.server.search_by(manner);
        CHECK(service.groups({Kind::barcode, "075990301024"}) == k_rumours);
        CHECK(service.groups({Kind::barcode, "0075990301024"}) == k_rumours);
        CHECK(service.groups({Kind::barcode, "724382975229"}) == "");
    }
}

TEST_CASE("A barcode of two groups finds both, each once, with what tells them apart") {
    Identified service;
    const auto copy = copied_release(k_rumours, k_in_rainbows);
    service.server.change([&](ServedReleases& releases) { releases.add_release(copy.dump()); });
    const auto found = service.ask({Kind::barcode, "075990301024"});
    CHECK(found.requests == 1);
    REQUIRE(found.groups.size() == 2);
    CHECK(found.groups[0].album.title.has_value());
    CHECK(found.is_whole);
}

TEST_CASE("A catalogue number finds its group, however it is written") {
    Identified service;
    CHECK(service.groups({Kind::catno, "XLCD324"}) == k_in_rainbows);
    CHECK(service.groups({Kind::catno, "xlcd-324", {"XL"}}) == k_in_rainbows);
    CHECK(service.groups({Kind::catno, "XLCD 325"}) == "");
    CHECK(service.groups({Kind::catno, R"(5E"-564 OR \ )"}) == "");
}

TEST_CASE("A label that the index has otherwise is found all the same, another is told") {
    Identified service;
    const auto found = service.ask({Kind::catno, "XLCD 324", {"XL Recordings Ltd."}});
    CHECK(found.groups.size() == 1);
    CHECK(found.requests == 2);
    const auto other = service.ask({Kind::catno, "XLCD 324", {"Harvest"}});
    CHECK(other.groups.empty());
    REQUIRE(other.of_other_labels.size() == 1);
    CHECK(other.of_other_labels[0].album.mbid == mbid(k_in_rainbows));
}

TEST_CASE("More releases than can be gone through are not the whole") {
    Identified service;
    service.server.change([](ServedReleases& releases) {
        Json release = Json::parse(releases.release(k_in_rainbows_cd));
        release["barcode"] = "96385074";
        releases.add_release(release.dump());
        releases.multiply(k_in_rainbows_cd, 320);
    });
    const auto found = service.ask({Kind::barcode, "96385074"});
    CHECK(found.groups.size() == 1);
    CHECK(found.requests == 3);
    CHECK_FALSE(found.is_whole);
}

TEST_CASE("A disc id finds the groups of all releases with that disc, page by page") {
    Identified service;
    const std::string disc = "XzPS7vW.HPHsYemQh0HBUGr8vuU-";
    Json release = copied_release(k_rumours, k_rumours);
    release["media"][0]["discs"] = {{{"id", disc}, {"sectors", 1}, {"offset-count", 1}}};
    service.server.change([&](ServedReleases& releases) {
        releases.add_release(release.dump());
        releases.multiply(release["id"], 40);
    });
    const auto found = service.ask({Kind::disc_id, disc});
    REQUIRE(found.groups.size() == 1);
    CHECK(found.groups[0].album.mbid == mbid(k_rumours));
    CHECK(found.requests == 2);
    CHECK(service.groups({Kind::disc_id, "5JmJmTPkKkYLm2QFsIh1mpjIBsQ-"}) == "");
}

TEST_CASE("A genuine answer about a disc is read") {
    const auto path = "/musicbrainz/discs/XzPS7vW.HPHsYemQh0HBUGr8vuU-.json";
    std::ifstream input{std::string{PRESSINGS_TEST_DATA} + path};
    const std::string json{std::istreambuf_iterator<char>{input}, {}};
    const auto found = parse_found_releases(json);
    CHECK(found.received == 3);
    REQUIRE(found.releases.size() == 3);
    CHECK(found.releases[0].barcode == "724385522826");
    CHECK_FALSE(found.releases[0].group);  // it was not asked for
}

TEST_CASE("A page of Discogs' finds what MusicBrainz has linked with it") {
    Identified service;
    CHECK(service.groups({Kind::discogs_release, "3191626"}) == k_plus);
    CHECK(service.groups({Kind::discogs_release, "1"}) == "");
    service.server.change([](ServedReleases& releases) {
        Json group = Json::parse(releases.look_up_group(k_plus, "artist-credits").body);
        group["relations"] = {{{"type", "discogs"},
                               {"url", {{"resource", "https://www.discogs.com/master/380740"}}}}};
        releases.add_group(group.dump());
    });
    CHECK(service.groups({Kind::discogs_master, "380740"}) == k_plus);
}

TEST_CASE("Pages that come next are asked for in the same request, and not again") {
    Identified service;
    std::vector<Identifier> next;
    for (int i = 1; i <= 200; ++i)
        next.push_back({Kind::discogs_release, std::to_string(i)});
    next.insert(next.begin(), {Kind::discogs_release, "11892697"});
    CHECK(service.ask({Kind::discogs_release, "3191626"}, next).groups.size() == 1);
    CHECK(service.server.requests().size() == 2);  // the URLs, and where their releases are
    const std::string asked = service.server.requests()[0].target;
    CHECK(std::count(asked.begin(), asked.end(), '&') == 51);  // 50 URLs, inc, fmt
    CHECK(asked.size() < 4000);
    CHECK(service.ask({Kind::discogs_release, "11892697"}).groups.size() == 1);
    CHECK(service.ask({Kind::discogs_release, "17"}).groups.empty());
    CHECK(service.server.requests().size() == 2);
    service.ask({Kind::discogs_release, "17"});  // what was given away is asked for again
    CHECK(service.server.requests().size() == 3);
}

TEST_CASE("A collection of release groups has its groups, one of releases theirs, each once") {
    Identified service;
    service.server.add_collection(k_collection, {"release-group", {k_rumours, k_in_rainbows}});
    const auto groups = service.source->albums_of(AlbumList::collection, mbid(k_collection), {});
    CHECK(groups.albums.size() == 2);
    CHECK(groups.requests == 2);
    std::vector<std::string> releases;
    for (const Release& release : service.source->releases_of(mbid(k_rumours), {}).releases)
        releases.push_back(release.mbid.to_string());
    releases.push_back(k_in_rainbows_cd);
    service.server.add_collection(k_collection, {"release", releases});
    const auto of_releases =
        service.source->albums_of(AlbumList::collection, mbid(k_collection), {});
    CHECK(of_releases.albums.size() == 2);
    CHECK(of_releases.releases.empty());
}

TEST_CASE("A collection of several pages comes whole") {
    Identified service;
    service.server.change(
        [](ServedReleases& releases) { releases.multiply(k_in_rainbows_cd, 240); });
    std::vector<std::string> releases;
    for (const Release& release : service.source->releases_of(mbid(k_in_rainbows), {}).releases)
        releases.push_back(release.mbid.to_string());
    service.server.add_collection(k_collection, {"release", releases});
    const auto found = service.source->albums_of(AlbumList::collection, mbid(k_collection), {});
    CHECK(found.albums.size() == 1);
    CHECK(found.requests == 4);  // one for groups, of which it has none
}

TEST_CASE("A collection that is private, empty or unknown says so, for good") {
    Identified service;
    service.server.add_collection(k_collection, {"release", {}, false});
    CHECK(error_code(*service.source, AlbumList::collection, k_collection) == "private");
    service.server.add_collection(k_collection, {"release", {}, true});
    CHECK(error_code(*service.source, AlbumList::collection, k_collection) == "not_found");
    CHECK(error_code(*service.source, AlbumList::collection, k_nowhere) == "not_found");
}

TEST_CASE("A series has its groups, and releases whose groups are found later") {
    Identified service;
    service.server.add_series(
        k_collection, series({{{"type", "part of"},
                               {"target-type", "release_group"},
                               {"release_group", {{"id", k_rumours}, {"title", "Rumours"}}}},
                              {{"type", "part of"},
                               {"target-type", "release"},
                               {"release", {{"id", k_in_rainbows_cd}}}},
                              {{"type", "part of"},
                               {"target-type", "release"},
                               {"release", {{"id", k_in_rainbows_cd}}}},
                              {{"target-type", "work"}, {"work", {{"id", k_nowhere}}}}}));
    const auto found = service.source->albums_of(AlbumList::series, mbid(k_collection), {});
    REQUIRE(found.albums.size() == 1);
    CHECK(found.albums[0].title == "Rumours");
    CHECK(found.releases == std::vector{mbid(k_in_rainbows_cd)});
    service.server.add_series(k_collection, series(Json::array()));
    CHECK(error_code(*service.source, AlbumList::series, k_collection) == "not_found");
    CHECK(error_code(*service.source, AlbumList::series, k_nowhere) == "not_found");
}

TEST_CASE("What is no answer is passing") {
    Identified service;
    service.server.set_script([](const LoggedRequest&) { return std::optional{html_page()}; });
    for (const auto& identifier :
         {Identifier{Kind::barcode, "075990301024"}, Identifier{Kind::discogs_release, "1"},
          Identifier{Kind::disc_id, "XzPS7vW.HPHsYemQh0HBUGr8vuU-"}}) {
        try {
            service.ask(identifier);
            FAIL_CHECK("it was believed");
        } catch (const SourceError& error) {
            CHECK(error.kind == ErrorKind::transient);
        }
    }
}

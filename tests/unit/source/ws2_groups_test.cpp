#include <doctest/doctest.h>
#include <fmt/format.h>

#include "service.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

NamedAlbum named(const std::string& artist, const std::string& title) {
    NamedAlbum album;
    album.artist_credit = {{artist, "", Artist{}}};
    album.artist_credit[0].artist.name = artist;
    album.title = title;
    return album;
}

std::string code_of(Service& service, const NamedAlbum& album) {
    try {
        service.source->releases_of_named(album, {});
    } catch (const SourceError& error) {
        return error.code;
    }
    return "found";
}

/// Rumours again, as another group with this title and year.
void add_namesake(Service& service, const std::string& id, const std::string& title,
                  const std::string& date) {
    service.server.change([&](ServedReleases& releases) {
        const auto groups = releases.groups();
        for (const std::string& text : groups) {
            Json group = Json::parse(text);
            if (group["id"] != k_rumours) continue;
            group["id"] = id;
            group["title"] = title;
            group["first-release-date"] = date;
            releases.add_group(group.dump());
        }
    });
}

const std::string k_fleetwood_mac = "bd13909f-1c29-4c27-a874-d4aaf27c5b1a";

}  // namespace

TEST_CASE("an album is found by its name in any case, and its releases with it") {
    Service service;
    const auto group = service.source->releases_of_named(named("FLEETWOOD mac", "rumours"), {});
    CHECK(group.release_group->mbid == mbid(k_rumours));
    CHECK(group.releases.size() == 3);
    CHECK(group.requests == 2);
}

TEST_CASE("an album of another artist or of a longer title is not the one meant") {
    Service service;
    CHECK(code_of(service, named("Fleetwood", "Rumours")) == "not_found");
    CHECK(code_of(service, named("Fleetwood Mac", "Rumour")) == "not_found");
    CHECK(code_of(service, named("Nobody", "Nothing")) == "not_found");
}

TEST_CASE("two albums of the same name are ambiguous, and the message names both") {
    Service service;
    add_namesake(service, k_nowhere, "Rumours", "2020");
    try {
        service.source->releases_of_named(named("Fleetwood Mac", "Rumours"), {});
        FAIL("one was taken");
    } catch (const SourceError& error) {
        CHECK(error.code == "ambiguous");
        CHECK(error.kind == ErrorKind::permanent);
        CHECK(std::string{error.what()}.find(k_nowhere) != std::string::npos);
        CHECK(std::string{error.what()}.find(k_rumours) != std::string::npos);
    }
}

TEST_CASE("the year tells namesakes apart") {
    Service service;
    add_namesake(service, k_nowhere, "Rumours", "2020");
    NamedAlbum album = named("Fleetwood Mac", "Rumours");
    album.year = 1977;
    CHECK(service.source->releases_of_named(album, {}).release_group->mbid == mbid(k_rumours));
    album.year = 1990;
    CHECK(code_of(service, album) == "not_found");
}

TEST_CASE("signs with a meaning in the search language are searched for as they are") {
    Service service;
    const std::string title = R"(A "quoted" \ (title) AND + æ & 狂気?)";
    add_namesake(service, k_nowhere, title, "2020");
    const auto group = service.source->releases_of_named(named("Fleetwood Mac", title), {});
    CHECK(group.release_group->mbid == mbid(k_nowhere));
    CHECK(service.targets()[0].find_first_of(" \"\\#") == std::string::npos);
}

TEST_CASE("all albums of an artist are listed, page by page, or those of a type") {
    Service service;
    for (int number = 0; number < 130; ++number) {
        char id[37];
        std::snprintf(id, sizeof id, "01234567-0123-4123-8123-%012d", number);
        add_namesake(service, id, "No. " + std::to_string(number), "1980");
    }
    const auto artist = mbid(k_fleetwood_mac);
    const ArtistGroups all = service.source->release_groups_of(artist, {}, {});
    CHECK(all.albums.size() == 131);
    CHECK(all.requests == 2);
    CHECK(service.source->release_groups_of(artist, {{"ALBUM", "ep"}}, {}).albums.size() == 131);
    CHECK(service.source->release_groups_of(artist, {{"single"}}, {}).albums.empty());
}

TEST_CASE("an album with something odd in it is listed by its MBID, and costs no other one") {
    Service service;
    service.server.set_script([](const LoggedRequest&) -> std::optional<Fault> {
        const Json odd{{"id", k_rumours}, {"title", "Rumours"}, {"first-release-date", "then"}};
        const Json other{{"id", k_in_rainbows}, {"title", "In Rainbows"}, {"primary-type", "EP"}};
        return status_fault(
            200, Json{{"release-group-count", 2}, {"release-groups", {odd, other}}}.dump());
    });
    const ArtistGroups all = service.source->release_groups_of(mbid(k_fleetwood_mac), {{"ep"}}, {});
    REQUIRE(all.albums.size() == 2);
    CHECK(all.albums[0].mbid == mbid(k_rumours));
    CHECK_FALSE(all.albums[0].title);
    CHECK(all.albums[1].title == "In Rainbows");
}

TEST_CASE("an artist who does not exist has no albums to list") {
    Service service;
    try {
        service.source->release_groups_of(mbid(k_nowhere), {}, {});
        FAIL("there were some");
    } catch (const SourceError& error) {
        CHECK(error.code == "not_found");
        CHECK(error.requests == 1);
    }
}

TEST_CASE("a type may be a secondary one, and is looked for in all that the artist has") {
    Service service;
    service.server.change([](ServedReleases& releases) {
        const auto groups = releases.groups();
        for (const std::string& text : groups) {
            Json group = Json::parse(text);
            if (group["id"] != k_rumours) continue;
            group["id"] = k_nowhere;
            group["secondary-types"] = {"Live"};
            releases.add_group(group.dump());
        }
    });
    const auto artist = mbid(k_fleetwood_mac);
    CHECK(service.source->release_groups_of(artist, {{"live"}}, {}).albums.size() == 1);
    CHECK(service.source->release_groups_of(artist, {{"Single", "LIVE"}}, {}).albums.size() == 1);
    CHECK(service.source->release_groups_of(artist, {{"album"}}, {}).albums.size() == 2);
}

TEST_CASE("a discography that is short of its count is not taken for whole") {
    for (const char* page :
         {R"({"release-group-count":2,"release-group-offset":0,"release-groups":[
              {"id":"01234567-0123-4123-8123-012345678901","title":"One of two"}]})",
          R"({"release-group-count":2,"release-group-offset":0,"release-groups":[]})"}) {
        CAPTURE(page);
        Service service;
        service.server.set_script([&](const LoggedRequest&) { return status_fault(200, page); });
        try {
            service.source->release_groups_of(mbid(k_fleetwood_mac), {}, {});
            FAIL("it was taken");
        } catch (const SourceError& error) {
            CHECK(error.code == "incomplete");
            CHECK(error.kind == ErrorKind::transient);
        }
    }
}

TEST_CASE("a count of albums that grows from page to page is followed") {
    Service service;
    service.server.set_script([](const LoggedRequest& request) {
        const int offset = static_cast<int>(request.number) - 1;
        return status_fault(200,
                            fmt::format(R"({{"release-group-count":{},"release-group-offset":{},
                "release-groups":[{{"id":"01234567-0123-4123-8123-01234567890{}",
                "title":"One of three"}}]}})",
                                        offset == 0 ? 2 : 3, offset, offset));
    });
    const auto found = service.source->release_groups_of(mbid(k_fleetwood_mac), {}, {});
    CHECK(found.albums.size() == 3);
    CHECK(found.requests == 3);
}

TEST_CASE("an artist with groups beyond counting is refused after the first page") {
    Service service;
    service.server.fail_next(status_fault(
        200, R"({"release-group-count":250000,"release-group-offset":0,"release-groups":[
            {"id":"01234567-0123-4123-8123-012345678901","title":"One of many"}]})"));
    try {
        service.source->release_groups_of(mbid(k_fleetwood_mac), {}, {});
        FAIL("all were listed");
    } catch (const SourceError& error) {
        CHECK(error.code == "too_large");
        CHECK(error.kind == ErrorKind::permanent);
        CHECK(error.requests == 1);
    }
}

TEST_CASE("a release is told apart from a group by asking") {
    Service service;
    const auto group = service.releases_of(k_rumours);
    const Mbid release = group.releases.front().mbid;
    CHECK(service.error_of(release.to_string()).code == "not_found");
    CHECK(service.source->releases_of_group_with(release, {}).release_group->mbid ==
          mbid(k_rumours));
}

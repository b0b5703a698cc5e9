#include <doctest/doctest.h>
#include <fmt/format.h>

#include "service.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

/// An answer to a browse with the releases of `group` at `at`, and `count` as their count.
Fault page_of(const std::string& group, const std::vector<std::size_t>& at, int count) {
    const Json recorded =
        Json::parse(read_file(PRESSINGS_TEST_DATA "/musicbrainz/recorded/" + group + ".json"));
    Json page{{"release-count", count}, {"release-offset", 0}, {"releases", Json::array()}};
    for (const std::size_t index : at)
        page["releases"].push_back(recorded["releases"][index]);
    return status_fault(200, page.dump());
}

bool asks(const LoggedRequest& request, const std::string& part) {
    return request.target.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a small group takes one request, for everything at once") {
    Service service;
    const GroupReleases group = service.releases_of(k_rumours);
    CHECK(group.releases.size() == 3);
    CHECK(group.release_group->title == "Rumours");
    CHECK(group.requests == 1);
    CHECK(service.targets() ==
          std::vector<std::string>{
              "/ws/2/release?release-group=" + k_rumours +
              "&limit=100&offset=0&inc=release-groups+labels+media+recordings+artist-credits+isrcs"
              "+discids+url-rels+release-rels+aliases&fmt=json"});
}

TEST_CASE("pages that end early by their tracks are followed by the releases received") {
    Service service;
    service.server.change([](ServedReleases& releases) {
        releases.multiply(k_in_rainbows_cd, 117);  // 120 releases, of which 50 fill a page
    });
    const GroupReleases group = service.releases_of(k_in_rainbows);
    CHECK(mbids_of(group).size() == 120);
    CHECK(group.releases.size() == 120);
    CHECK(group.requests >= 3);
    const auto targets = service.targets();
    CHECK(targets[1].find("&offset=0&") == std::string::npos);
    CHECK(targets[1].find("&offset=100&") == std::string::npos);
}

TEST_CASE("releases that tie and are skipped between pages are found all the same") {
    for (const int ties : {70, 120, 220}) {
        Service service;
        service.server.change(
            [ties](ServedReleases& releases) { releases.multiply(k_in_rainbows_cd, ties); });
        CAPTURE(ties);
        const GroupReleases group = service.releases_of(k_in_rainbows);
        CHECK(mbids_of(group).size() == static_cast<std::size_t>(ties) + 3);
        CHECK(group.releases.size() == mbids_of(group).size());
        CHECK(group.requests == static_cast<int>(service.targets().size()));
    }
}

TEST_CASE("a skipped release is listed by bare pages and then looked up by itself") {
    Service service;
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (!asks(request, "recordings") || !asks(request, "release?")) return std::nullopt;
        return asks(request, "offset=0") ? page_of(k_in_rainbows, {0, 1}, 3)
                                         : page_of(k_in_rainbows, {1}, 3);  // the third is skipped
    });
    const GroupReleases group = service.releases_of(k_in_rainbows);
    CHECK(mbids_of(group).size() == 3);
    const auto targets = service.targets();
    REQUIRE(targets.size() == 4);
    CHECK(targets[2] == "/ws/2/release?release-group=" + k_in_rainbows +
                            "&limit=100&offset=0&inc=release-groups&fmt=json");
    CHECK(targets[3] ==
          "/ws/2/release/ea92a194-2d60-35c7-9d56-0e1dba20cd45?inc=release-groups+labels+media+"
          "recordings+artist-credits+isrcs+discids+url-rels+release-rels+aliases&fmt=json");
}

TEST_CASE("what was looked up by itself is as complete as what came on a page") {
    Service service;
    const auto whole = service.releases_of(k_in_rainbows);
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (!asks(request, "recordings") || !asks(request, "release?")) return std::nullopt;
        return page_of(k_in_rainbows, {0, 1}, 3);
    });
    const auto repaired = service.releases_of(k_in_rainbows);
    REQUIRE(repaired.releases.size() == 3);
    for (const Release& release : repaired.releases) {
        CHECK(std::count(whole.releases.begin(), whole.releases.end(), release) == 1);
    }
}

TEST_CASE("a group that stays short of its count is an error that says how short") {
    Service service;
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (asks(request, "offset=0")) return page_of(k_in_rainbows, {0, 1, 2}, 5);
        return status_fault(200, R"({"release-count":3,"release-offset":3,"releases":[]})");
    });
    const SourceError error = service.error_of(k_in_rainbows);
    CHECK(error.code == "incomplete");
    CHECK(error.kind == ErrorKind::transient);
    CHECK(std::string{error.what()}.find("3 of its 5 releases") != std::string::npos);
    CHECK(error.requests == static_cast<int>(service.targets().size()));
    CHECK(error.requests < 20);
}

TEST_CASE("the count that an empty page gives past the end is not believed") {
    Service service;
    // Two releases of three come; offset 2 is answered as if it were the end.
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (!asks(request, "recordings") || !asks(request, "release?")) return std::nullopt;
        if (asks(request, "offset=0")) return page_of(k_in_rainbows, {0, 1}, 3);
        return status_fault(200, R"({"release-count":2,"release-offset":2,"releases":[]})");
    });
    CHECK(mbids_of(service.releases_of(k_in_rainbows)).size() == 3);
}

TEST_CASE("a count that grows from page to page is followed") {
    Service service;
    service.server.set_script([&](const LoggedRequest& request) -> std::optional<Fault> {
        if (asks(request, "offset=0")) return page_of(k_in_rainbows, {0, 1}, 2 + 1);
        return page_of(k_in_rainbows, {2}, 3);
    });
    CHECK(mbids_of(service.releases_of(k_in_rainbows)).size() == 3);
}

TEST_CASE("a server that sends the same page again and again is soon left") {
    for (const int more : {0, 1'000}) {
        Service service;
        service.server.set_script([more](const LoggedRequest& request) -> std::optional<Fault> {
            return page_of(k_in_rainbows, {0, 1, 2}, 3 + more + static_cast<int>(request.number));
        });
        CHECK(service.error_of(k_in_rainbows).code == "incomplete");
        CHECK(service.targets().size() < 40);
    }
}

TEST_CASE("a server whose pages come to far more than any group's is left") {
    source::SourceOptions options = impatient_options();
    options.max_body_bytes = 100'000;
    Service service{options};
    Json page = Json::parse(
        read_file(PRESSINGS_TEST_DATA "/musicbrainz/recorded/" + k_in_rainbows + ".json"));
    page["releases"].erase(page["releases"].begin() + 1, page["releases"].end());
    page["release-count"] = 200;
    page["padding"] = std::string(80'000, ' ');
    service.server.set_script([page](const LoggedRequest& request) -> std::optional<Fault> {
        Json another = page;
        another["releases"][0]["id"] =
            fmt::format("00000000-0000-4000-8000-{:012}", request.number);
        return status_fault(200, another.dump());
    });
    CHECK(service.error_of(k_in_rainbows).code == "no_end");
    CHECK(service.targets().size() < 30);  // 16 of the largest
}

TEST_CASE("genres that come unasked are left out") {
    for (const bool wished : {false, true}) {
        source::SourceOptions options = impatient_options();
        options.with_genres = wished;
        Service service{options};
        Json page = Json::parse(
            read_file(PRESSINGS_TEST_DATA "/musicbrainz/recorded/" + k_in_rainbows + ".json"));
        for (Json& release : page["releases"])
            release["genres"] = release["release-group"]["genres"] = Json::parse(
                R"([{"id":"0e3fc579-2d24-4f20-9dae-736e1ec78798","name":"rock","count":3}])");
        service.server.set_script([page](const LoggedRequest&) -> std::optional<Fault> {
            return status_fault(200, page.dump());
        });
        const GroupReleases group = service.releases_of(k_in_rainbows);
        CHECK(group.releases.front().genres.has_value() == wished);
        CHECK(group.release_group->genres.has_value() == wished);
    }
}

TEST_CASE("a merged group comes under the name it has now") {
    Service service;
    service.server.change(
        [](ServedReleases& releases) { releases.merge_group(k_nowhere, k_rumours); });
    const GroupReleases group = service.releases_of(k_nowhere);
    CHECK(group.release_group->mbid == mbid(k_rumours));
    CHECK(group.releases.size() == 3);
    CHECK(group.requests == static_cast<int>(service.targets().size()));
}

TEST_CASE("another group's releases are not taken for ours") {
    Service service;
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (!asks(request, "release-group=")) return std::nullopt;
        return page_of(k_rumours, {0, 1, 2}, 3);
    });
    const SourceError error = service.error_of(k_in_rainbows);
    CHECK(error.code == "wrong_group");
    CHECK(error.kind == ErrorKind::transient);
}

TEST_CASE("pages of two different groups are no answer") {
    Service service;
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (asks(request, "offset=0")) return page_of(k_rumours, {0, 1}, 3);
        return page_of(k_in_rainbows, {0}, 3);
    });
    CHECK(service.error_of(k_rumours).code == "bad_answer");
}

TEST_CASE("a group without releases is described by its own lookup") {
    Service service;
    const std::string group = "cc779b67-8eda-41cb-a792-973bbd89d505";
    service.server.change([&group](ServedReleases& releases) {
        releases.add_group(read_file(PRESSINGS_TEST_DATA "/musicbrainz/groups/" + group + ".json"));
    });
    const GroupReleases found = service.releases_of(group);
    CHECK(found.releases.empty());
    CHECK(found.release_group->mbid == mbid(group));
    CHECK(found.release_group->title.has_value());
    CHECK(found.requests == 2);
}

TEST_CASE("a group that does not exist is not found, at once and for good") {
    Service service;
    const SourceError error = service.error_of(k_nowhere);
    CHECK(error.code == "not_found");
    CHECK(error.kind == ErrorKind::permanent);
    CHECK(error.requests == 1);
    CHECK(std::string{error.what()}.find(k_nowhere) != std::string::npos);
}

TEST_CASE("a release leads to the releases of its group") {
    Service service;
    const GroupReleases group = service.source->releases_of_group_with(mbid(k_in_rainbows_cd), {});
    CHECK(group.release_group->mbid == mbid(k_in_rainbows));
    CHECK(group.releases.size() == 3);
    CHECK(group.requests == 2);
}

TEST_CASE("a release that does not exist leads nowhere") {
    Service service;
    try {
        service.source->releases_of_group_with(mbid(k_nowhere), {});
        FAIL("it led somewhere");
    } catch (const SourceError& error) {
        CHECK(error.code == "not_found");
        CHECK(error.requests == 1);
    }
}

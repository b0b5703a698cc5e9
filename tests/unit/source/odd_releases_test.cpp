// Releases with a value that cannot be read, as every way of asking for a group meets them.
#include <doctest/doctest.h>

#include "service.hpp"
#include "source/json/release_json.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

Json recorded(const std::string& group) {
    return Json::parse(read_file(PRESSINGS_TEST_DATA "/musicbrainz/recorded/" + group + ".json"));
}

Json rumours() {
    return recorded(k_rumours);
}

std::string id_of(const Json& page, std::size_t release) {
    return page["releases"][release]["id"];
}

bool asks(const LoggedRequest& request, const std::string& part) {
    return request.target.find(part) != std::string::npos;
}

/// From here on all browsing of it gives `page`.
void serve(Service& service, const Json& page) {
    service.server.set_script([page](const LoggedRequest& request) -> std::optional<Fault> {
        if (!asks(request, "/release?")) return std::nullopt;
        return status_fault(200, page.dump());
    });
}

Oddity only_oddity(const GroupReleases& group) {
    REQUIRE(group.oddities.size() == 1);
    return group.oddities.front();
}

SourceOptions strict() {
    SourceOptions options = impatient_options();
    options.odd_releases = OddReleases::refuse;
    return options;
}

}  // namespace

TEST_CASE(
    "an odd release is told by its MBID, field, value and problem, and the others are given") {
    Json page = rumours();
    page["releases"][1]["media"][0]["tracks"][2]["length"] = -5;
    Service service;
    serve(service, page);
    const GroupReleases group = service.releases_of(k_rumours);
    CHECK(group.releases.size() == 2);
    CHECK(group.lists_all);
    CHECK(group.requests == 1);
    CHECK(only_oddity(group) == Oddity{mbid(id_of(page, 1)), "media[0].tracks[2].length", "-5",
                                       "is -5, outside 0 to 2147483647", k_reader_version});
    CHECK(described(only_oddity(group)) ==
          "release " + id_of(page, 1) +
              ": media[0].tracks[2].length is -5, outside 0 to 2147483647");
}

TEST_CASE("a release whose MBID cannot be read is an oddity too, and then not all is listed") {
    Json page = rumours();
    page["releases"][1]["id"] = 7;
    Service service;
    serve(service, page);
    const GroupReleases group = service.releases_of(k_rumours);
    CHECK(group.releases.size() == 2);
    CHECK_FALSE(group.lists_all);
    CHECK(group.requests == 1);
    CHECK(only_oddity(group).release == std::nullopt);
    CHECK(only_oddity(group).field == "id");
    CHECK(only_oddity(group).value == "7");
}

TEST_CASE("an odd release counts as received: pages go on behind it, and each counts once") {
    Json page = rumours();
    page["releases"][0]["barcode"] = Json::array();
    page["releases"][1]["id"] = nullptr;
    Service service;
    service.server.set_script([page](const LoggedRequest& request) -> std::optional<Fault> {
        if (!asks(request, "/release?")) return std::nullopt;
        Json part = page;
        // The second page repeats the last of the first.
        if (asks(request, "offset=0")) part["releases"].erase(2);
        if (asks(request, "offset=2")) part["releases"].erase(0);
        return status_fault(200, part.dump());
    });
    const GroupReleases group = service.releases_of(k_rumours);
    CHECK(group.releases.size() == 1);
    CHECK(group.oddities.size() == 2);
    CHECK(group.requests == 2);
}

TEST_CASE("a release that paging skipped and that is odd when it is looked up is an oddity") {
    Service service;
    const Json page = rumours();
    service.server.set_script([page](const LoggedRequest& request) -> std::optional<Fault> {
        Json answer = page;
        if (asks(request, "/release?") && asks(request, "recordings")) {
            answer["releases"].erase(1);
            return status_fault(200, answer.dump());
        }
        if (asks(request, "/release/")) {
            answer["releases"][1]["title"] = "";
            return status_fault(200, answer["releases"][1].dump());
        }
        return std::nullopt;
    });
    const GroupReleases group = service.releases_of(k_rumours);
    CHECK(group.releases.size() == 2);
    CHECK(only_oddity(group).release == mbid(id_of(page, 1)));
    CHECK(only_oddity(group).problem == "is empty");
}

TEST_CASE("a release that paging skipped and that is odd in the list is looked up as well") {
    Service service;
    const Json page = rumours();
    service.server.set_script([page](const LoggedRequest& request) -> std::optional<Fault> {
        if (!asks(request, "/release?")) return std::nullopt;
        Json answer = page;
        if (asks(request, "recordings")) {
            answer["releases"].erase(1);
        } else {
            answer["releases"][1]["title"] = "";
        }
        return status_fault(200, answer.dump());
    });
    const GroupReleases group = service.releases_of(k_rumours);
    CHECK(group.releases.size() == 3);
    CHECK(group.oddities.empty());
}

TEST_CASE("what is odd in the release group is no fault of its releases") {
    Json page = rumours();
    for (Json& release : page["releases"])
        release["release-group"]["first-release-date"] = "yesterday";
    Service service;
    serve(service, page);
    const GroupReleases group = service.releases_of(k_rumours);
    CHECK(group.releases.size() == 3);
    CHECK(group.lists_all);
    CHECK(group.release_group->mbid == mbid(k_rumours));
    CHECK_FALSE(group.release_group->title);
    CHECK(is_of_group(only_oddity(group)));
    CHECK(only_oddity(group).field == "release-group.first-release-date");

    page["releases"][2]["release-group"]["first-release-date"] = "1977";
    Service better;
    serve(better, page);
    const GroupReleases told = better.releases_of(k_rumours);
    CHECK(told.release_group->title == "Rumours");
    CHECK(told.oddities.empty());
}

TEST_CASE("an odd release is refused for good where that is wished for, by release and field") {
    Json page = rumours();
    page["releases"][1]["packaging"] = {{"name", "\x1b[2J"}};
    Service service{strict()};
    service.server.set_script([page](const LoggedRequest&) -> std::optional<Fault> {
        return status_fault(200, page.dump());
    });
    const SourceError error = service.error_of(k_rumours);
    CHECK(error.code == "odd_release");
    CHECK(error.kind == ErrorKind::permanent);
    const std::string message = error.what();
    CHECK(message.find("release " + id_of(page, 1) + ": packaging is not a string") == 0);
    CHECK(message.find('\x1b') == std::string::npos);
}

TEST_CASE("three releases of which none can be read are no matter of single values") {
    Json page = rumours();
    for (Json& release : page["releases"])
        release["title"] = Json::object();
    Service service;
    serve(service, page);
    const SourceError error = service.error_of(k_rumours);
    CHECK(error.code == "bad_answer");
    CHECK(error.kind == ErrorKind::transient);
    CHECK(std::string{error.what()}.find("not one of 3 releases could be read") == 0);

    Json two = recorded(k_queen_hits);
    for (Json& release : two["releases"])
        release["title"] = Json::object();
    Service other;
    serve(other, two);
    const GroupReleases group = other.releases_of(k_queen_hits);
    CHECK(group.releases.empty());
    CHECK(group.oddities.size() == 2);
    CHECK(group.release_group->mbid == mbid(k_queen_hits));
}

TEST_CASE("a release that left its group is there, though what is said of it is odd") {
    Service service;
    const Mbid asked = mbid(k_in_rainbows_cd);
    const auto fate_with = [&](Json changes) {
        Json release = recorded(k_in_rainbows)["releases"][0];
        release.merge_patch(changes);
        service.server.set_script([release](const LoggedRequest&) -> std::optional<Fault> {
            return status_fault(200, release.dump());
        });
        return service.source->fates_of({&asked, 1}, {}).fates.front();
    };
    const ReleaseFate odd_title = fate_with({{"id", asked.to_string()}, {"title", 7}});
    CHECK(odd_title.now == asked);
    CHECK(odd_title.release_group == mbid(k_in_rainbows));
    for (const Json& changes :
         {Json{{"id", 7}}, Json{{"release-group", 7}}, Json{{"release-group", {{"id", "x"}}}}}) {
        const ReleaseFate fate = fate_with(changes);
        CHECK(fate.now == asked);
        CHECK(fate.release_group == std::nullopt);
    }
}

TEST_CASE("numbers beyond all numbers, half characters and endless nesting cost one release") {
    for (const std::string& value :
         {std::string(400, '9'), std::string{"1e999"}, std::string{R"("\ud800")"},
          std::string(500, '[') + std::string(500, ']')}) {
        CAPTURE(value.substr(0, 20));
        Json page = rumours();
        page["releases"][1]["status"] = "here";
        std::string text = page.dump();
        text.replace(text.find("\"here\""), 6, value);
        const BrowsePage read = parse_browse_page(text);
        CHECK(read.releases.size() == 2);
        REQUIRE(read.odd.size() == 1);
        CHECK(read.odd.front().oddity.release == mbid(id_of(page, 1)));
        CHECK(read.odd.front().oddity.field == "status");
        CHECK_FALSE(read.odd.front().oddity.value.value_or("").starts_with("[[\""));
    }
}

TEST_CASE("a release with lists beyond measure is odd, and costs no other one") {
    Json page = rumours();
    std::vector<Json> media(30, Json{{"tracks", std::vector<Json>(9'000, Json{{"title", "x"}})}});
    page["releases"][1]["media"] = media;
    const BrowsePage read = parse_browse_page(page.dump());
    CHECK(read.releases.size() == 2);
    REQUIRE(read.odd.size() == 1);
    CHECK(read.odd.front().oddity.problem.find("more than 200000 entries") != std::string::npos);
    CHECK(read.entries < 1'000);
}

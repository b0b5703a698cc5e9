// What the search lists of many groups at once, and what of it is believed.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "unit/source/service.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

GroupListings listings(Service& service, const std::vector<Mbid>& groups) {
    return service.source->listings_of(groups, {});
}

/// The code of the error with which that ends.
std::string code_of(Service& service, const std::vector<Mbid>& groups) {
    try {
        listings(service, groups);
    } catch (const SourceError& error) {
        return error.code;
    }
    return "none";
}

std::vector<Mbid> nowhere(int count) {
    std::vector<Mbid> groups;
    for (int n = 0; n < count; ++n)
        groups.push_back(mbid(fmt::format("00000000-0000-4000-8000-{:012}", n)));
    return groups;
}

/// How many groups are believed where the search says this of Rumours.
std::size_t believed(const std::string& said) {
    Service service;
    service.server.change([&](ServedReleases& releases) { releases.index_says(k_rumours, said); });
    return listings(service, {mbid(k_rumours)}).groups.size();
}

}  // namespace

TEST_CASE("many groups are listed with one request, each with its releases") {
    Service service;
    auto groups = nowhere(97);
    for (const auto& group : {k_rumours, k_in_rainbows, k_queen_hits})
        groups.push_back(mbid(group));
    const auto found = listings(service, groups);
    CHECK(found.requests == 1);
    CHECK(service.server.requests().size() == 1);
    REQUIRE(found.groups.size() == 3);
    for (const auto& listed : found.groups) {
        CHECK(listed.releases.size() == (listed.release_group == mbid(k_queen_hits) ? 2 : 3));
    }
}

TEST_CASE("101 groups are two requests, and none are none") {
    Service service;
    auto groups = nowhere(100);
    groups.insert(groups.begin(), mbid(k_rumours));
    groups.pop_back();
    groups.push_back(mbid(k_in_rainbows));
    CHECK(listings(service, groups).requests == 2);
    CHECK(listings(service, {}).requests == 0);
}

TEST_CASE("a list that is not whole, or cannot be read, tells nothing of its group") {
    const std::string id = R"({"id":")" + k_rumours + R"(",)";
    const std::string release = R"({"id":")" + k_in_rainbows_cd + R"("})";
    CHECK(believed(id + R"("count":1,"releases":[)" + release + "]}") == 1);
    CHECK(believed(id + R"("count":0})") == 1);
    CHECK(believed(id + R"("count":2,"releases":[)" + release + "]}") == 0);
    CHECK(believed(id + R"("count":2,"releases":[)" + release + "," + release + "]}") == 0);
    CHECK(believed(id + R"("releases":[)" + release + "]}") == 0);
    CHECK(believed(id + R"("count":"many","releases":[)" + release + "]}") == 0);
    CHECK(believed(id + R"("count":1,"releases":[{"id":"x"}]})") == 0);
    CHECK(believed(id + R"("count":1,"releases":[7]})") == 0);
    CHECK(believed(id + R"("count":1,"releases":7})") == 0);
    CHECK(believed(R"({"count":0})") == 0);
    CHECK(believed("7") == 0);
    // Another group than was asked for.
    CHECK(believed(R"({"id":")" + k_queen_hits + R"(","count":0})") == 0);
}

TEST_CASE("a group that is listed twice is told of by neither") {
    Service service;
    const std::string twice = R"({"id":")" + k_rumours + R"(","count":0})";
    service.server.fail_next(
        status_fault(200, R"({"release-groups":[)" + twice + "," + twice + "]}"));
    CHECK(listings(service, {mbid(k_rumours)}).groups.empty());
}

TEST_CASE("what is no answer of the search is an error, as elsewhere") {
    const std::pair<const char*, const char*> answers[] = {
        {"{}", "bad_answer"},
        {"[]", "not_json"},
        {R"({"release-groups":7})", "bad_answer"},
        {"{", "bad_answer"},
        {"", "not_json"}};
    for (const auto& [body, code] : answers) {
        CAPTURE(body);
        Service service;
        service.server.set_script(
            [text = std::string{body}](const auto&) { return status_fault(200, text); });
        CHECK(code_of(service, {mbid(k_rumours)}) == code);
    }
    Service service;
    service.server.set_script([](const auto&) { return html_error(500); });
    CHECK(code_of(service, {mbid(k_rumours)}) == "http_500");
}

TEST_CASE("an index that knows none of many albums is ill; one that lacks a few lags behind") {
    Service service;
    CHECK(code_of(service, nowhere(10)) == "stale_index");
    CHECK(code_of(service, nowhere(9)) == "none");
}

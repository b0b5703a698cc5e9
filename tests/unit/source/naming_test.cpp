#include "naming_set.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

TEST_CASE("A search that names a group which is gone is tried again when the index has caught up") {
    NamingService service{SearchManner::boolean};
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        const bool is_search = request.target.find("query=") != std::string::npos;
        return is_search ? std::nullopt : std::optional{own_error(404)};
    });
    const NamedPair pair = read_pair("Radiohead\tIn Rainbows\t\tnot_found\tgone");
    try {
        service.source->releases_of_named(pair.named, {});
        FAIL("it was found");
    } catch (const SourceError& error) {
        CHECK(error.code == "stale_index");
        CHECK(error.kind == ErrorKind::transient);
    }
}

TEST_CASE("A group that turns out to be somebody else's is refused, whatever the index says") {
    NamingService service{SearchManner::boolean};
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.target.find("/release-group/6e335887") == std::string::npos) return {};
        return status_fault(200, R"({"id":"6e335887-60ba-38f0-95af-fae7774336bf",
            "title":"In Rainbows","artist-credit":[{"name":"A Tribute Band",
            "joinphrase":"","artist":{"id":"01234567-0123-4123-8123-012345678901",
            "name":"A Tribute Band","sort-name":"Tribute Band, A"}}]})");
    });
    const NamedPair pair = read_pair("Radiohead\tIn Rainbows\t\tnot_found\tstale");
    const NamingOutcome outcome = outcome_of(*service.source, pair.named);
    CHECK(outcome.answer == "not_found");
    REQUIRE(outcome.candidates.size() == 1);
    CHECK(outcome.candidates[0].artist == "A Tribute Band");
}

TEST_CASE("Artists told by their MBIDs are asked for by these") {
    NamingService service{SearchManner::boolean};
    NamedAlbum named = read_pair("Anybody\tIn Rainbows\t\tx\tx").named;
    named.artist_credit[0].artist.mbid = mbid("a74b1b7f-71a5-4011-9441-d0b5e4122711");
    CHECK(outcome_of(*service.source, named).answer == k_in_rainbows);
    CHECK(service.server.requests()[0].target.find("arid%3Aa74b1b7f") != std::string::npos);
    named.artist_credit[0].artist.mbid = mbid(k_nowhere);
    CHECK(outcome_of(*service.source, named).answer == "not_found");
}

TEST_CASE("A type that is told is held to") {
    NamingService service{SearchManner::boolean};
    NamedAlbum named = read_pair("Metallica\tMaster of Puppets\t\tx\tx").named;
    const std::string album = outcome_of(*service.source, named).answer;
    named.primary_type = "single";
    const std::string single = outcome_of(*service.source, named).answer;
    CHECK(single.size() == 36);
    CHECK(single != album);
    named.primary_type = "Broadcast";
    const NamingOutcome refused = outcome_of(*service.source, named);
    CHECK(refused.answer == "not_found");
    CHECK(refused.candidates.size() >= 2);
}

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "domain/album_match.hpp"
#include "service.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

const std::string k_folder = PRESSINGS_TEST_DATA "/naming/";

/// A line of pairs.tsv: what somebody told, and the MBID, "ambiguous" or "not_found".
struct Pair {
    NamedAlbum named;
    std::string expected;
    std::string trap;
};

std::vector<std::string> lines_of(const std::string& file) {
    std::ifstream input{k_folder + file};
    std::vector<std::string> lines;
    for (std::string line; std::getline(input, line);)
        lines.push_back(line);
    return lines;
}

Pair read_pair(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream input{line};
    for (std::string cell; std::getline(input, cell, '\t');)
        cells.push_back(cell);
    REQUIRE(cells.size() == 5);
    Pair pair;
    CreditedArtist artist;
    artist.name = artist.artist.name = cells[0];
    pair.named.artist_credit = {artist};
    pair.named.title = cells[1];
    if (!cells[2].empty()) pair.named.year = std::stoi(cells[2]);
    pair.expected = cells[3];
    pair.trap = cells[4];
    return pair;
}

std::vector<Pair> read_pairs() {
    auto lines = lines_of("pairs.tsv");
    std::vector<Pair> pairs;
    for (std::size_t i = 1; i < lines.size(); ++i)
        pairs.push_back(read_pair(lines[i]));
    return pairs;
}

/// The tests' MusicBrainz with the groups of the folder, and a source that asks it.
struct NamingService {
    explicit NamingService(SearchManner manner) {
        server.change([](ServedReleases& releases) {
            for (const char* file : {"groups.ndjson", "namesakes.ndjson"}) {
                for (const std::string& line : lines_of(file))
                    releases.add_group(line);
            }
        });
        server.search_by(manner);
        source = make_source(server.root(), impatient_options());
    }

    MusicBrainzServer server;
    std::unique_ptr<ReleaseSource> source;
};

struct Outcome {
    std::string answer;  ///< the MBID, or the code of the error
    std::vector<Candidate> candidates;
    int requests = 0;
};

Outcome outcome_of(ReleaseSource& source, const NamedAlbum& named) {
    try {
        const auto found = source.releases_of_named(named, {});
        return {found.release_group->mbid->to_string(), {}, found.requests};
    } catch (const SourceError& error) {
        return {error.code, error.candidates, error.requests};
    }
}

/// What can be chosen from if several were meant: each is shown.
void check_candidates(const Outcome& outcome) {
    CHECK(outcome.candidates.size() <= k_most_candidates);
    if (outcome.answer == "ambiguous") CHECK(outcome.candidates.size() > 1);
}

struct Tally {
    int matched = 0;
    int refused = 0;
    int with_candidates = 0;
    int wrong = 0;
    int missed = 0;
    int most_requests = 0;
};

Tally try_pairs(SearchManner manner) {
    NamingService service{manner};
    Tally tally;
    for (const Pair& pair : read_pairs()) {
        const Outcome outcome = outcome_of(*service.source, pair.named);
        const bool is_match = outcome.answer.size() == 36;
        const std::string what = fmt::format("{} [{}]", described(pair.named), pair.trap);
        INFO(what);
        CHECK(outcome.answer == pair.expected);
        check_candidates(outcome);
        is_match ? ++tally.matched : ++tally.refused;
        if (!outcome.candidates.empty()) ++tally.with_candidates;
        if (is_match && outcome.answer != pair.expected) ++tally.wrong;
        if (!is_match && pair.expected.size() == 36) ++tally.missed;
        tally.most_requests = std::max(tally.most_requests, outcome.requests);
    }
    return tally;
}

void report(const std::string& manner, const Tally& tally) {
    MESSAGE(manner << ": matched " << tally.matched << ", refused " << tally.refused << " ("
                   << tally.with_candidates << " with candidates), wrong " << tally.wrong
                   << ", missed " << tally.missed << "; requests for one album at most "
                   << tally.most_requests);
    CHECK(tally.matched + tally.refused >= 150);
    CHECK(tally.wrong == 0);
    CHECK(tally.missed == 0);
    // Four searches, and the releases of what was found: a page, and the group if it has none.
    CHECK(tally.most_requests <= 6);
}

}  // namespace

TEST_CASE("Every pair of artist and title gets its album or a refusal, from searches that narrow") {
    report("boolean search", try_pairs(SearchManner::boolean));
}

TEST_CASE("Every pair gets the same from searches that give much more, most of it wrong") {
    report("any-word search", try_pairs(SearchManner::any_word));
}

TEST_CASE("A search that names a group which is gone is tried again when the index has caught up") {
    NamingService service{SearchManner::boolean};
    service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        const bool is_search = request.target.find("query=") != std::string::npos;
        return is_search ? std::nullopt : std::optional{own_error(404)};
    });
    const Pair pair = read_pair("Radiohead\tIn Rainbows\t\tnot_found\tgone");
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
    const Pair pair = read_pair("Radiohead\tIn Rainbows\t\tnot_found\tstale");
    const Outcome outcome = outcome_of(*service.source, pair.named);
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
    const Outcome refused = outcome_of(*service.source, named);
    CHECK(refused.answer == "not_found");
    CHECK(refused.candidates.size() >= 2);
}

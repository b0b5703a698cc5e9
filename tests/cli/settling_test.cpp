// Albums that no search could settle, settled by a person: in a spreadsheet, and on a terminal.
#include <algorithm>
#include <sstream>

#include "cli/naming_service.hpp"
#include "support/typist.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_green = "923d5ba6-7eee-3bce-bcb2-c913b2bd69d4";
const std::string k_rumours_group = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

/// Three albums that are open: a title of six, one spelled wrong, one that is nowhere.
struct OpenAlbums : NamingService {
    OpenAlbums() {
        put_in({"--artist", "Weezer", "--title", "Weezer"});
        put_in({"--artist", "Fleetwod Mac", "--title", "Rumors"});
        put_in({"--artist", "=cmd|'/c calc'!A1", "--title", "@SUM(1)"});
        run_worker();
    }

    void run_worker() const {
        bench.run("release-worker", {"run", "--source", server.root(), "-q"});
    }
    std::string sheet() const { return bench.folder.file("open.csv"); }

    std::vector<std::string> write_candidates() const {
        CHECK(bench.run("album-import", {"--candidates", sheet()}).status == 0);
        std::istringstream text{bench.folder.read("open.csv")};
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);) {
            if (line.ends_with('\r')) line.pop_back();
            lines.push_back(line);
        }
        return lines;
    }
    ToolRun take(const std::vector<std::string>& lines) const {
        std::string text;
        for (const std::string& line : lines)
            text += line + "\r\n";
        bench.folder.write("decided.csv", text);
        return bench.run("album-import",
                         {"--decisions", bench.folder.file("decided.csv"), "--json"});
    }
};

std::string with_decision(const std::string& line, const std::string& decision) {
    return decision + line.substr(line.find(','));
}

/// The statuses, one behind the other.
std::string outcomes(const ToolRun& run) {
    std::string all;
    for (const Json& line : run.documents()) {
        check_schema("import-result", line);
        all += (all.empty() ? "" : " ") + line["status"].get<std::string>();
    }
    return all;
}

}  // namespace

TEST_CASE("What is open is written for a spreadsheet, with what each may be and why") {
    const OpenAlbums open;
    const auto lines = open.write_candidates();
    REQUIRE(lines.size() > 8);
    CHECK(lines[0] ==
          "decision,album,job,looked_for,artist,title,year,rank,mbid,candidate_title,"
          "candidate_artist,candidate_year,type,note,why,url");
    const auto rumours = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
        return has(line, k_rumours_group);
    });
    REQUIRE(rumours != lines.end());
    CHECK(has(*rumours, ",2,2,"));
    CHECK(has(*rumours, "title much like it"));
    CHECK(has(*rumours, "Fleetwood Mac,1977,Album"));
    CHECK(has(lines.back(), "'=cmd"));
    CHECK(has(lines.back(), "'@SUM(1)"));
}

TEST_CASE("Decisions are taken once, however often the file is") {
    const OpenAlbums open;
    auto lines = open.write_candidates();
    for (std::string& line : lines) {
        if (has(line, k_green)) line = with_decision(line, "x");
        if (has(line, k_rumours_group)) line = with_decision(line, "Yes");
    }
    lines.back() = with_decision(lines.back(), "skip");
    CHECK(outcomes(open.take(lines)) == "refreshed refreshed");
    CHECK(outcomes(open.take(lines)) == "exists exists");
    open.run_worker();
    CHECK(outcomes(open.take(lines)) == "exists exists");
    CHECK(open.albums()[0]["mbid"] == k_green);
    CHECK(open.albums()[1]["mbid"] == k_rumours_group);
    CHECK(open.albums().size() == 3);
    CHECK(open.bench.run("release-worker", {"check"}).status == 0);
}

TEST_CASE("An album is looked for by the words that somebody wrote into the sheet") {
    const OpenAlbums open;
    const std::string sheet =
        "decision;album;artist;title;year\n"
        "search;2;Fleetwood Mac;Rumours;1977\n";
    open.bench.folder.write("decided.csv", sheet);
    const auto take = [&] {
        return open.bench.run("album-import",
                              {"--decisions", open.bench.folder.file("decided.csv"), "--json"});
    };
    CHECK(outcomes(take()) == "refreshed");
    CHECK(outcomes(take()) == "exists");
    open.run_worker();
    CHECK(open.albums()[1]["mbid"] == k_rumours_group);
    CHECK(outcomes(take()) == "exists");
    // The batch of before still means this album.
    CHECK(open.put_in({"--artist", "Fleetwod Mac", "--title", "Rumors"})["status"] == "exists");
    CHECK(open.albums().size() == 3);
}

TEST_CASE("A line that cannot be followed is told with its reason, and costs no other") {
    const OpenAlbums open;
    auto lines = open.write_candidates();
    const std::string weezer = lines[1];
    lines[1] = with_decision(weezer, "x");
    lines[2] = with_decision(lines[2], "x");
    const auto rumours = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
        return has(line, k_rumours_group);
    });
    *rumours = with_decision(*rumours, k_rumours_group);
    lines.back() = with_decision(lines.back(), "perhaps");
    lines.push_back("x,99,,,,,,1," + k_rumours_group);
    const auto run = open.take(lines);
    CHECK(run.status == 1);
    CHECK(has(run.err, ":2: rejected (two_decisions): line 3 decides otherwise about album 1"));
    CHECK(has(run.err, "is no decision"));
    CHECK(has(run.err, "it has another number of cells"));
    CHECK(open.albums()[1]["mbid"] == k_rumours_group);
    CHECK(open.albums()[0]["mbid"] == nullptr);
}

TEST_CASE("A sheet of another catalogue is refused line by line") {
    const OpenAlbums open;
    auto lines = open.write_candidates();
    lines[1] = with_decision(lines[1], "x");
    const NamingService other;
    other.put_in({"--artist", "Can", "--title", "Tago Mago"});
    const std::string file = other.bench.folder.write("o.csv", lines[0] + "\n" + lines[1] + "\n");
    const auto run = other.bench.run("album-import", {"--decisions", file});
    CHECK(run.status == 1);
    CHECK(has(run.err, "other_album"));
    CHECK(other.albums()[0]["mbid"] == nullptr);
}

TEST_CASE("A sheet with decisions is not written over, nor is what is no sheet") {
    const OpenAlbums open;
    auto lines = open.write_candidates();
    open.write_candidates();  // without decisions it is
    open.bench.folder.write("open.csv", lines[0] + "\n" + with_decision(lines[1], "x") + "\n");
    check_refused(open.bench.run("album-import", {"--candidates", open.sheet()}), 2,
                  "there are decisions in it");
    open.bench.folder.write("open.csv", "dear diary\n");
    check_refused(open.bench.run("album-import", {"--candidates", open.sheet()}), 2, "open.csv");
    check_refused(open.bench.run("album-import", {"--decisions", open.sheet()}), 2,
                  "has no column decision");
}

TEST_CASE("A person goes through what is open, and goes on where it was left") {
    const OpenAlbums open;
    const auto review = [&] {
        Command command;
        command.arguments = {std::string{PRESSINGS_BIN_DIR} + "/album-import", "--review"};
        command.environment = open.bench.environment;
        command.environment["PRESSINGS_DB"] = open.bench.database();
        command.environment["TERM"] = "xterm";
        command.environment["BROWSER"] = "echo opened";
        return command;
    };
    {
        Typist person{review()};
        CHECK(has(person.read_until("> "), "1 of 3: album 1, \"Weezer\" by \"Weezer\""));
        person.type("99\r");
        person.read_until("is none of these");
        person.read_until("> ");
        person.type("o 1\r");
        person.read_until("opened https://musicbrainz.org/release-group/");
        person.read_until("> ");
        for (const char* page : {"https://www.discogs.com/release/249504",
                                 "https://musicbrainz.org/cdtoc/XzPS7vW.HPHsYemQh0HBUGr8vuU-"}) {
            person.type(std::string{"m "} + page + "\r");
            person.read_until("names a disc, or a page of Discogs'");
            person.read_until("> ");
        }
        person.type("m " + k_green + "\r");
        person.read_until("album 1 is " + k_green);
        CHECK(has(person.read_until("> "), "2 of 3"));
        person.type("q\r");
        person.read_until("1 settled");
    }
    Typist person{review()};
    CHECK(has(person.read_until("> "), "1 of 2: album 2"));
    person.type("f\r");
    person.read_until("artist [Fleetwod Mac] > ");
    person.type("Fleetwood Mac\r");
    person.read_until("title [Rumors] > ");
    person.type("Rumours\r");
    person.read_until("year, - for none [] > ");
    person.type("1977\r");
    person.read_until("will be looked for by these words");
    person.read_until("> ");
    person.type("s\r");
    person.read_until("1 left open");
    open.run_worker();
    CHECK(open.albums()[0]["mbid"] == k_green);
    CHECK(open.albums()[1]["mbid"] == k_rumours_group);
}

// Releases dated ahead, over genuine albums on days of their own time.
#include <regex>
#include <set>

#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

namespace {

constexpr const char* k_of_december = "e9b0f69e-ee3d-36ed-8c12-f8ee65f87e45";  // 2007-12-31
constexpr const char* k_of_january = "cba282c5-dd83-3157-afb6-9af6a5af7709";   // 2008-01-01

/// Made once: nothing here writes.
const ToolBench& recorded() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        import_recorded(made);
        return &made;
    }();
    return *bench;
}

ToolRun upcoming(const Words& arguments, const ToolBench& bench = recorded()) {
    Words all{"upcoming"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return bench.run("release-catalog", all);
}

/// "2007-12-31 2008?": a question mark where it is not certain that it is ahead.
std::string dates(const Words& arguments, const ToolBench& bench = recorded()) {
    Words all{"--json"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const auto run = upcoming(all, bench);
    check_quiet(run);
    std::string text;
    for (const Json& one : run.documents()) {
        check_schema("upcoming", one);
        text += (text.empty() ? "" : " ") + one["date"].get<std::string>() +
                (one["certain"] == true ? "" : "?");
    }
    return text;
}

/// In Rainbows, dated as a test wants its three releases.
struct DatedBench : ToolBench {
    explicit DatedBench(const std::vector<const char*>& dates) {
        Json answer = recorded_answer(k_in_rainbows);
        for (std::size_t i = 0; i < dates.size(); ++i) {
            answer["releases"][i]["date"] = dates[i];
            answer["releases"][i]["release-events"][0]["date"] = dates[i];
        }
        std::filesystem::create_directory(folder.file("dated"));
        folder.write(std::string{"dated/"} + k_in_rainbows + ".json", answer.dump());
        run("album-import", {k_in_rainbows});
        REQUIRE(run("release-worker", {"run", "-q", "--source", "file:" + folder.file("dated")})
                    .status == 0);
    }
};

}  // namespace

TEST_CASE("What is dated behind a day is ahead of it, the nearest first") {
    CHECK(dates({"--today", "2007-12-30", "--artist", "radiohead", "--title", "in rainbows"}) ==
          "2007-12-31 2008-01-01");
    CHECK(dates({"--today", "2007-12-31", "--artist", "radiohead", "--title", "in rainbows"}) ==
          "2008-01-01");
    CHECK(dates({"--today", "2008-01-01", "--artist", "radiohead", "--title", "in rainbows"})
              .empty());
    CHECK(dates({}).empty());  // all of it is out
    const Json first =
        upcoming({"--today", "2007-12-21", "--artist", "radiohead", "--json"}).documents().at(0);
    CHECK(first["days"] == 10);
    CHECK(first["release"]["mbid"] == k_of_december);
}

TEST_CASE("A year or a month is ahead if all of it is, and may be where it has begun") {
    const DatedBench bench{{"2030", "2030-05", "2030-05-20"}};
    CHECK(dates({"--today", "2029-12-31"}, bench) == "2030 2030-05 2030-05-20");
    CHECK(dates({"--today", "2030-03-01"}, bench) == "2030-05 2030-05-20 2030?");
    CHECK(dates({"--today", "2030-05-20"}, bench) == "2030? 2030-05?");
    CHECK(dates({"--today", "2030-06-01"}, bench) == "2030?");
    CHECK(dates({"--today", "2030-12-31"}, bench).empty());
    CHECK(dates({"--today", "2030-03-01", "--within", "30d"}, bench) == "2030?");
    CHECK(dates({"--today", "2030-05-01", "--within", "2w"}, bench) == "2030? 2030-05?");
    CHECK(dates({"--today", "2030-03-01", "--limit", "1"}, bench) == "2030-05");
    const auto table = upcoming({"--today", "2030-03-01"}, bench);
    check_quiet(table);
    CHECK(table.out.find("2030-05-20  Radiohead  In Rainbows") <
          table.out.find("\nout already, or still to come\n2030  "));
}

TEST_CASE("A calendar has an event for each day that is known, and says how many have none") {
    const DatedBench bench{{"2030", "2030-05", "2030-05-20"}};
    const auto run = upcoming({"--today", "2030-03-01", "--ical"}, bench);
    CHECK(run.status == 0);
    CHECK(run.err ==
          "release-catalog: 2 releases without an exact day left out: a calendar has "
          "no place for them\n");
    CHECK(run.out.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    CHECK(has(run.out, "\r\nDTSTART;VALUE=DATE:20300520\r\n"));
    CHECK(has(run.out, "\r\nSUMMARY:Radiohead - In Rainbows (discbox)\r\n"));
    CHECK(run.out.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    CHECK(upcoming({"--today", "2030-03-01", "--ical", "-q"}, bench).err == "");
}

TEST_CASE("A feed is XML with an entry a release, updated when MusicBrainz changed it") {
    const auto run = upcoming({"--today", "2007-12-30", "--artist", "radiohead", "--atom"});
    check_quiet(run);
    CHECK(has(run.out, std::string{"<id>urn:uuid:"} + k_of_january + "</id>"));
    static const std::regex updated{"<updated>(20[^<]*Z)</updated>"};
    const std::set<std::string> before{
        std::sregex_token_iterator{run.out.begin(), run.out.end(), updated, 1}, {}};
    CHECK(before.size() == 1);  // when the album was put in

    MusicBrainzServer server;
    server.add_folder(std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/releases");
    const ToolBench bench;
    const Words work{"run", "-q", "--source", server.root(), "--rate", "1000"};
    bench.run("album-import", {k_in_rainbows});
    REQUIRE(bench.run("release-worker", work).status == 0);
    server.change([](ServedReleases& releases) {
        Json changed = Json::parse(releases.release(k_of_january));
        changed["date"] = "2008-01-02";
        changed["release-events"][0]["date"] = "2008-01-02";
        releases.add_release(changed.dump());
    });
    bench.run("album-import", {"--refresh", k_in_rainbows});
    REQUIRE(bench.run("release-worker", work).status == 0);
    const auto after = upcoming({"--today", "2007-12-30", "--atom"}, bench);
    const std::set<std::string> times{
        std::sregex_token_iterator{after.out.begin(), after.out.end(), updated, 1}, {}};
    CHECK(times.size() == 2);  // that of the changed one is also the feed's
}

TEST_CASE("What cannot be meant is refused") {
    const std::pair<Words, const char*> wrong[] = {
        {{"--ical", "--atom"}, "--ical"},
        {{"--ical", "--json"}, "--json goes with neither --ical nor --atom"},
        {{"--today", "2030-05"}, "--today \"2030-05\": not a day"},
        {{"--within", "soon"}, "--within"}};
    for (const auto& [arguments, part] : wrong) {
        CAPTURE(part);
        check_refused(upcoming(arguments), 2, part);
    }
}

// Albums by name, by release and by artist, as a user meets them.
#include "cli/naming_service.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_weezer_green = "923d5ba6";  // the beginning of its MBID

std::string candidate_of(const Json& job, const std::string& date) {
    for (const Json& candidate : job["candidates"]) {
        if (candidate["first_release_date"] == date) return candidate["mbid"];
    }
    return "none";
}

}  // namespace

TEST_CASE("An album whose name is several albums' fails with them, and is settled by one of them") {
    const NamingService service;
    const Json added = service.put_in({"--artist", "Weezer", "--title", "Weezer"});
    const Json attempt = service.work();
    CHECK(attempt["state"] == "failed");
    const Json failed = service.job(added["job_id"]);
    CHECK(failed["error"]["code"] == "ambiguous");
    REQUIRE(failed["candidates"].size() == 6);
    const std::string blue = candidate_of(failed, "1994-05-10");
    const auto settle = "album-import --db " + service.bench.database() + " --album 1 --mbid ";
    for (const Json& candidate : failed["candidates"]) {
        const bool names_db = has(candidate["settle"], "--db");
        const std::string command = names_db ? settle : "album-import --album 1 --mbid ";
        CHECK(candidate["settle"] == command + candidate["mbid"].get<std::string>());
    }
    const Json settled = service.put_in({"--album", "1", "--mbid", blue});
    CHECK(settled["status"] == "refreshed");
    CHECK(settled["job_id"] == added["job_id"]);
    CHECK(service.job(added["job_id"])["candidates"].empty());
    CHECK(service.work()["state"] == "done");
    REQUIRE(service.albums().size() == 1);
    CHECK(service.albums()[0]["mbid"] == blue);
    CHECK(service.albums()[0]["disambiguation"] == "Blue Album");
}

TEST_CASE("People are shown the candidates as a table, and what to type") {
    const NamingService service;
    service.put_in({"--artist", "Weezer", "--title", "Weezer"});
    const auto run =
        service.bench.run("release-worker", {"run", "--source", service.server.root()});
    CHECK(run.status == 1);
    CHECK(has(run.err, "6 candidates are in `release-worker show 1`"));
    CHECK(has(run.err, "album-import --album 1 --mbid MBID"));
    const auto shown = service.bench.run("release-worker", {"show", "1"});
    check_quiet(shown);
    CHECK(has(shown.out, "MBID  "));
    CHECK(has(shown.out, k_weezer_green));
    CHECK(has(shown.out, "Green Album"));
    CHECK(has(shown.out, "2001-05-07"));
    CHECK(has(shown.out, "--album 1 --mbid MBID\n"));
}

TEST_CASE("An album is settled by a URL, and goes to the queue that is told") {
    const NamingService service;
    const Json added = service.put_in({"--artist", "Weezer", "--title", "Weezer"});
    service.work();
    const Json settled =
        service.put_in({"--album", "1", "--mbid",
                        std::string{"https://musicbrainz.org/release-group/"} + k_rumours,
                        "--queue", "urgent", "--priority", "7"});
    CHECK(settled["mbid"] == k_rumours);
    const Json job = service.job(added["job_id"]);
    CHECK(job["queue"] == "urgent");
    CHECK(job["priority"] == 7);
    check_refused(service.bench.run("album-import",
                                    {"--album", "1", "--mbid",
                                     "https://musicbrainz.org/artist/" + std::string{k_rumours}}),
                  2, "--mbid: it is a URL of a MusicBrainz \"artist\"");
}

TEST_CASE("A release's MBID is as good as its group's, bare or in a URL, and is never doubled") {
    const NamingService service;
    const std::string release = recorded_answer(k_rumours)["releases"][0]["id"];
    const Json bare = service.put_in({release});
    CHECK(service.work()["state"] == "done");
    const Json by_url = service.put_in({"https://musicbrainz.org/release/" + release});
    if (by_url["status"] == "created") CHECK(service.work()["state"] == "done");
    REQUIRE(service.albums().size() == 1);
    CHECK(service.albums()[0]["mbid"] == k_rumours);
    CHECK(service.albums()[0]["release_count"] == 3);
    CHECK(service.put_in({release})["album_id"] == bare["album_id"]);
    CHECK(service.put_in({k_rumours})["album_id"] == bare["album_id"]);
}

TEST_CASE("An MBID that is neither a group nor a release is not found") {
    const NamingService service;
    const Json added = service.put_in({k_not_recorded});
    CHECK(service.work()["state"] == "failed");
    const Json job = service.job(added["job_id"]);
    CHECK(job["error"]["code"] == "not_found");
    CHECK(job["candidates"].empty());
}

TEST_CASE("A spreadsheet of names becomes albums, each once, however it is spelled there") {
    const NamingService service;
    const std::string csv =
        "artist,title,year\n"
        "Fleetwood Mac,Rumours,1977\n"
        "fleetwood mac,RUMOURS (Deluxe Edition),\n"
        "Radiohead,In Rainbows,\n"
        "\"Beatles, The\",Help,\n"
        "Nobody,Nothing,\n";
    REQUIRE(service.bench.run("album-import", {"--from", "-", "--format", "csv"}, csv).status == 0);
    service.bench.run("release-worker", {"run", "--source", service.server.root(), "-q"});
    const Json albums = service.albums();
    CHECK(albums.size() == 4);
    const auto failed =
        service.bench.run("release-worker", {"jobs", "--state", "failed", "--json"}).documents();
    REQUIRE(failed.size() == 1);
    CHECK(failed[0]["artist"] == "Nobody");
    CHECK(service.bench.run("release-worker", {"check"}).status == 0);
    // The same again is known by what it was told as.
    const auto again =
        service.bench.run("album-import", {"--from", "-", "--format", "csv", "--json"}, csv);
    for (const Json& line : again.documents())
        CHECK(line["status"] == "exists");
}

TEST_CASE("A discography takes the types that are told, and a type that is none is refused") {
    const NamingService service;
    const std::string weezer = "6fe07aa5-fec0-4eca-a456-f29bff451b04";
    const Json added = service.put_in({"--discography", "--type", "Album", weezer});
    CHECK(added["status"] == "created");
    CHECK(service.work()["state"] == "done");
    CHECK(service.albums().size() == 7);
    CHECK(service.put_in({"--discography", weezer})["status"] == "created");
    service.work();
    CHECK(service.albums().size() == 7);
    check_refused(service.bench.run("album-import", {"--discography", "--type", "albun", weezer}),
                  2, "did you mean album?");
}

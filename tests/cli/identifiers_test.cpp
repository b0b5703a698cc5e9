// Albums by what stands on them, from any list, as a user meets them.
#include <fstream>

#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_plus = "05ce100c-eddf-4967-8d7e-33fc0883fe39";
const std::string k_collection = "85da782d-2ec0-41ec-a97f-9be464bba309";
const std::string k_disc = "XzPS7vW.HPHsYemQh0HBUGr8vuU-";

/// A MusicBrainz with the recorded albums, and a catalogue.
struct Service {
    Service() { server.add_folder(k_recorded); }

    ToolRun put_in(std::vector<std::string> arguments, const std::string& input = "") const {
        arguments.push_back("--json");
        return bench.run("album-import", arguments, input);
    }
    std::vector<Json> work(const std::string& source = "") const {
        const auto run =
            bench.run("release-worker",
                      {"run", "--source", source.empty() ? server.root() : source, "-q", "--json"});
        auto documents = run.documents();
        if (!documents.empty()) documents.erase(documents.end() - 1);  // the summary
        return documents;
    }
    std::set<std::string> titles() const {
        std::set<std::string> titles;
        for (const Json& album : bench.run("release-catalog", {"albums", "--json"}).documents())
            titles.insert(album["title"].is_null() ? "?" : album["title"].get<std::string>());
        return titles;
    }

    MusicBrainzServer server;
    ToolBench bench;
};

/// Puts one album in and works; the title that it turns out to have.
std::string found_by(const std::vector<std::string>& arguments) {
    const Service service;
    CHECK(service.put_in(arguments).documents().at(0)["status"] == "created");
    const auto attempts = service.work();
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0]["state"] == "done");
    return *service.titles().begin();
}

}  // namespace

TEST_CASE("An album is put in by a barcode, a catalogue number or a page of Discogs'") {
    CHECK(found_by({"--barcode", "075990301024"}) == "Rumours");
    CHECK(found_by({"--barcode", "0 0759903 01024"}) == "Rumours");
    CHECK(found_by({"--catno", "xlcd 324", "--label", "XL Recordings"}) == "In Rainbows");
    CHECK(found_by({"https://www.discogs.com/release/3191626-Ed-Sheeran"}) == "+");
    CHECK(found_by({"--artist", "Weezer", "--title", "Weezer", "--barcode", "606949304522"}) ==
          "Weezer");
}

TEST_CASE("An album is put in by the disc id of a copy") {
    Service service;
    service.server.change([](ServedReleases& releases) {
        Json release = recorded_answer(k_rumours)["releases"][0];
        release["media"][0]["discs"] = {
            {{"id", k_disc}, {"sectors", 1}, {"offset-count", 1}, {"offsets", {150}}}};
        releases.add_release(release.dump());
    });
    service.put_in({"--disc-id", k_disc});
    CHECK(service.work().at(0)["state"] == "done");
    CHECK(service.titles() == std::set<std::string>{"Rumours"});
}

TEST_CASE("What is wrong with a code is said when it is put in, and nothing is written") {
    const Service service;
    const auto wrong = service.put_in({"--barcode", "075990301025"});
    CHECK(wrong.status == 1);
    const Json record = wrong.documents().at(0);
    CHECK(record["error"]["code"] == "bad_barcode");
    check_schema("import-result", record);
    CHECK(has(record["error"]["message"], "check digit, would be 4"));
    CHECK(service.put_in({"--disc-id", "7e0b280c"}).documents().at(0)["error"]["code"] ==
          "bad_disc_id");
    check_refused(service.bench.run("album-import", {"--label", "Harvest"}), 2, "--label");
    CHECK(service.titles().empty());
}

TEST_CASE("The same barcode twice is one album and one job") {
    const Service service;
    const auto run = service.put_in({"--from", "-", "--format", "csv"},
                                    "barcode\n075990301024\n0075990301024\n");
    CHECK(run.documents().at(0)["status"] == "created");
    CHECK(run.documents().at(1)["status"] == "exists");
    CHECK(run.documents().at(1)["job_id"] == run.documents().at(0)["job_id"]);
}

TEST_CASE("A code is shown as it was read, however it was typed") {
    const Service service;
    const auto shown = [&](const std::vector<std::string>& arguments) {
        return service.bench.run("album-import", arguments).out;
    };
    CHECK(has(shown({"--barcode", "0\u00A00759903 01024"}), " barcode 0075990301024\n"));
    CHECK(has(shown({"--catno", " shvl 804", "--label", "Harvest"}),
              " catalogue number \"shvl 804\" (\"Harvest\")\n"));
    CHECK(has(shown({"[r249504]"}), " Discogs release 249504\n"));
}

TEST_CASE("A barcode of several albums is settled by hand") {
    Service service;
    service.server.change([](ServedReleases& releases) {
        Json copy = recorded_answer(k_rumours)["releases"][0];
        copy["id"] = "00000000-0000-4000-8000-000000000001";
        copy["release-group"] = recorded_answer(k_in_rainbows)["releases"][0]["release-group"];
        releases.add_release(copy.dump());
    });
    const std::string barcode = recorded_answer(k_rumours)["releases"][0]["barcode"];
    service.put_in({"--barcode", barcode});
    const Json attempt = service.work().at(0);
    CHECK(attempt["state"] == "failed");
    CHECK(attempt["error"]["code"] == "ambiguous");
    const Json job = service.bench.run("release-worker", {"show", "1", "--json"}).documents()[0];
    check_schema("job", job);
    CHECK(job["candidates"].size() == 2);
    const auto text = service.bench.run("release-worker", {"show", "1"}).out;
    CHECK(has(text, "barcode " + barcode));
    CHECK(has(text, "In Rainbows"));
    service.put_in({"--album", "1", "--mbid", k_rumours});
    CHECK(service.work().at(0)["state"] == "done");
    CHECK(service.put_in({"--barcode", barcode}).documents().at(0)["status"] == "exists");
}

TEST_CASE("Discogs' export of a collection is put in as it comes") {
    const Service service;
    const std::string file = PRESSINGS_TEST_DATA "/batches/discogs_collection.csv";
    const auto put = service.put_in({file});
    CHECK(put.status == 0);
    CHECK(put.documents().size() == 6);
    CHECK(has(put.err,
              "discogs_collection.csv: not used of its columns: Format, Rating, Released, "
              "CollectionFolder, Date Added, Collection Media Condition, Collection "
              "Sleeve Condition, Collection Notes\n"));
    std::size_t done = 0;
    for (const Json& attempt : service.work())
        done += attempt["state"] == "done" ? 1 : 0;
    CHECK(done == 1);
    CHECK(service.titles().count("+") == 1);
    std::size_t lookups = 0;
    for (const LoggedRequest& request : service.server.requests())
        lookups += has(request.target, "/url?") ? 1 : 0;
    CHECK(lookups == 1);  // for all six
}

TEST_CASE("A record whose name is one album's and whose barcode is another's decides nothing") {
    const Service service;
    service.put_in(
        {"--artist", "Radiohead", "--title", "In Rainbows", "--barcode", "075990301024"});
    const Json attempt = service.work().at(0);
    CHECK(attempt["error"]["code"] == "ambiguous");
    CHECK(has(attempt["error"]["message"], "barcode 075990301024 is of \"Rumours\""));
}

TEST_CASE("A collection and a series are put in whole") {
    Service service;
    service.server.add_collection(k_collection, {"release-group", {k_rumours, k_in_rainbows}});
    const std::string url = "https://musicbrainz.org/collection/" + k_collection;
    const auto put = service.put_in({url, k_rumours, "--queue", "shelf"});
    CHECK(put.status == 0);
    REQUIRE(put.documents().size() == 2);
    CHECK(put.documents()[0]["line"] == 1);
    CHECK(put.documents()[0]["album_id"].is_null());
    CHECK(put.documents()[1]["line"] == 2);
    CHECK(service.put_in({url}).documents().at(0)["status"] == "exists");
    for (const Json& attempt : service.work()) {
        check_schema("attempt-result", attempt);
        CHECK(attempt["state"] == "done");
    }
    CHECK(service.titles() == std::set<std::string>{"Rumours", "In Rainbows"});
    const Json job = service.bench.run("release-worker", {"show", "1", "--json"}).documents()[0];
    check_schema("job", job);
    CHECK(job["kind"] == "collection");
    CHECK(service.put_in({url, "--no-releases"}).status == 2);
}

TEST_CASE("Recorded answers cannot tell what stands on a record, and say what can") {
    const Service service;
    service.put_in({"--barcode", "075990301024"});
    const Json attempt = service.work(k_source).at(0);
    CHECK(attempt["state"] == "failed");
    CHECK(attempt["error"]["code"] == "unsupported");
    CHECK(has(attempt["error"]["message"], "--source https://musicbrainz.org/ws/2"));
}

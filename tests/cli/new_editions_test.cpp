// New editions are looked for by the hundred: what a run asks, what it queues, and that the
// editions are then imported.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cli/recorded_albums.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_edition = "00000000-0000-4000-8000-00000000abcd";

std::string nth_group(int n) {
    return fmt::format("00000000-0000-4000-9000-{:012}", n);
}

/// A MusicBrainz with as many albums as a test wants, each a copy of Rumours with one release, and
/// a catalogue that has imported them all.
struct Watching {
    ToolBench bench;
    MusicBrainzServer musicbrainz{MusicBrainzServer::KeepAlive::yes};

    explicit Watching(int albums) {
        const Json original = recorded_answer(k_rumours)["releases"][0];
        std::string batch;
        musicbrainz.change([&](ServedReleases& releases) {
            for (int n = 0; n < albums; ++n) {
                Json release = original;
                release["id"] = fmt::format("00000000-0000-4000-8000-{:012}", n);
                release["release-group"]["id"] = nth_group(n);
                releases.add_release(release.dump());
                batch += nth_group(n) + "\n";
            }
        });
        REQUIRE(bench.run("album-import", {"--from", "-"}, batch).status == 0);
        work();
        m_asked = musicbrainz.requests().size();
    }

    /// One more release of album n.
    void publish(int n) {
        musicbrainz.change([&](ServedReleases& releases) {
            Json release =
                Json::parse(releases.release(fmt::format("00000000-0000-4000-8000-{:012}", n)));
            release["id"] = k_edition;
            releases.add_release(release.dump());
        });
    }

    Json watch() {
        const auto run =
            bench.run("release-worker", {"refresh", "--all", "--new-editions", "--json"});
        check_quiet(run);
        check_schema("upkeep", run.documents().at(0));
        return run.documents().at(0);
    }

    /// The attempts of a run.
    std::vector<Json> work() {
        const auto run = bench.run("release-worker", {"run", "--json", "--rate", "100000",
                                                      "--source", musicbrainz.root()});
        CHECK_MESSAGE(run.status == 0, run.err);
        auto attempts = run.documents();
        attempts.pop_back();
        for (const Json& attempt : attempts)
            check_schema("attempt-result", attempt);
        return attempts;
    }

    /// Requests since it was last asked.
    std::size_t asked() {
        return musicbrainz.requests().size() -
               std::exchange(m_asked, musicbrainz.requests().size());
    }

  private:
    std::size_t m_asked = 0;
};

Json counts(int albums, int differ, int unsure, int queued) {
    return {{"albums", albums}, {"differ", differ}, {"unsure", unsure}, {"queued", queued}};
}

Json releases_of(const ToolBench& bench, const std::string& mbid) {
    return bench.run("release-catalog", {"album", mbid, "--json"}).documents().at(0)["releases"];
}

/// Takes one release out of a file of recorded answers.
void without_one(const ToolBench& bench, const std::string& mbid) {
    Json answer = recorded_answer(mbid);
    answer["releases"].erase(0);
    answer["release-count"] = answer["releases"].size();
    bench.folder.write("recorded/" + mbid + ".json", answer.dump());
}

}  // namespace

TEST_CASE(
    "250 albums are watched with three requests, and where nothing is new nothing is queued") {
    Watching watching{250};
    CHECK(watching.watch() == Json{{"watched", 250}, {"jobs", 3}, {"dry_run", false}});
    CHECK(watching.watch() == Json{{"watched", 0}, {"jobs", 0}, {"dry_run", false}});
    const auto attempts = watching.work();
    REQUIRE(attempts.size() == 3);
    CHECK(attempts[0]["kind"] == "new_editions");
    CHECK(attempts[0]["album_id"].is_null());
    CHECK(attempts[0]["requests"] == 1);
    CHECK(attempts[0]["counts"] == counts(100, 0, 0, 0));
    CHECK(attempts[2]["counts"] == counts(50, 0, 0, 0));
    CHECK(watching.asked() == 3);
    CHECK(watching.bench.run("release-worker", {"check"}).status == 0);
}

TEST_CASE("A new edition queues its album, and is imported in the same run") {
    Watching watching{120};
    watching.publish(7);
    watching.watch();
    const auto attempts = watching.work();
    REQUIRE(attempts.size() == 3);
    CHECK(attempts[0]["counts"] == counts(100, 1, 0, 1));
    CHECK(attempts[2]["kind"] == "releases");
    CHECK(attempts[2]["mbid"] == nth_group(7));
    CHECK(attempts[2]["releases"]["created"] == 1);
    CHECK(watching.asked() == 3);
    CHECK(releases_of(watching.bench, nth_group(7)).size() == 2);
    watching.watch();
    for (const Json& attempt : watching.work())
        CHECK(attempt["counts"]["queued"] == 0);
}

TEST_CASE("An index that lags, or lacks an album, leads to one import and not to one a run") {
    Watching watching{20};
    watching.musicbrainz.change([](ServedReleases& releases) {
        releases.index_says(nth_group(1), "");
        releases.index_says(nth_group(2), R"({"id":")" + nth_group(2) + R"(","count":0})");
        releases.index_says(nth_group(3), R"({"id":")" + nth_group(3) + R"(","count":9})");
    });
    watching.watch();
    CHECK(watching.work().at(0)["counts"] == counts(20, 1, 2, 3));
    watching.watch();
    const auto again = watching.work();
    REQUIRE(again.size() == 1);
    CHECK(again[0]["counts"] == counts(20, 1, 2, 0));
    CHECK(releases_of(watching.bench, nth_group(2)).size() == 1);  // the index takes nothing away
}

TEST_CASE("A batch watches the albums that are there, and imports the others") {
    Watching watching{3};
    std::string batch;
    for (int n = 0; n < 3; ++n)
        batch += nth_group(n) + "\n";
    watching.musicbrainz.add_folder(std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/releases");
    const auto run = watching.bench.run("album-import", {"--new-editions", "--from", "-", "--json"},
                                        batch + k_rumours + "\n");
    check_schema("import-result", run.documents().at(0));
    const auto results = run.documents();
    CHECK(results[0]["status"] == "refreshed");
    CHECK(results[0]["job_id"] == results[2]["job_id"]);
    CHECK(results[3]["status"] == "created");
    const auto attempts = watching.work();
    CHECK(attempts.size() == 2);
    const auto whole = watching.bench.run("album-import", {"--new-editions", "--all", "--json"});
    CHECK(whole.documents().size() == 4);
}

TEST_CASE("A job that looks for new editions is shown, waits with its queue and is tried again") {
    Watching watching{2};
    watching.watch();
    CHECK(watching.bench.run("release-worker", {"pause"}).status == 0);
    CHECK(watching.work().empty());
    CHECK(watching.bench.run("release-worker", {"resume"}).status == 0);
    const auto jobs =
        watching.bench.run("release-worker", {"jobs", "--state", "pending", "--json"});
    REQUIRE(jobs.documents().size() == 1);
    const Json job = jobs.documents()[0];
    check_schema("job", job);
    CHECK(job["kind"] == "new_editions");
    const std::string id = job["job_id"].dump();
    CHECK(has(watching.bench.run("release-worker", {"show", id}).out, "new_editions, pending"));
    watching.musicbrainz.set_script([](const auto&) { return own_error(400, "no such search"); });
    watching.bench.run("release-worker",
                       {"run", "--rate", "100000", "--source", watching.musicbrainz.root()});
    watching.musicbrainz.set_script({});
    const auto failed =
        watching.bench.run("release-worker", {"jobs", "--state", "failed", "--json"});
    CHECK(failed.documents().size() == 1);
    CHECK(watching.bench.run("release-worker", {"retry", id}).status == 0);
    CHECK(watching.work().at(0)["counts"] == counts(2, 0, 0, 0));
}

TEST_CASE("New editions are found in recorded answers and in a mirror") {
    const ToolBench bench;
    std::filesystem::create_directory(bench.folder.file("recorded"));
    without_one(bench, k_rumours);
    without_one(bench, k_in_rainbows);
    bench.run("album-import", {k_rumours, k_in_rainbows});
    bench.run("release-worker", {"run", "--source", "file:" + bench.folder.file("recorded")});
    CHECK(releases_of(bench, k_rumours).size() == 2);
    const auto look = [&](const std::string& source) {
        bench.run("release-worker", {"refresh", "--all", "--new-editions"});
        return bench.run("release-worker", {"run", "--json", "--source", source})
            .documents()
            .at(0)["counts"];
    };
    CHECK(look("file:" + bench.folder.file("recorded")) == counts(2, 0, 0, 0));
    write_dump(bench.folder.file("release.tar.xz"), genuine_releases());
    bench.run("musicbrainz-mirror", {"load", "--mirror", bench.folder.file("mb.mirror"),
                                     bench.folder.file("release.tar.xz")});
    CHECK(look("mirror:" + bench.folder.file("mb.mirror")) == counts(2, 2, 0, 2));
    CHECK(releases_of(bench, k_rumours).size() == 3);
    CHECK(look("mirror:" + bench.folder.file("mb.mirror")) == counts(2, 0, 0, 0));
    CHECK(look(k_source) == counts(2, 0, 0, 0));
}

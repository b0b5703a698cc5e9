#include <set>

#include "cli/option_row.hpp"
#include "support/musicbrainz_server.hpp"

namespace pressings::test {

namespace {

using Json = nlohmann::json;

ToolRun import(const ToolBench& bench, const Words& arguments, const std::string& input = "") {
    return bench.run("album-import", arguments + Words{"--json"}, input);
}

Json album(const ToolBench& bench) {
    return bench.run("release-catalog", {"albums", "--json"}).documents().at(0);
}

void named_album(const Words& more, const Json& date) {
    const ToolBench bench;
    const auto run = import(bench, Words{"--artist", "Can", "--title", "Tago Mago"} + more);
    CHECK(statuses(run) == "created");
    CHECK(album(bench)["title"] == "Tago Mago");
    CHECK(album(bench)["artist_credit"][0]["name"] == "Can");
    CHECK(album(bench)["first_release_date"] == date);
}

/// What an album is known by, as its job has it.
void identifier_is_kept(const Words& told, const std::string& kind) {
    const ToolBench bench;
    CHECK(statuses(import(bench, told)) == "created");
    const Json kept = job(bench)["identifiers"].at(0);
    CHECK(kept["kind"] == kind);
    CHECK(kept["labels"].size() == (told.size() == 4 ? 1U : 0U));
}

void takes_batches() {
    const ToolBench bench;
    const std::string file = bench.folder.write("one.txt", std::string{k_rumours} + "\n");
    const auto run = import(bench, {"--from", file, "--from", "-"}, k_in_rainbows);
    CHECK(statuses(run) == "created created");
    CHECK(run.documents()[0]["file"] == file);
    CHECK(run.documents()[1]["file"] == "-");
}

void format_is_told() {
    const ToolBench bench;
    const std::string file = bench.folder.write("x.csv", "mbid\n" + std::string{k_rumours} + "\n");
    CHECK(statuses(import(bench, {"--from", file, "--format", "mbid"})) == "rejected created");
    CHECK(statuses(import(bench, {"--from", file, "--format", "auto"})) == "exists");
    CHECK(statuses(import(bench, {"--from", file})) == "exists");
    CHECK(statuses(import(bench, {"--from", file, "--format", "ndjson"})) == "rejected rejected");
}

/// Where the job of an album goes: told for all, for one record, or later, while it waits.
void job_goes_to_its_queue() {
    const ToolBench bench;
    import(bench, {"--from", "-", "--format", "ndjson", "--queue", "slow"},
           R"({"mbid":"416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6"}
{"mbid":"6e335887-60ba-38f0-95af-fae7774336bf","queue":"own"})");
    CHECK(job(bench, 1)["queue"] == "slow");
    CHECK(job(bench, 2)["queue"] == "own");
    import(bench, {k_rumours});
    CHECK(job(bench, 1)["queue"] == "slow");
    import(bench, {k_rumours, "--queue", "fast"});
    CHECK(job(bench, 1)["queue"] == "fast");
    CHECK(job(bench, 1)["priority"] == 0);
    import(bench, {"--from", "-", "--format", "ndjson", "--queue", "third"},
           R"({"mbid":"416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6"})");
    CHECK(job(bench, 1)["queue"] == "third");
    CHECK(jobs(bench).size() == 2);
}

void job_gets_its_priority() {
    const ToolBench bench;
    import(bench, {k_rumours, "--priority", "-5"});
    import(bench, {k_in_rainbows, "--priority", "5"});
    CHECK(job(bench, 1)["priority"] == -5);
    const auto run = bench.run("release-worker", {"run", "--source", k_source, "--json"});
    CHECK(run.documents().at(0)["job_id"] == 2);  // the higher one first
    CHECK(run.documents().at(1)["job_id"] == 1);
    import(bench, {k_not_recorded});
    import(bench, {k_not_recorded, "--priority", "9"});
    CHECK(job(bench, 3)["priority"] == 9);
    CHECK(job(bench, 3)["queue"] == "default");
}

/// The job of a settled album stays where it is but for what was told anew.
void settled_job_is_placed(const Words& told, const Json& queue, const Json& priority) {
    const ToolBench bench;
    import(bench, {"--artist", "Radiohead", "--title", "In Rainbows", "--queue", "slow",
                   "--priority", "5"});
    import(bench, Words{"--album", "1", "--mbid", k_in_rainbows} + told);
    CHECK(job(bench)["queue"] == queue);
    CHECK(job(bench)["priority"] == priority);
}

/// A catalogue of two albums, imported now.
struct Imported : ToolBench {
    Imported() {
        run("album-import", {k_rumours, k_in_rainbows});
        run("release-worker", {"run", "--source", k_source});
    }
};

void refreshes_of_old(const Imported& bench) {
    CHECK(statuses(import(bench, {"--refresh", "--older-than", "30d"})) == "");
    CHECK(jobs(bench).size() == 2);
    CHECK(statuses(import(bench, {"--older-than", "0"})) == "refreshed refreshed");
    CHECK(jobs(bench, {"--state", "pending"}).size() == 2);
}

void settles_which_album() {
    const ToolBench bench;
    import(bench, {"--artist", "Radiohead", "--title", "In Rainbows"});
    const auto settled = import(bench, {"--album", "1", "--mbid", k_in_rainbows});
    CHECK(settled.documents().at(0)["album_id"] == 1);
    CHECK(album(bench)["mbid"] == k_in_rainbows);
    CHECK(import(bench, {"--album", "2", "--mbid", k_in_rainbows}).status == 1);
    CHECK(import(bench, {"--album", "1"}).status == 2);
    CHECK(import(bench, {"--mbid", k_in_rainbows}).status == 2);
}

constexpr const char* k_radiohead = "a74b1b7f-71a5-4011-9441-d0b5e4122711";

/// The watch that is ordered with these words.
Json watch_of(const Words& more) {
    const ToolBench bench;
    import(bench, Words{"--watch", k_radiohead} + more);
    return import(bench, {"--watches"}).documents().at(0);
}

/// Radiohead has an album and an EP among what is recorded.
void discography_is_imported(const Words& more, const std::set<std::string>& titles) {
    MusicBrainzServer server;
    server.add_folder(k_recorded);
    const ToolBench bench;
    import(bench, Words{"--discography", "a74b1b7f-71a5-4011-9441-d0b5e4122711"} + more);
    CHECK(job(bench)["kind"] == "discography");
    CHECK(bench.run("release-worker", {"run", "-q", "--source", server.root()}).status == 0);
    std::set<std::string> found;
    for (const Json& album : bench.run("release-catalog", {"albums", "--json"}).documents())
        found.insert(album["title"].get<std::string>());
    CHECK(found == titles);
}

/// A reader that has gone is noticed when a batch is reported: that batch is saved, and no other.
void batches_are_so_long(int length) {
    const ToolBench bench;
    auto command =
        piped(bench, "album-import", {"--from", "-", "--json", "--batch", std::to_string(length)});
    command.input = recorded_batch();
    command.read_at_most = 0;
    CHECK(run_process(command).status == 1);
    CHECK(jobs(bench).size() == static_cast<std::size_t>(length));
}

void rejects_are_kept() {
    const ToolBench bench;
    const std::string file = bench.folder.file("rejects");
    CHECK(import(bench, {"--rejects", file, "--from", "-", "--format", "mbid"},
                 "nonsense\n" + std::string{k_rumours})
              .status == 1);
    const Json reject = Json::parse(bench.folder.read("rejects"));
    CHECK(reject["line"] == 1);
    CHECK(reject["record"] == "nonsense");
}

void open_albums_are_listed() {
    const ToolBench bench;
    import(bench, {k_rumours});
    const std::string file = bench.folder.file("open.csv");
    CHECK(bench.run("album-import", {"--candidates", file}).status == 0);
    CHECK(has(bench.folder.read("open.csv"), "decision,album,job,looked_for"));
}

void decisions_are_taken() {
    const ToolBench bench;
    import(bench, {"--artist", "Can", "--title", "Tago Mego"});
    const std::string file =
        bench.folder.write("open.csv", "decision,album,artist,title\nsearch,1,Can,Tago Mago\n");
    CHECK(statuses(import(bench, {"--decisions", file})) == "refreshed");
    CHECK(album(bench)["title"] == "Tago Mago");
    CHECK(statuses(import(bench, {"--decisions", file})) == "exists");
}

}  // namespace

OptionRows import_option_rows() {
    const std::string tool = "album-import";
    return {
        {tool, "--artist", [] { named_album({}, nullptr); }},
        {tool, "--title",
         [] {
             CHECK(import(ToolBench{}, {"--artist", "Can"}).status == 2);
         }},
        {tool, "--year",
         [] {
             named_album({"--year", "1971"}, "1971");
         }},
        {tool, "--barcode",
         [] {
             identifier_is_kept({"--barcode", "0 75990 30102 4"}, "barcode");
         }},
        {tool, "--catno",
         [] {
             identifier_is_kept({"--catno", "3010-2"}, "catno");
         }},
        {tool, "--label",
         [] {
             identifier_is_kept({"--catno", "3010-2", "--label", "Warner Bros."}, "catno");
             CHECK(import(ToolBench{}, {"--label", "Warner Bros."}).status == 2);
         }},
        {tool, "--disc-id",
         [] {
             identifier_is_kept({"--disc-id", "XzPS7vW.HPHsYemQh0HBUGr8vuU-"}, "disc_id");
         }},
        {tool, "--from", takes_batches},
        {tool, "--format", format_is_told},
        {tool, "--queue", job_goes_to_its_queue},
        {tool, "--priority", job_gets_its_priority},
        {tool, "--no-releases",
         [] {
             const ToolBench bench;
             const auto run = import(bench, {k_rumours, "--no-releases"});
             CHECK(run.documents().at(0)["job_id"].is_null());
             CHECK(jobs(bench).empty());
             CHECK(album(bench)["mbid"] == k_rumours);
         }},
        {tool, "--refresh",
         [] {
             const Imported bench;
             CHECK(statuses(import(bench, {k_rumours})) == "exists");
             CHECK(jobs(bench).size() == 2);
             CHECK(statuses(import(bench, {k_rumours, "--refresh"})) == "refreshed");
             CHECK(jobs(bench).size() == 3);
         }},
        {tool, "--new-editions",
         [] {
             const Imported bench;
             CHECK(statuses(import(bench, {k_rumours, "--new-editions"})) == "refreshed");
             CHECK(job(bench, 3)["kind"] == "new_editions");
             CHECK(statuses(import(bench, {"--new-editions", "--all"})) == "refreshed");
             CHECK(import(bench, {"--new-editions", "--refresh", k_rumours}).status == 2);
         }},
        {tool, "--all",
         [] {
             const Imported bench;
             const auto run = import(bench, {"--refresh", "--all", "--queue", "again"});
             CHECK(statuses(run) == "refreshed refreshed");
             CHECK(jobs(bench, {"--queue", "again"}).size() == 2);
         }},
        {tool, "--older-than", [] { refreshes_of_old(Imported{}); }},
        {tool, "--mbid",
         [] {
             settles_which_album();
             settled_job_is_placed({}, "slow", 5);
             settled_job_is_placed({"--queue", "fast"}, "fast", 5);
             settled_job_is_placed({"--priority", "9"}, "slow", 9);
         }},
        {tool, "--album", settles_which_album},
        {tool, "--discography",
         [] {
             discography_is_imported({}, {"In Rainbows", "My Iron Lung"});
         }},
        {tool, "--type",
         [] {
             discography_is_imported({"--type", "EP, live"}, {"My Iron Lung"});
         }},
        {tool, "--exclude-type",
         [] {
             discography_is_imported({"--exclude-type", "EP, live"}, {"In Rainbows"});
         }},
        {tool, "--watch", [] { CHECK(watch_of({}).at("mbid") == k_radiohead); }},
        {tool, "--every",
         [] {
             CHECK(watch_of({}).at("every_s") == 604'800);
             CHECK(watch_of({"--every", "36h"}).at("every_s") == 129'600);
         }},
        {tool, "--watches",
         [] {
             CHECK(has(import(ToolBench{}, {"--watches"}).err, "no"));
             CHECK(watch_of({}).at("state") == "looking");
         }},
        {tool, "--unwatch",
         [] {
             const ToolBench bench;
             import(bench, {"--watch", k_radiohead});
             CHECK(statuses(import(bench, {"--unwatch", k_radiohead})) == "ended");
             CHECK(import(bench, {"--watches"}).out.empty());
         }},
        {tool, "--dry-run",
         [] {
             const ToolBench bench;
             CHECK(statuses(import(bench, {k_rumours, "--dry-run"})) == "created");
             CHECK_FALSE(std::filesystem::exists(bench.folder.file("catalog.db")));
         }},
        {tool, "--batch",
         [] {
             batches_are_so_long(7);
             batches_are_so_long(10);
             CHECK(statuses(import(Imported{}, {"--refresh", "--all", "--batch", "1"})) ==
                   "refreshed refreshed");
         }},
        {tool, "--rejects", rejects_are_kept},
        {tool, "--candidates", open_albums_are_listed},
        {tool, "--decisions", decisions_are_taken},
        {tool, "--review",
         [] {
             check_refused(import(ToolBench{}, {"--review"}), 2, "goes with neither --json");
             check_refused(ToolBench{}.run("album-import", {"--review"}), 2, "needs a terminal");
         }},
    };
}

}  // namespace pressings::test

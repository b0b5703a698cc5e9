// Batches of every kind, as files and through pipes.
#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_batches = std::string{PRESSINGS_TEST_DATA} + "/batches/";

std::string packed(const std::string& text) {
    Command gzip;
    gzip.arguments = {"/bin/gzip", "-c"};
    gzip.input = text;
    const auto run = run_process(gzip);
    REQUIRE(run.status == 0);
    return run.out;
}

template <typename Run>
std::vector<Json> documents(const Run& run) {
    ToolRun lines;
    lines.out = run.out;
    return lines.documents();
}

std::vector<std::string> values(const std::vector<Json>& documents, const char* key) {
    std::vector<std::string> all;
    for (const Json& document : documents) {
        all.push_back(document[key].is_string() ? document[key].get<std::string>()
                                                : document[key].dump());
    }
    return all;
}

/// Many albums that no packing makes small.
std::string long_list(int albums) {
    std::string list;
    std::uint32_t random = 1;
    for (int i = 0; i < albums; ++i) {
        std::string mbid = "00000000-0000-4000-8000-000000000000";
        for (char& c : mbid) {
            random = random * 1664525U + 1013904223U;
            if (c == '0') c = "0123456789abcdef"[random >> 28U];
        }
        list += mbid + "\n";
    }
    return list;
}

}  // namespace

TEST_CASE("Results come in the order of the input, refused records between the others") {
    ToolBench bench;
    auto import = piped(bench, "album-import", {"--from", "-", "--json", "--batch", "2"});
    import.input =
        "{\"artist\":\"Can\",\"title\":\"Tago Mago\"}\n"
        "{\"mbid\":\"no\"}\n"
        "\n"
        "{\"mbid\":\"416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6\"}\n"
        "{\"artist\":\"Can\",\"title\":\"Tago Mago\"}\n"
        "[]\n"
        "{\"artist\":\"Can\",\"title\":\"Ege Bamyasi\"}";
    const auto run = run_process(import);
    CHECK(run.status == 1);
    const auto results = documents(run);
    CHECK(values(results, "line") == std::vector<std::string>{"1", "2", "4", "5", "6", "7"});
    CHECK(values(results, "status") == std::vector<std::string>{"created", "rejected", "created",
                                                                "exists", "rejected", "created"});
    CHECK(values(results, "album_id") ==
          std::vector<std::string>{"1", "null", "2", "1", "null", "3"});
    CHECK(values(results, "file") == std::vector<std::string>(6, "-"));
    for (const Json& result : results)
        check_schema("import-result", result);
    CHECK(has(run.err, ":2: rejected (bad_mbid): "));
    CHECK(has(run.err, ":6: rejected (bad_json): "));
    CHECK(has(run.err, "album-import: created 3, exists 1, rejected 2\n"));
}

TEST_CASE("Albums of the command line and of several batches come in the order they were named") {
    ToolBench bench;
    const std::string tsv = bench.folder.write("a.tsv", "title\tartist\nTago Mago\tCan\n");
    const std::string csv = bench.folder.write(
        "b.csv", "artist,title,year,queue\r\n\"Can\",\"Ege \"\"B\"\"amyasi\",1972,slow\r\n");
    const std::string json =
        bench.folder.write("c.json", "[{\"artist\":\"Can\",\"title\":\"Future Days\"}]");
    const std::string list = bench.folder.write(
        "d.mbid", "# mine\nhttps://musicbrainz.org/release-group/" + std::string{k_rumours} + "\n");
    const auto run = bench.run("album-import", {k_in_rainbows, "--from", tsv, "--from", csv,
                                                "--from", json, "--from", list, "--json"});
    CHECK(run.status == 0);
    CHECK(run.err == "album-import: created 5, exists 0, rejected 0\n");
    const auto results = run.documents();
    CHECK(values(results, "file") == std::vector<std::string>{"null", tsv, csv, json, list});
    CHECK(values(results, "title") ==
          std::vector<std::string>{"null", "Tago Mago", "Ege \"B\"amyasi", "Future Days", "null"});
    CHECK(values(results, "line") == std::vector<std::string>{"1", "2", "2", "1", "2"});
    const auto slow = bench.run("release-worker", {"jobs", "--queue", "slow", "--json"});
    CHECK(slow.documents().size() == 1);
}

TEST_CASE("A packed batch is unpacked on the way, whatever its name says") {
    ToolBench bench;
    const std::string csv = "mbid\n" + std::string{k_rumours} + "\n";
    const std::string file = bench.folder.write("albums.csv.gz", packed(csv));
    const auto named = bench.run("album-import", {"--from", file, "--json"});
    CHECK(named.status == 0);
    CHECK(named.documents().at(0)["mbid"] == k_rumours);
    CHECK(named.documents().at(0)["line"] == 2);
    auto through_pipe = piped(bench, "album-import", {"--from", "-", "--json"});
    through_pipe.input = packed(csv);
    const auto unnamed = run_process(through_pipe);
    CHECK(unnamed.status == 0);
    CHECK(documents(unnamed).at(0)["status"] == "exists");
    CHECK(unnamed.err == "album-import: created 0, exists 1, rejected 0\n");
}

TEST_CASE("Release groups are taken as MusicBrainz itself writes them") {
    struct Case {
        std::string file;
        std::vector<std::string> titles;
    };
    const Case cases[] = {
        {"dump.ndjson", {"Blue Hits"}},
        {"lookup.json", {"Repercussions"}},
        {"search.json",
         {"Paul Simon's Graceland: Solo Marimba", "Paul Simon", "Graceland: The Remixes"}},
        {"search_2014.json", {"Bleach"}},
        {"browse.json",
         {"Pack of 4", "Hormoaning", "The Ghost of Seattle: The TV EP, Volume 1",
          "The Triple Platinum EP", "Coming Down Heavy", "Beauty and Power EP", "Blew",
          "Acoustic EP"}}};
    ToolBench bench;
    for (const Case& one : cases) {
        CAPTURE(one.file);
        const auto run = bench.run("album-import", {"--from", k_batches + one.file, "--json"});
        CHECK(run.status == 0);
        CHECK(values(run.documents(), "title") == one.titles);
    }
    const auto albums = bench.run("release-catalog", {"albums", "--json"});
    check_quiet(albums);
    for (const Json& album : albums.documents())
        check_schema("album", album);
    const auto found =
        bench.run("release-catalog", {"albums", "--title", "Repercussions", "--json"});
    CHECK(found.documents().at(0)["first_release_date"] == "2008-11-17");
    CHECK(found.documents().at(0)["secondary_types"] == Json::array({"Remix"}));
    CHECK(found.documents().at(0)["artist"] == "Distance");
}

TEST_CASE("Refused records are kept as they stood, with file, line and reason") {
    ToolBench bench;
    const std::string batch = bench.folder.write(
        "batch.ndjson",
        "{\"artist\":\"Can\",\"title\":\"Tago Mago\"}\n{\"mbid\":\"no\"}\n{\"title\":\"alone\"}\n");
    const std::string rejects = bench.folder.file("rejects.ndjson");
    bench.run("album-import", {"an earlier run", "--rejects", rejects});
    CHECK(has(bench.folder.read("rejects.ndjson"), "an earlier run"));
    const auto run = bench.run("album-import", {"--from", batch, "nonsense", "--rejects", rejects});
    CHECK(run.status == 1);
    CHECK(has(run.out, "Tago Mago"));
    CHECK(has(run.err, "created 1, exists 0, rejected 3"));
    ToolRun kept;
    kept.out = bench.folder.read("rejects.ndjson");
    const auto lines = kept.documents();
    for (const Json& line : lines)
        check_schema("reject", line);
    CHECK(values(lines, "record") ==
          std::vector<std::string>{"nonsense", "{\"mbid\":\"no\"}", "{\"title\":\"alone\"}"});
    CHECK(values(lines, "file") == std::vector<std::string>{"null", batch, batch});
    CHECK(values(lines, "line") == std::vector<std::string>{"1", "2", "3"});
    CHECK(lines[1]["error"]["code"] == "bad_mbid");
    CHECK(lines[2]["error"]["code"] == "no_identity");
}

TEST_CASE("With nothing refused the list of rejects is there, and empty") {
    ToolBench bench;
    const std::string rejects = bench.folder.file("rejects.ndjson");
    CHECK(bench.run("album-import", {k_rumours, "--rejects", rejects}).status == 0);
    CHECK(std::filesystem::exists(rejects));
    CHECK(bench.folder.read("rejects.ndjson") == "");
}

TEST_CASE("The list of rejects never takes the place of the batch") {
    ToolBench bench;
    const std::string text = "{\"artist\":\"Can\",\"title\":\"Tago Mago\"}\n{\"mbid\":\"no\"}\n";
    const std::string batch = bench.folder.write("batch.ndjson", text);
    std::filesystem::create_symlink(batch, bench.folder.file("link"));
    for (const std::string rejects : {"batch.ndjson", "link"}) {
        CAPTURE(rejects);
        check_refused(
            bench.run("album-import", {"--from", batch, "--rejects", bench.folder.file(rejects)}),
            2, "--rejects");
        CHECK(bench.folder.read("batch.ndjson") == text);
    }
    CHECK_FALSE(std::filesystem::exists(bench.folder.file("catalog.db")));
}

TEST_CASE("A dry run leaves a catalogue that is there as it is, to the byte") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    const auto bytes = [&] {
        return bench.folder.read("catalog.db") + bench.folder.read("catalog.db-wal");
    };
    const std::string before = bytes();
    const auto dry = bench.run("album-import", {"--dry-run", "--json", "--from", "-"},
                               std::string{k_rumours} + "\n" + k_in_rainbows + "\nno\n");
    CHECK(dry.status == 1);
    CHECK(values(dry.documents(), "status") ==
          std::vector<std::string>{"exists", "created", "rejected"});
    CHECK(has(dry.err, "album-import: dry run: created 1, exists 1, rejected 1\n"));
    const auto refresh = bench.run("album-import", {"--dry-run", "--refresh", "--all"});
    CHECK(refresh.status == 0);
    const auto settle =
        bench.run("album-import", {"--dry-run", "--album", "1", "--mbid", k_in_rainbows});
    CHECK(settle.status == 0);
    CHECK(bytes() == before);
}

TEST_CASE("A dry run names no job that is not there") {
    ToolBench bench;
    bench.run("album-import", {"--no-releases", "--artist", "Radiohead", "--title", "In Rainbows"});
    const auto settle =
        bench.run("album-import", {"--dry-run", "--album", "1", "--mbid", k_in_rainbows, "--json"});
    CHECK(settle.documents().at(0)["job_id"].is_null());
}

TEST_CASE("A packed batch that is cut off is told of; the whole of it can simply be run again") {
    ToolBench bench;
    const std::string list = long_list(20'000);
    const std::string whole = packed(list);
    const std::string cut = bench.folder.write("cut.mbid.gz", whole.substr(0, whole.size() / 2));
    const auto first = bench.run("album-import", {"--from", cut, "--json"});
    CHECK(first.status == 3);
    CHECK(has(first.err, cut + ":"));
    CHECK(has(first.err, "is the file whole?"));
    const std::size_t saved = bench.run("release-catalog", {"albums", "--json"}).documents().size();
    CHECK(saved > 0);
    CHECK(first.documents().size() == saved);
    const std::string file = bench.folder.write("whole.mbid.gz", whole);
    const auto second = bench.run("album-import", {"--from", file, "--json"});
    CHECK(second.status == 0);
    CHECK(has(second.err, "created " + std::to_string(20'000 - saved) + ", exists " +
                              std::to_string(saved) + ", rejected 0"));
}

TEST_CASE("A line of 100 MB is refused without being held in memory") {
    ToolBench bench;
    const std::string file = bench.folder.file("long.ndjson");
    {
        std::ofstream line{file};
        const std::string block(1'000'000, 'x');
        for (int i = 0; i < 100; ++i)
            line << block;
        line << "\n{\"artist\":\"Can\",\"title\":\"Tago Mago\"}\n";
    }
    const auto run = run_process(piped(bench, "album-import", {"--from", file, "--json"}));
    CHECK(run.status == 1);
    CHECK(has(run.err, file + ":1: rejected (too_long): "));
    const auto results = documents(run);
    REQUIRE(results.size() == 2);
    CHECK(results[0]["error"]["code"] == "too_long");
    CHECK(results[1]["status"] == "created");
    CHECK(run.peak_kb < 90'000);
}

TEST_CASE("What release-catalog exports is a batch of the same albums, with their artists") {
    const ToolBench bench;
    import_recorded(bench);
    const auto exported = bench.run("release-catalog", {"export", "--format", "ndjson"});
    const ToolBench other;
    CHECK(other.run("album-import", {"--from", "-", "--no-releases"}, exported.out).status == 0);
    const auto albums = other.run("release-catalog", {"albums", "--json"}).documents();
    const auto before = exported.documents();
    REQUIRE(albums.size() == before.size());
    for (std::size_t n = 0; n < albums.size(); ++n) {
        for (const char* field : {"mbid", "title", "artist_credit", "first_release_date",
                                  "primary_type", "secondary_types", "disambiguation"}) {
            CAPTURE(field);
            CHECK(albums[n][field] == before[n][field]);
        }
    }
}

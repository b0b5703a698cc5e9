// Whole catalogues for other programs: tables as CSV and as a database, and MusicBrainz's own form.
#include <filesystem>

#include "cli/option_row.hpp"
#include "cli/recorded_albums.hpp"
#include "support/new_catalogue.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct ExportBench : ToolBench {
    ExportBench() { import_recorded(*this); }

    void export_to(const Words& options) const {
        const auto run = this->run("release-catalog", Words{"export", "-q"} + options);
        CHECK(run.err == "");
        REQUIRE(run.status == 0);
    }

    /// What a program of the system prints.
    std::string printed(const Words& arguments) const {
        Command command;
        command.arguments = arguments;
        command.environment = environment;
        const auto run = run_process(command);
        CAPTURE(run.err);
        REQUIRE(run.status == 0);
        return run.out;
    }
};

/// Imports what `from` exports of its albums into a new catalogue, their releases from `source`.
void check_same_catalogue(const ExportBench& from, const std::string& source) {
    ToolBench other;
    const auto albums = from.run("release-catalog", {"export"});
    CHECK(other.run("album-import", {"-q"}, albums.out).status == 0);
    CHECK(other.run("release-worker", {"run", "-q", "--source", source}).status == 0);
    for (const char* what : {"albums", "releases", "tracks"}) {
        CAPTURE(what);
        CHECK(objects(other, what) == objects(from, what));
    }
}

constexpr const char* k_read_csv = R"(
import csv, json, sys
for resource in json.load(open(sys.argv[1] + "/datapackage.json"))["resources"]:
    with open(sys.argv[1] + "/" + resource["path"], newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [field["name"] for field in resource["schema"]["fields"]]
    keys = {tuple(row[key] for key in resource["schema"]["primaryKey"]) for row in rows}
    assert all(list(row) == names for row in rows), resource["name"]
    assert len(keys) == len(rows), resource["name"]
    for field in resource["schema"]["fields"]:
        values = [row[field["name"]] for row in rows if row[field["name"]] != ""]
        if field["type"] == "integer": [int(value) for value in values]
        if field["type"] == "boolean": assert set(values) <= {"true", "false"}
    for reference in resource["schema"].get("foreignKeys", []):
        name = reference["fields"]
        with open(sys.argv[1] + "/" + reference["reference"]["resource"] + ".csv",
                  newline="", encoding="utf-8") as file:
            there = {row[name] for row in csv.DictReader(file)}
        assert {row[name] for row in rows} <= there, (resource["name"], name)
    print(resource["name"], len(rows))
    if resource["name"] == "releases":
        print("barcodes", sum(row["barcode"].startswith("0") for row in rows))
)";

}  // namespace

TEST_CASE("An export in MusicBrainz's form is imported to an equal catalogue") {
    const ExportBench bench;
    const std::string folder = bench.folder.file("answers");
    bench.export_to({"--format", "musicbrainz", "--folder", folder});
    check_same_catalogue(bench, "file:" + folder);
    const std::string dump = bench.folder.file("release");
    bench.export_to({"--format", "musicbrainz", "--what", "releases", "--output", dump});
    const std::string mirror = bench.folder.file("mb.mirror");
    CHECK(bench.run("musicbrainz-mirror", {"load", "-q", "--mirror", mirror, dump}).status == 0);
    check_same_catalogue(bench, "mirror:" + mirror);
}

TEST_CASE("Release groups in MusicBrainz's form are a batch of the same albums") {
    const ExportBench bench;
    const auto groups =
        bench.run("release-catalog", {"export", "--format", "musicbrainz", "--what", "albums"});
    CHECK(groups.documents().size() == recorded_mbids().size());
    ToolBench other;
    CHECK(other.run("album-import", {"--no-releases"}, groups.out).status == 0);
    for (const auto& album : other.run("release-catalog", {"export"}).documents()) {
        const auto original =
            bench.run("release-catalog", {"export", "--album", album["mbid"]}).documents().at(0);
        for (const char* key : {"title", "artist", "first_release_date", "primary_type"})
            CHECK(album[key] == original[key]);
    }
}

TEST_CASE("An album of more than a hundred releases has several pages, and all are read" *
          of_file()) {
    ExportBench bench;
    bench.printed({"/usr/bin/sqlite3", bench.folder.file("catalog.db"),
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) "
                   "INSERT INTO releases(mbid, album_id, title, format, created_at, updated_at) "
                   "SELECT randomblob(16), 1, 'Again ' || i, 'cd', 1, 1 FROM n"});
    const std::string folder = bench.folder.file("answers");
    bench.export_to({"--format", "musicbrainz", "--folder", folder, "--album", "1"});
    std::size_t pages = 0;
    for (const auto& entry : fs::directory_iterator{folder})
        pages += entry.path().extension() == ".json" ? 1 : 0;
    CHECK(pages == 3);
    ToolBench other;
    const auto albums = bench.run("release-catalog", {"export", "--album", "1"});
    CHECK(other.run("album-import", {"-q"}, albums.out).status == 0);
    CHECK(other.run("release-worker", {"run", "-q", "--source", "file:" + folder}).status == 0);
    CHECK(objects(other, "releases").size() == 251);
}

TEST_CASE("An album that was never imported has no answer, and that is said") {
    const ExportBench bench;
    CHECK(bench.run("album-import", {"-q", k_not_recorded}).status == 0);
    const std::string folder = bench.folder.file("answers");
    const auto run =
        bench.run("release-catalog", {"export", "--format", "musicbrainz", "--folder", folder});
    CHECK(run.status == 0);
    CHECK(has(run.err, "left out 1 album: 1 never imported"));
    CHECK_FALSE(fs::exists(folder + "/" + k_not_recorded + ".json"));
}

TEST_CASE("An album of which a release was kept back is left out: it would be taken for a part") {
    ToolBench bench;
    Json answer = recorded_answer(k_in_rainbows);
    answer["releases"][1]["date"] = "1973-02-30";
    fs::create_directory(bench.folder.file("odd"));
    bench.folder.write(std::string{"odd/"} + k_in_rainbows + ".json", answer.dump());
    bench.run("album-import", {k_in_rainbows});
    bench.run("release-worker", {"run", "-q", "--source", "file:" + bench.folder.file("odd")});
    REQUIRE(bench.run("release-catalog", {"releases", "--json"}).documents().size() == 2);
    for (const char* what : {"albums", "releases"}) {
        const auto run =
            bench.run("release-catalog", {"export", "--format", "musicbrainz", "--what", what});
        CHECK(run.out == "");
        CHECK(has(run.err, "1 with releases that could not be read"));
    }
}

TEST_CASE("Tables as CSV are what their data package says, and lose no zero of a barcode") {
    const ExportBench bench;
    const std::string folder = bench.folder.file("tables");
    bench.export_to({"--folder", folder});
    const std::string counts = bench.printed({"/usr/bin/python3", "-c", k_read_csv, folder});
    CHECK(has(counts, "albums 31\n"));
    CHECK(has(counts, "releases 41\n"));
    CHECK(has(counts, "tracks 580\n"));
    std::size_t with_zero = 0;
    for (const auto& release : bench.run("release-catalog", {"releases", "--json"}).documents()) {
        const auto& barcode = release["barcode"];
        with_zero += barcode.is_string() && barcode.get<std::string>().starts_with("0") ? 1 : 0;
    }
    REQUIRE(with_zero > 0);
    CHECK(has(counts, "barcodes " + std::to_string(with_zero) + "\n"));
}

TEST_CASE("Tables as a database have the same rows, whole references, and find words") {
    const ExportBench bench;
    const std::string file = bench.folder.file("tables.db");
    bench.export_to({"--sqlite", file});
    const auto query = [&](const char* sql) {
        return bench.printed({"/usr/bin/sqlite3", "-readonly", file, sql});
    };
    CHECK(query("SELECT count(*) FROM albums") == "31\n");
    CHECK(query("SELECT count(*) FROM tracks") == "580\n");
    CHECK(query("PRAGMA integrity_check") == "ok\n");
    CHECK(query("PRAGMA foreign_key_check") == "");
    CHECK(query("SELECT DISTINCT typeof(barcode) FROM releases ORDER BY 1") == "null\ntext\n");
    CHECK(query("SELECT DISTINCT typeof(length_ms) FROM tracks ORDER BY 1") == "integer\nnull\n");
    CHECK(query("SELECT count(*) FROM releases WHERE labels = '' OR date = ''") == "0\n");
    const std::string rows = bench.printed(
        {"/usr/bin/sqlite-utils", "search", file, "albums", "beyonce", "-c", "title", "--csv"});
    CHECK(rows == "title\r\nBEYONCÉ\r\n");
    const auto counted = Json::parse(
        bench.printed({"/usr/bin/sqlite-utils", "rows", file, "releases", "-c", "mbid"}));
    CHECK(counted.size() == 41);
}

TEST_CASE("Filters choose what tables have") {
    const ExportBench bench;
    const std::string folder = bench.folder.file("tables");
    bench.export_to({"--folder", folder, "--album", k_in_rainbows, "--plain-format", "vinyl"});
    const std::string counts = bench.printed({"/usr/bin/python3", "-c", k_read_csv, folder});
    CHECK(has(counts, "albums 1\n"));
    const auto vinyl = bench.run(
        "release-catalog", {"releases", "--json", "--album", k_in_rainbows, "--format", "vinyl"});
    CHECK(has(counts, "releases " + std::to_string(vinyl.documents().size()) + "\n"));
}

TEST_CASE("Exports take the place of earlier ones, and of nothing else" * of_file()) {
    const ExportBench bench;
    const std::string database = bench.folder.file("tables.db");
    const std::string tables = bench.folder.file("tables");
    const std::string answers = bench.folder.file("answers");
    const std::vector<Words> ways{{"--sqlite", database},
                                  {"--folder", tables},
                                  {"--format", "musicbrainz", "--folder", answers}};
    for (const Words& way : ways) {
        CAPTURE(way.back());
        bench.export_to(way);
        bench.export_to(way);
        if (way.back() == database) continue;
        bench.folder.write(fs::path{way.back()}.filename().string() + "/letter", "Dear all");
        check_refused(bench.run("release-catalog", Words{"export"} + way), 2, "letter");
        CHECK(bench.folder.read(fs::path{way.back()}.filename().string() + "/letter") ==
              "Dear all");
    }
    const std::string other = bench.folder.file("other.db");
    bench.printed({"/usr/bin/sqlite3", other, "CREATE TABLE letters(x)"});
    check_refused(bench.run("release-catalog", {"export", "--sqlite", other}), 2, "other.db");
    bench.folder.write("tables.db-wal", "a log");
    check_refused(bench.run("release-catalog", {"export", "--sqlite", database}), 2, "in use");
    fs::create_symlink("nowhere", bench.folder.file("link"));
    check_refused(bench.run("release-catalog", {"export", "--sqlite", bench.folder.file("link")}),
                  2, "leads nowhere");
    check_refused(bench.run("release-catalog", {"export", "--sqlite", "/dev/null"}), 2,
                  "no plain file");
    check_refused(
        bench.run("release-catalog", {"export", "--sqlite", bench.folder.file("catalog.db")}), 2,
        "belongs to the database");
}

TEST_CASE("What does not go together in an export is a mistake of the command line") {
    const ExportBench bench;
    const std::vector<Words> mistakes{
        {"--folder", "f", "--sqlite", "s"},
        {"--folder", "f", "--output", "o"},
        {"--sqlite", "s", "--output", "o"},
        {"--folder", "f", "--what", "albums"},
        {"--folder", "f", "--limit", "1"},
        {"--sqlite", "s", "--format", "csv"},
        {"--folder", "f", "--format", "ndjson"},
        {"--folder", "f", "--json"},
        {"--format", "musicbrainz", "--what", "tracks"},
        {"--format", "musicbrainz", "--country", "GB"},
        {"--format", "musicbrainz", "--removed"},
        {"--format", "musicbrainz", "--exclude", "status=bootleg"},
        {"--format", "musicbrainz", "--what", "releases", "--limit", "1"},
        {"--sqlite", "s", "--json"},
        {"--format", "musicbrainz", "--releases"}};
    for (const Words& mistake : mistakes) {
        const auto run = bench.run("release-catalog", Words{"export"} + mistake);
        CAPTURE(run.err);
        CHECK(run.status == 2);
        CHECK(run.out == "");
    }
    const Words kept{"--format", "musicbrainz", "--exclude", "type=live"};
    CHECK(bench.run("release-catalog", Words{"export"} + kept).status == 0);
}

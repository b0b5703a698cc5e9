// The schemas under schema/json: every document that the tools write is as they say, and they say
// enough to notice when one is not.
#include <map>
#include <set>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/dump_files.hpp"
#include "support/eventually.hpp"
#include "support/genuine_documents.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::filesystem::path k_schemas =
    std::filesystem::path{PRESSINGS_SOURCE_DIR} / "schema" / "json";
const std::filesystem::path k_lookups =
    std::filesystem::path{PRESSINGS_TEST_DATA} / "musicbrainz" / "releases";

Json schema(const std::string& name) {
    return Json::parse(std::ifstream{k_schemas / (name + ".json")});
}

using Documents = std::map<std::string, std::vector<Json>>;

/// Runs a command and keeps its documents as those of a schema.
void collect(Documents& all, const std::string& name, const ToolRun& run) {
    for (Json& document : run.documents()) {
        const bool summary = name == "attempt-result" && document.contains("summary");
        all[summary ? "run-summary" : name].push_back(std::move(document));
    }
}

/// A folder with the recorded answer for that album, with changes of MusicBrainz's in it.
std::string changed_in_rainbows(const ToolBench& bench) {
    const std::string name = std::string{k_in_rainbows} + ".json";
    Json page = Json::parse(std::ifstream{std::filesystem::path{k_recorded} / name});
    page["release-count"] = page["releases"].size() - 1;
    page["releases"].erase(page["releases"].size() - 1);
    page["releases"][0]["barcode"] = "1234567890123";
    page["releases"][0]["packaging"] = nullptr;
    page["releases"][1]["title"] = 7;
    bench.folder.write(name, page.dump());
    return bench.folder.path().string();
}

/// What musicbrainz-mirror says of a mirror of the genuine releases.
void collect_mirror(Documents& all, const ToolBench& bench) {
    const std::string mirror = bench.folder.file("mb.mirror");
    const std::string dump = write_dump(bench.folder.file("release.tar.gz"), genuine_releases());
    const auto tool = [&](const char* name, std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--mirror", mirror, "--json"});
        collect(all, name, bench.run("musicbrainz-mirror", arguments));
    };
    tool("loaded-dump", {"load", dump});
    tool("mirror-info", {"info"});
    Child serving{{std::string{PRESSINGS_BIN_DIR} + "/musicbrainz-mirror", "serve", "--json",
                   "--mirror", mirror, "--listen", "127.0.0.1:0"},
                  bench.folder.file("served")};
    REQUIRE(eventually([&] { return has(bench.folder.read("served"), "\n"); }));
    collect(all, "mirror-serving", {0, bench.folder.read("served"), ""});
}

/// What is watched, and what became of orders.
void collect_watches(Documents& all, const ToolBench& bench) {
    const std::string label = "https://musicbrainz.org/label/dc940013-b8a8-4362-a465-291026c04b42";
    const auto import = [&](const char* name, std::vector<std::string> arguments) {
        arguments.push_back("--json");
        collect(all, name, bench.run("album-import", arguments));
    };
    import("watch-result", {"--watch", k_not_recorded, label, "nonsense", "--type", "album,ep",
                            "--exclude-type", "live"});
    import("watch-result", {"--watch", label, "--every", "1d"});
    import("watch-result", {"--watch", label, "--every", "1d"});
    bench.run("release-worker", {"run", "--source", k_source});
    import("watch", {"--watches"});
    import("watch-result", {"--unwatch", label, label});
}

/// Documents of every kind, each in many states.
Documents written_documents() {
    ToolBench bench;
    Documents all;
    const auto worker = [&](const char* name, std::vector<std::string> arguments) {
        arguments.push_back("--json");
        collect(all, name, bench.run("release-worker", arguments));
    };
    const auto catalog = [&](const char* name, std::vector<std::string> arguments) {
        arguments.push_back("--json");
        collect(all, name, bench.run("release-catalog", arguments));
    };
    const std::string rejects = bench.folder.file("rejects");
    bench.environment["PRESSINGS_LOG_FORMAT"] = "json";
    const auto import = bench.run(
        "album-import", {"--from", "-", "--json", "--rejects", rejects},
        std::string{k_in_rainbows} + "\n" + k_in_rainbows + "\n" + k_not_recorded + "\nnonsense\n");
    collect(all, "import-result", import);
    collect(all, "reject", {0, bench.folder.read("rejects"), ""});
    collect(all, "log-line", {0, import.err, ""});
    worker("status", {"status"});
    worker("attempt-result", {"run", "--source", k_source});
    collect(all, "import-result", bench.run("album-import", {"--json", "--refresh", "--all"}));
    bench.run("album-import", {"--discography", "a74b1b7f-71a5-4011-9441-d0b5e4122711"});
    collect_watches(all, bench);
    worker("upkeep", {"pause", "--queue", "slow"});
    worker("status", {"status"});
    worker("job", {"jobs"});
    worker("job", {"show", "1"});
    worker("job", {"show", "2"});
    worker("steered", {"retry", "1", "2", "77"});
    worker("steered", {"run-now", "3", "--dry-run"});
    worker("steered", {"cancel", "--all"});
    worker("retry-explanation", {"explain-retry"});
    worker("probe", {"probe", k_in_rainbows, k_not_recorded, "--source", k_source});
    worker("check", {"check"});
    worker("upkeep", {"resume"});
    worker("upkeep", {"refresh", "--all"});
    const std::string changed = changed_in_rainbows(bench);
    collect(all, "import-result",
            bench.run("album-import", {"--from", "-", "--json"},
                      R"({"mbid":")" + std::string{k_in_rainbows} + R"(","title":"Rainbows"})"));
    worker("attempt-result", {"run", "--source", "file:" + changed});
    worker("upkeep", {"prune", "--older-than", "0"});
    worker("upkeep", {"backup", bench.folder.file("copy.db")});
    worker("upkeep", {"restore", "--dry-run", bench.folder.file("copy.db")});
    worker("upkeep", {"restore", bench.folder.file("copy.db")});
    worker("settings", {"--print-config"});
    catalog("change", {"changes"});
    catalog("oddity", {"oddities"});
    catalog("album", {"albums"});
    catalog("album", {"album", k_in_rainbows});
    catalog("oddity", {"oddities"});
    catalog("pick", {"pick", "--prefer", "country=GB,date=earliest,packaging=Digipak"});
    catalog("pick", {"pick", "--exclude", "format=cd,vinyl,digital"});
    catalog("compare", {"compare", k_in_rainbows});
    catalog("upcoming", {"upcoming", "--today", "2007-12-30"});
    catalog("release", {"releases"});
    catalog("release", {"releases", "--tracks"});
    catalog("stats", {"stats"});
    collect(all, "track", bench.run("release-catalog", {"export", "--what", "tracks"}));
    collect(all, "release", bench.run("release-catalog", {"export", "--what", "releases"}));
    catalog("report", {"report", "--output", bench.folder.file("pages")});
    catalog("copy", {"copy", "--to", bench.folder.file("other.db")});
    collect_mirror(all, bench);
    return all;
}

/// The places of all texts in a document; of those in a list one stands for all.
std::map<std::string, Json::json_pointer> texts_of(const Json& document) {
    std::map<std::string, Json::json_pointer> places;
    const Json flat = document.flatten();
    for (const auto& [place, value] : flat.items()) {
        if (!value.is_string()) continue;
        std::string kind = place;
        std::replace_if(
            kind.begin(), kind.end(), [](char c) { return c >= '0' && c <= '9'; }, '*');
        places.try_emplace(kind, place);
    }
    return places;
}

bool may_be_empty(const std::string& place) {
    if (place == "/field" || place == "/oddities/*/field") return true;  // of the whole release
    return place.ends_with("/join_phrase") || place.ends_with("/number") ||
           place.ends_with("/record");
}

/// Whether a log line has this beside what every one has.
bool is_beside_schema(const std::string& key) {
    static const Json line = schema("log-line");
    return !line["properties"].contains(key);
}

bool is_taken(const std::string& name, const Json& document) {
    return schema_faults(name, document).empty();
}

/// A date as MusicBrainz spells it, with a question mark for each digit that is not known.
std::string with_gaps(std::string date) {
    std::replace(date.begin(), date.end(), '_', '?');
    return date;
}

/// A document that differs from a good one where no schema may look away.
void check_refuses(const std::string& name, const Json& good,
                   const std::function<void(Json&)>& spoil) {
    Json spoilt = good;
    spoil(spoilt);
    CAPTURE(spoilt.dump().substr(0, 300));
    CHECK_FALSE(is_taken(name, spoilt));
}

}  // namespace

TEST_CASE("Every document of every command is as its schema says, and no schema is left over") {
    std::set<std::string> written;
    for (const auto& [name, documents] : written_documents()) {
        CAPTURE(name);
        written.insert(name);
        CHECK_FALSE(documents.empty());
        for (const Json& document : documents)
            check_schema(name, document);
    }
    std::set<std::string> described;
    for (const auto& file : std::filesystem::directory_iterator{k_schemas})
        described.insert(file.path().stem().string());
    CHECK(written == described);
}

TEST_CASE("A document without a field, with one too many, or of another type is refused") {
    const std::set<std::string> may_lack{"attempt_log", "candidates", "oddities", "releases"};
    for (const auto& [name, documents] : written_documents()) {
        CAPTURE(name);
        const bool open = name == "log-line";
        for (const Json& document : documents) {
            for (const auto& item : document.items()) {
                const std::string& key = item.key();
                CAPTURE(key);
                if (open && is_beside_schema(key)) continue;
                check_refuses(name, document,
                              [&](Json& spoilt) { spoilt[key] = Json::array({Json::array()}); });
                if (may_lack.contains(key)) continue;
                check_refuses(name, document, [&](Json& spoilt) { spoilt.erase(key); });
            }
            if (open) continue;
            check_refuses(name, document, [](Json& spoilt) { spoilt["one_too_many"] = 1; });
        }
    }
}

TEST_CASE("Where a text is not known stands null; an empty one is refused") {
    for (const auto& [name, documents] : written_documents()) {
        CAPTURE(name);
        for (const Json& document : documents) {
            for (const auto& [kind, place] : texts_of(document)) {
                if (may_be_empty(kind)) continue;
                if (name == "log-line" && is_beside_schema(kind.substr(1))) continue;
                CAPTURE(kind);
                check_refuses(name, document, [&](Json& spoilt) { spoilt[place] = ""; });
            }
        }
    }
}

TEST_CASE("MBIDs, times and enumerations that are none are refused") {
    for (const auto& [name, documents] : written_documents()) {
        CAPTURE(name);
        for (const Json& document : documents) {
            for (const auto& [kind, place] : texts_of(document)) {
                CAPTURE(kind);
                if (kind.ends_with("mbid"))
                    check_refuses(name, document, [&](Json& spoilt) { spoilt[place] = "No-1"; });
                if (kind.ends_with("_at") || kind == "/time")
                    check_refuses(name, document,
                                  [&](Json& spoilt) { spoilt[place] = "2024-01-01 10:00:00"; });
                if (kind.ends_with("/state") || kind.ends_with("/kind") ||
                    kind.ends_with("/outcome") || kind.ends_with("/level") || kind == "/format")
                    check_refuses(name, document,
                                  [&](Json& spoilt) { spoilt[place] = "other one"; });
            }
        }
    }
}

TEST_CASE("Dates are taken in each of MusicBrainz's spellings, and in no other") {
    Json release = written_documents().at("release").front();
    for (const std::string date :
         {"1973", "1973-03", "1973-03-01", "____-03", "____-03-01", "1973-__-01", "____-__-01"}) {
        release["date"] = with_gaps(date);
        CAPTURE(date);
        CHECK(is_taken("release", release));
    }
    for (const std::string date :
         {"", "73", "1973-3", "1973-13", "1973-00", "1973-03-32", "1973-03-00", "____", "1973-__",
          "1973-__-__", "1973-03-__", "____-__-__", "03-1973", "1973-03-01T00:00:00Z", "unknown"}) {
        release["date"] = with_gaps(date);
        CAPTURE(date);
        CHECK_FALSE(is_taken("release", release));
    }
}

TEST_CASE("What belongs together is asked for together") {
    const auto documents = written_documents();
    for (const Json& result : documents.at("import-result")) {
        const bool rejected = result["status"] == "rejected";
        check_refuses("import-result", result,
                      [&](Json& spoilt) { spoilt["status"] = rejected ? "created" : "rejected"; });
    }
    for (const Json& answer : documents.at("steered")) {
        check_refuses("steered", answer,
                      [&](Json& spoilt) { spoilt["done"] = !answer["done"].get<bool>(); });
    }
    for (const Json& attempt : documents.at("attempt-result")) {
        check_refuses("attempt-result", attempt, [&](Json& spoilt) {
            spoilt["state"] = attempt["state"] == "failed" ? "done" : "failed";
        });
    }
    Json check = documents.at("check").at(0);
    CHECK(check["ok"] == true);
    check["faults"] = {"something"};
    CHECK_FALSE(is_taken("check", check));
    check["ok"] = false;
    CHECK(is_taken("check", check));
    check["faults"] = Json::array();
    CHECK_FALSE(is_taken("check", check));
}

TEST_CASE("Album, release and pick speak of an album and a release in the same words") {
    const Json release = schema("release");
    const Json album = schema("album");
    const Json& in_album = album["definitions"]["release"];
    CHECK(in_album["properties"] == release["properties"]);
    CHECK(in_album["required"] == release["required"]);
    for (const auto& [name, definition] : release["definitions"].items())
        CHECK(album["definitions"][name] == definition);
    const Json pick = schema("pick");
    CHECK(schema("upcoming")["definitions"] == album["definitions"]);
    for (const auto& [name, definition] : album["definitions"].items())
        CHECK(pick["definitions"][name] == definition);
    for (const auto& [name, property] : pick["definitions"]["album"]["properties"].items())
        CHECK(album["properties"][name] == property);
    CHECK(pick["definitions"]["album"]["required"] == album["required"]);
}

TEST_CASE("Every genuine release, taken in and written out again, is as its schema says") {
    ToolBench bench;
    std::filesystem::create_directory(bench.folder.file("source"));
    std::map<std::string, std::map<std::string, Json>> groups;
    for (const auto& file : std::filesystem::directory_iterator{k_lookups}) {
        const Json release = Json::parse(std::ifstream{file.path()});
        if (!release.contains("release-group")) continue;
        groups[release["release-group"]["id"]].try_emplace(release["id"], release);
    }
    std::string batch;
    std::size_t count = 0;
    for (const auto& [group, by_mbid] : groups) {
        Json answer{{"release-count", by_mbid.size()}, {"release-offset", 0}};
        for (const auto& [mbid, release] : by_mbid)
            answer["releases"].push_back(release);
        bench.folder.write("source/" + group + ".json", answer.dump());
        batch += group + "\n";
        count += by_mbid.size();
    }
    CHECK(bench.run("album-import", {"--from", "-"}, batch).status == 0);
    const auto worked =
        bench.run("release-worker", {"run", "--source", "file:" + bench.folder.file("source")});
    CHECK(worked.status == 0);
    const auto releases = bench.run("release-catalog", {"releases", "--tracks", "--json"});
    check_quiet(releases);
    CHECK(releases.documents().size() == count);
    CHECK(count > 30);
    for (const Json& release : releases.documents()) {
        CAPTURE(release["mbid"]);
        check_schema("release", release);
    }
    const auto albums = bench.run("release-catalog", {"albums", "--json"});
    CHECK(albums.documents().size() == groups.size());
    for (const Json& album : albums.documents()) {
        const auto whole = bench.run("release-catalog", {"album", album["mbid"], "--json"});
        check_schema("album", whole.documents().at(0));
    }
}

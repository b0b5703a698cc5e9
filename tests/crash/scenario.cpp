#include "crash/scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "cli/recorded_albums.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"

namespace pressings::test {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Arguments = std::vector<std::string>;

/// Three albums with few releases, two of them recorded.
const std::string k_batch =
    std::string{k_in_rainbows} + "\n" + k_rumours + "\n" + k_not_recorded + "\n";

void nothing(const Place& /*place*/) {}

void import_two(const Place& place) {
    REQUIRE(place.bench.run("album-import", {k_in_rainbows, k_rumours}).status == 0);
}

void watch_one(const Place& place) {
    import_two(place);
    REQUIRE(place.bench.run("album-import", {"--watch", "a74b1b7f-71a5-4011-9441-d0b5e4122711"})
                .status == 0);
}

void import_releases(const Place& place) {
    import_two(place);
    REQUIRE(place.bench.run("release-worker", {"run", "-q", "--source", k_source}).status == 0);
}

void with_configuration(const Place& place) {
    import_releases(place);
    std::ofstream{place.file("config.toml")} << "[release-catalog]\ncolor = \"never\"\n";
}

std::vector<std::string> few(std::vector<std::string> documents) {
    constexpr std::size_t k_few = 8;
    documents.resize(std::min(documents.size(), k_few));
    return documents;
}

// Read once, for that takes a second.
const std::vector<std::string>& few_releases() {
    static const auto releases = few(genuine_releases());
    return releases;
}

const std::vector<std::string>& few_groups() {
    static const auto groups = few(genuine_groups());
    return groups;
}

/// Dumps of a few genuine releases.
void write_dumps(const Place& place) {
    DumpForm of_groups;
    of_groups.kind = "release-group";
    write_dump(place.file("release.tar.xz"), few_releases());
    write_dump(place.file("release-group.tar.xz"), few_groups(), of_groups);
}

Arguments load(const Place& place) {
    return {"load",
            "--mirror",
            place.file("mb.mirror"),
            "--json",
            place.file("release.tar.xz"),
            place.file("release-group.tar.xz")};
}

void load_mirror(const Place& place) {
    write_dumps(place);
    REQUIRE(place.bench.run("musicbrainz-mirror", load(place)).status == 0);
}

void import_from_mirror(const Place& place) {
    load_mirror(place);
    std::string batch;
    for (const std::string& group : few_groups())
        batch += group + "\n";
    REQUIRE(place.bench.run("album-import", {"--from", "-", "-q"}, batch).status == 0);
}

/// Those of the few groups whose artist is told.
const std::vector<Json>& credited_groups() {
    static const std::vector<Json> groups = [] {
        std::vector<Json> credited;
        for (const std::string& text : few_groups()) {
            Json group = Json::parse(text);
            if (group.contains("artist-credit")) credited.push_back(std::move(group));
        }
        return credited;
    }();
    return groups;
}

const Json& credited_group() {
    return credited_groups().at(0);
}

Arguments drain_mirror(const Place& place) {
    return {"run", "--source", "mirror:" + place.file("mb.mirror"), "--json", "-q"};
}

void leave_one_open(const Place& place) {
    leave_open(place, 1);
}

void decide_about_one(const Place& place) {
    leave_one_open(place);
    std::ofstream{place.file("decided.csv")} << "decision,album\n"
                                             << credited_group()["id"].get<std::string>() << ",1\n";
}

void watch_in_mirror(const Place& place) {
    load_mirror(place);
    const std::string artist = credited_group()["artist-credit"][0]["artist"]["id"];
    REQUIRE(place.bench.run("album-import", {"--watch", artist}).status == 0);
}

/// Counts of jobs, albums and releases.
std::string counts(const Place& place) {
    const auto run = place.bench.run("release-worker", {"status", "--json"});
    if (run.status != 0) return "status: " + run.err;
    const Json status = run.documents().at(0);
    return Json{status["jobs"], status["albums"], status["releases"]}.dump();
}

std::string counts_and_files(const Place& place) {
    std::string all = counts(place) + "\n";
    for (const std::string& name : results_in(place))
        all += name + "\n";
    return all;
}

/// What is watched, too.
std::string counts_and_watches(const Place& place) {
    const auto run = place.bench.run("album-import", {"--watches", "--json"});
    if (run.status != 0) return "watches: " + run.err;
    std::string all = counts(place);
    for (const Json& watch : run.documents())
        all += "\n" + watch["mbid"].get<std::string>() + " " + watch["state"].get<std::string>();
    return all;
}

/// A batch of which the second part is read on a thread.
std::string long_batch() {
    std::string lines;
    for (int n = 0; n < 60; ++n)
        lines += R"({"artist":"Somebody","title":"Album )" + std::to_string(n) + "\"}\n";
    return lines;
}

auto say(Arguments arguments) {
    return [arguments = std::move(arguments)](const Place&) { return arguments; };
}

std::vector<Scenario> imports() {
    const auto from_list = [](const Place& place) -> Arguments {
        return {"--from", place.bench.folder.write("list.mbid", k_batch), "--batch", "2", "--json"};
    };
    return {
        {"makes a catalogue", "album-import", nothing, from_list, "", counts, true},
        {"adds to a catalogue", "album-import", import_two, from_list, "", counts, true},
        {"reads ahead on a thread", "album-import", nothing,
         say({"--from", "-", "--batch", "20", "--json"}), long_batch(), counts, true},
        {"watches an artist and a label", "album-import", import_two,
         say({"--watch", "a74b1b7f-71a5-4011-9441-d0b5e4122711",
              "https://musicbrainz.org/label/dc940013-b8a8-4362-a465-291026c04b42", "--json"}),
         "", counts_and_watches, true},
        {"ends a watch", "album-import", watch_one,
         say({"--unwatch", "a74b1b7f-71a5-4011-9441-d0b5e4122711"}), "", counts_and_watches, false,
         true},
        {"queues a refresh", "album-import", import_releases, say({"--refresh", "--all", "--json"}),
         "", counts, true},
        {"writes what is open", "album-import", leave_one_open,
         [](const Place& place) -> Arguments {
             return {"--candidates", place.file("open.csv"), "-q"};
         },
         "", counts_and_files, true},
        {"takes decisions", "album-import", decide_about_one,
         [](const Place& place) -> Arguments {
             return {"--decisions", place.file("decided.csv"), "--json"};
         },
         "", counts, true},
    };
}

std::vector<Scenario> worker() {
    return {
        {"drains recorded files", "release-worker", import_two,
         say({"run", "--source", k_source, "--json", "-q"}), "", counts, true},
        {"drains a mirror", "release-worker", import_from_mirror, drain_mirror, "", counts, true},
        {"looks what is new of an artist", "release-worker", watch_in_mirror, drain_mirror, "",
         counts_and_watches, true},
        {"writes its status", "release-worker", import_releases,
         [](const Place& place) -> Arguments {
             return {"status", "--prometheus", "--output", place.file("pressings.prom")};
         },
         "", counts_and_files, true},
        {"backs up", "release-worker", import_releases,
         [](const Place& place) -> Arguments {
             return {"backup", place.file("backup.db"), "--json"};
         },
         "", counts_and_files, true},
        {"shows its status", "release-worker", import_releases, say({"status", "--json"}), "",
         counts},
        {"queues a refresh", "release-worker", import_releases, say({"refresh", "--all", "--json"}),
         "", counts, true},
        {"prunes", "release-worker", import_releases,
         say({"prune", "--older-than", "0s", "--json"}), "", counts, true},
        {"cancels", "release-worker", import_two, say({"cancel", "--all", "--json"}), "", counts,
         true},
        {"checks", "release-worker", import_releases, say({"check", "--json"}), "", counts},
    };
}

std::vector<Scenario> catalogue() {
    return {
        {"reads its configuration", "release-catalog", with_configuration,
         [](const Place& place) -> Arguments {
             return {"stats", "--json", "--config", place.file("config.toml")};
         },
         "", counts},
        {"shows an album", "release-catalog", import_releases, say({"album", "1", "--json"}), "",
         counts},
        {"exports", "release-catalog", import_releases,
         say({"export", "--format", "csv", "--what", "tracks"}), "", counts},
        {"exports to a file", "release-catalog", import_releases,
         [](const Place& place) -> Arguments {
             return {"export", "--what", "tracks", "--output", place.file("tracks.ndjson"), "-q"};
         },
         "", counts_and_files, true},
        {"exports tables to a folder", "release-catalog", import_releases,
         [](const Place& place) -> Arguments {
             return {"export", "--folder", place.file("tables"), "-q"};
         },
         "", counts_and_files, true},
        {"exports a database", "release-catalog", import_releases,
         [](const Place& place) -> Arguments {
             return {"export", "--sqlite", place.file("tables.db"), "-q"};
         },
         "", counts_and_files, true},
        {"writes a report", "release-catalog", import_releases,
         [](const Place& place) -> Arguments {
             return {"report", "--output", place.file("report"), "-q"};
         },
         "", counts_and_files, true},
    };
}

std::vector<Scenario> mirror() {
    const auto get = [](const Place& place) -> Arguments {
        const Json release = Json::parse(few_releases().front());
        return {"get", "--mirror", place.file("mb.mirror"), release["id"]};
    };
    const auto info = [](const Place& place) -> Arguments {
        return {"info", "--mirror", place.file("mb.mirror"), "--json"};
    };
    return {
        {"makes a mirror", "musicbrainz-mirror", write_dumps, load, "", state_of_mirror, true},
        {"loads over a mirror", "musicbrainz-mirror", load_mirror, load, "", state_of_mirror, true},
        {"gets a document", "musicbrainz-mirror", load_mirror, get, "", state_of_mirror},
        {"tells of itself", "musicbrainz-mirror", load_mirror, info, "", state_of_mirror},
    };
}

}  // namespace

Place::Place() : m_work(bench.folder.path() / "work"), m_before(bench.folder.path() / "before") {
    fs::create_directory(m_work);
    bench.environment["PRESSINGS_DB"] = db();
}

void Place::keep() {
    fs::copy(m_work, m_before, fs::copy_options::recursive);
}

void Place::restore() const {
    fs::remove_all(m_work);
    fs::copy(m_before, m_work, fs::copy_options::recursive);
}

std::vector<MeantGroup> leave_open(const Place& place, std::size_t albums) {
    load_mirror(place);
    std::vector<MeantGroup> meant;
    for (const Json& group : credited_groups()) {
        if (meant.size() == albums) break;
        meant.push_back({group["id"], group["title"]});
        const std::string artist = group["artist-credit"][0]["artist"]["name"];
        REQUIRE(place.bench
                    .run("album-import",
                         {"--artist", artist, "--title", meant.back().title + "x", "-q"})
                    .status == 0);
    }
    REQUIRE(meant.size() == albums);
    REQUIRE(place.bench.run("release-worker", drain_mirror(place)).status == 1);
    return meant;
}

std::vector<Scenario> scenarios_of(const std::string& tool) {
    std::vector<Scenario> all;
    for (const auto& some : {imports(), worker(), catalogue(), mirror()}) {
        std::copy_if(some.begin(), some.end(), std::back_inserter(all),
                     [&](const Scenario& one) { return tool.empty() || one.tool == tool; });
    }
    return all;
}

void make_ready(const Place& place, const Scenario& scenario) {
    fs::remove(place.file("backup.db"));
    if (scenario.arguments(place).front() != "run") return;
    place.bench.run("release-worker", {"run-now", "--all"});
}

}  // namespace pressings::test

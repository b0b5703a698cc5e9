// What may be wrong in a folder in which something has gone wrong.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>

#include "cli/recorded_albums.hpp"
#include "crash/scenario.hpp"

namespace pressings::test {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string read_file(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return text.str();
}

std::string faults_of_catalogue(const Place& place, const std::string& db) {
    std::error_code ignored;
    if (!fs::exists(db, ignored)) return {};
    const auto run = place.bench.run("release-worker", {"check", "--json", "--db", db});
    if (run.out.empty()) return db + ": " + run.err;
    std::string faults;
    for (const Json& fault : run.documents().at(0)["faults"])
        faults += db + ": " + fault.get<std::string>() + "\n";
    return faults;
}

/// The lines that were written whole.
std::vector<Json> documents_of(const std::string& said) {
    std::vector<Json> all;
    std::istringstream lines{said};
    for (std::string line; std::getline(lines, line);) {
        if (lines.eof() || !line.starts_with('{')) break;
        all.push_back(Json::parse(line, nullptr, false));
    }
    return all;
}

std::string missing_job(const Place& place, const Json& told, const char* state) {
    const auto run = place.bench.run("release-worker",
                                     {"show", std::to_string(told["job_id"].get<int>()), "--json"});
    if (run.status != 0) return told.dump() + ": " + run.err;
    const Json job = run.documents().at(0);
    const bool same = job["album_id"] == told.value("album_id", Json{}) && job["state"] == state;
    return same ? "" : told.dump() + " is not so: " + job.dump() + "\n";
}

std::string missing_of(const Place& place, const std::string& said) {
    std::string faults;
    for (const Json& told : documents_of(said)) {
        if (told.value("status", "") == "created") faults += missing_job(place, told, "pending");
        if (told.value("state", "") == "done") faults += missing_job(place, told, "done");
        if (told.contains("backup") && !fs::exists(told["backup"].get<std::string>())) {
            faults += "there is no backup\n";
        }
    }
    return faults;
}

/// A file under its final name that is not all there.
std::string half_written(const Place& place) {
    std::string faults;
    for (const std::string& name : results_in(place)) {
        const bool is_page = name.ends_with(".html");
        const bool is_lines =
            name.ends_with(".prom") || name.ends_with(".ndjson") || name.ends_with("open.csv");
        if (!is_page && !is_lines) continue;
        const std::string text = read_file(name);
        const bool whole = text.ends_with(is_page ? "</html>\n" : "\n");
        if (!whole || text.find('\0') != std::string::npos) faults += name + " is cut off\n";
    }
    return faults;
}

/// A mirror can be read, and all of it is there.
std::string faults_of_mirror(const Place& place) {
    const std::string mirror = place.file("mb.mirror");
    if (!fs::exists(mirror)) return {};
    const std::string state = state_of_mirror(place);
    if (state.starts_with("info: ")) return state;
    SQLite::Database file{mirror, SQLite::OPEN_READONLY};
    const std::string found = file.execAndGet("PRAGMA integrity_check").getString();
    return found == "ok" ? "" : "the mirror: " + found + "\n";
}

/// A backup has what the catalogue has, or is not there.
std::string faults_of_backup(const Place& place) {
    const std::string backup = place.file("backup.db");
    if (!fs::exists(backup)) return {};
    const std::string faults = faults_of_catalogue(place, backup);
    const auto copy = place.bench.run("release-worker", {"status", "--json", "--db", backup});
    if (copy.status != 0) return faults + copy.err;
    const bool whole = copy.documents().at(0)["releases"] > 0;
    return faults + (whole ? "" : "the backup has no releases\n");
}

}  // namespace

/// What tools write beside the catalogue, by its final names.
std::vector<std::string> results_in(const Place& place) {
    std::vector<std::string> found;
    for (const char* name : {"backup.db", "open.csv", "pressings.prom", "report", "tables",
                             "tables.db", "tracks.ndjson"}) {
        if (!fs::exists(place.file(name))) continue;
        found.push_back(place.file(name));
        if (!fs::is_directory(place.file(name))) continue;
        for (const auto& entry : fs::recursive_directory_iterator{place.file(name)})
            found.push_back(entry.path().string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string state_of_mirror(const Place& place) {
    const auto run = place.bench.run("musicbrainz-mirror",
                                     {"info", "--json", "--mirror", place.file("mb.mirror")});
    if (run.status != 0) return "info: " + run.err;
    const Json info = run.documents().at(0);
    return info["releases"]["documents"].dump() + " " + info["release_groups"]["documents"].dump();
}

std::string faults_of_place(const Place& place, const std::string& said) {
    return faults_of_catalogue(place, place.db()) + faults_of_backup(place) + half_written(place) +
           faults_of_mirror(place) + missing_of(place, said);
}

}  // namespace pressings::test

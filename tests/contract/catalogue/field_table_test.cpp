// lib/source/json/FIELDS.md says what becomes of each field of MusicBrainz. Here it is held to the
// genuine answers, to the parser, to the tables of the database and to the JSON that is written.
#include "source/json/field_table.hpp"

#include <filesystem>
#include <fstream>
#include <set>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "render/catalogue_json.hpp"
#include "source/json/release_json.hpp"
#include "source/release_source.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using source::field_table;
using source::FieldTable;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

const fs::path k_data = fs::path{PRESSINGS_TEST_DATA} / "musicbrainz";

/// Made up: a release with a value in every field that is kept, in each place it may be in.
Json made_up_release() {
    const Json artist{{"id", mbid(1).to_string()}, {"name", "Ada"},   {"sort-name", "Ada, A"},
                      {"type", "Person"},          {"country", "GB"}, {"disambiguation", "one"}};
    const Json credit = Json::array({{{"name", "A."}, {"joinphrase", " &"}, {"artist", artist}}});
    const Json alias{
        {"name", "Other"}, {"sort-name", "Other, The"}, {"locale", "en"},   {"type", "Title"},
        {"primary", true}, {"begin", "1970"},           {"end", "1971-02"}, {"ended", true}};
    const Json genre{{"name", "made up"}, {"id", mbid(2).to_string()}, {"count", 3}};
    const Json recording{{"id", mbid(3).to_string()},
                         {"title", "Song"},
                         {"disambiguation", "live"},
                         {"length", 1000},
                         {"video", true},
                         {"first-release-date", "1973-03"},
                         {"isrcs", {"GBAYE7300001"}},
                         {"artist-credit", credit}};
    const auto track = [&](int position) {
        return Json{{"id", mbid(10 + position).to_string()},
                    {"position", position},
                    {"number", std::to_string(position)},
                    {"title", "Song"},
                    {"length", 1001},
                    {"artist-credit", credit},
                    {"recording", recording}};
    };
    const Json disc{{"id", "XzPS7vW.HPHsYemQh0HBUGr8vuU-"},
                    {"sectors", 242457},
                    {"offset-count", 1},
                    {"offsets", {150}}};
    const auto event = [](const char* key, const char* code) {
        return Json{{"date", "1973"},
                    {"area", {{"id", mbid(4).to_string()}, {"name", "There"}, {key, {code}}}}};
    };
    return {{"id", mbid(5).to_string()},
            {"title", "Album"},
            {"artist-credit", credit},
            {"release-events",
             {event("iso-3166-1-codes", "SU"), event("iso-3166-2-codes", "CN-71"),
              event("iso-3166-3-codes", "YUCS"), event("iso_3166_1_codes", "XW"),
              event("iso_3166_2_codes", "GB-ENG"), event("iso_3166_3_codes", "DDDE")}},
            {"media",
             {{{"position", 1},
               {"pregap", track(0)},
               {"tracks", {track(1)}},
               {"data-tracks", {track(2)}},
               {"discs", {disc}}}}},
            {"aliases", {alias}},
            {"genres", {genre}},
            {"relations",
             {{{"type", "streaming"},
               {"url", {{"resource", "https://music.example.org/1"}}},
               {"begin", "2001-02-03"},
               {"end", "2002"},
               {"ended", true}},
              {{"type", "transl-tracklisting"},
               {"direction", "backward"},
               {"release", {{"id", mbid(7).to_string()}}}}}},
            {"release-group",
             {{"id", mbid(6).to_string()},
              {"title", "Album"},
              {"artist-credit", credit},
              {"aliases", {alias}},
              {"genres", {genre}}}}};
}

/// Every release in the genuine answers; a group's own lookup as a release with nothing else.
const std::vector<Json>& genuine_releases() {
    static const std::vector<Json> releases = [] {
        std::vector<Json> found;
        const auto add = [&](const Json& document) {
            if (document.contains("primary-type")) {
                found.push_back({{"release-group", document}});
            } else if (document.contains("releases")) {
                for (const Json& release : document["releases"])
                    found.push_back(release);
            } else {
                found.push_back(document);
            }
        };
        for (const char* folder : {"releases", "recorded", "pages", "groups", "dump"}) {
            for (const auto& entry : fs::directory_iterator{k_data / folder}) {
                const std::string name = entry.path().filename().string();
                if (name.rfind("dump-line_recording", 0) == 0) continue;
                std::ifstream file{entry.path()};
                if (entry.path().extension() == ".json") {
                    add(Json::parse(file));
                } else {
                    for (std::string line; std::getline(file, line);)
                        add(Json::parse(line));
                }
            }
        }
        return found;
    }();
    return releases;
}

/// Calls `visit(path, value)` for all that is in `value`, `[]` standing for each entry of a list.
template <typename Value, typename Visit>
void for_each_path(Value& value, const std::string& path, const Visit& visit) {
    if (!path.empty()) visit(path, value);
    if (value.is_object()) {
        for (auto& [key, member] : value.items()) {
            for_each_path(member, path.empty() ? key : path + "." + key, visit);
        }
    } else if (value.is_array()) {
        for (auto& item : value)
            for_each_path(item, path + "[]", visit);
    }
}

/// What the tools print of the release and its group.
std::string written(const Json& release) {
    const auto parsed = source::parse_release(release.dump());
    store::ReleaseRecord record;
    record.release = parsed.release;
    store::AlbumRecord album;
    if (parsed.release_group) album.album = *parsed.release_group;
    return render::release_json(record).dump() + render::album_json(album).dump();
}

Json changed(const Json& value) {
    if (value.is_string()) return "x" + value.get<std::string>();
    if (value.is_boolean()) return !value.get<bool>();
    return value.is_number() ? Json(value.get<int>() + 1) : Json();
}

/// Whether anything comes of it when `value`, somewhere in `release`, is another or none.
bool matters(const Json& release, const std::string& before, Json& value, const std::string& path) {
    for (const Json& other : {Json(nullptr), changed(value)}) {
        Json kept = value;
        value = other;
        bool differs = false;
        try {
            differs = written(release) != before;
        } catch (const source::SourceError& error) {
            const std::string what = error.what();
            const std::string plain = path.substr(0, path.find_last_not_of("[]") + 1);
            differs = what.find(plain.substr(plain.find_last_of('.') + 1)) != std::string::npos;
        }
        value = std::move(kept);
        if (differs) return true;
    }
    return false;
}

/// The paths of `wanted` at which something in one of the releases is read.
std::set<std::string> read_paths(std::vector<Json> releases, std::set<std::string> wanted) {
    std::set<std::string> read;
    for (Json& release : releases) {
        if (wanted.empty()) break;
        if (!release.contains("id")) continue;
        const std::string before = written(release);
        for_each_path(release, "", [&](const std::string& path, Json& value) {
            if (value.is_structured() || value.is_null() || !wanted.contains(path)) return;
            if (!matters(release, before, value, path)) return;
            wanted.erase(path);
            read.insert(path);
        });
    }
    return read;
}

std::set<std::string> kept_paths(const FieldTable& table) {
    std::set<std::string> paths;
    for (const auto& [path, kept] : table.kept)
        paths.insert(path);
    return paths;
}

/// Made up first: it has each path, most of them early.
std::vector<Json> all_releases() {
    std::vector<Json> releases{made_up_release()};
    releases.insert(releases.end(), genuine_releases().begin(), genuine_releases().end());
    return releases;
}

}  // namespace

TEST_CASE("The table of fields has a word on every path in the genuine answers") {
    const FieldTable& table = field_table();
    REQUIRE(genuine_releases().size() > 300);
    std::set<std::string> unknown;
    for (const Json& release : genuine_releases()) {
        for_each_path(release, "", [&](const std::string& path, const Json&) {
            if (!table.knows(path)) unknown.insert(path);
        });
    }
    for (const std::string& path : unknown)
        FAIL_CHECK(path << " is neither kept nor left out");
}

TEST_CASE("What the table calls kept is read: another value there makes another release") {
    const FieldTable& table = field_table();
    const auto wanted = kept_paths(table);
    REQUIRE(wanted.size() > 150);
    const auto read = read_paths(all_releases(), wanted);
    for (const std::string& path : wanted) {
        if (!read.contains(path)) FAIL_CHECK(path << " is not read");
    }
}

TEST_CASE("What the table calls left out changes nothing") {
    const FieldTable& table = field_table();
    for (const Json& release : genuine_releases()) {
        if (!release.contains("id")) continue;
        Json without = release;
        for_each_path(without, "", [&](const std::string& path, Json& value) {
            const bool out = std::find(table.left_out.begin(), table.left_out.end(), path) !=
                             table.left_out.end();
            if (out) value = nullptr;
        });
        CHECK(written(without) == written(release));
    }
}

TEST_CASE("Each column that the table names is in the database") {
    OpenCatalogue catalogue;
    SQLite::Database database{catalogue.path, SQLite::OPEN_READONLY};
    SQLite::Statement found{database, "SELECT count(*) FROM pragma_table_info(?) WHERE name = ?"};
    for (const auto& [path, kept] : field_table().kept) {
        const auto dot = kept.column.find('.');
        REQUIRE_MESSAGE(dot != std::string::npos, path);
        found.reset();
        found.bind(1, kept.column.substr(0, dot));
        found.bind(2, kept.column.substr(dot + 1));
        found.executeStep();
        CHECK_MESSAGE(found.getColumn(0).getInt() == 1, kept.column);
    }
}

TEST_CASE("The table names every field of the JSON, but for what is our own, and no other") {
    std::set<std::string> named;
    for (const auto& [path, kept] : field_table().kept)
        named.insert(kept.json);
    const std::set<std::string> ours{"release_id",
                                     "album_id",
                                     "format",
                                     "artist",
                                     "no_barcode",
                                     "removed_at",
                                     "media[].tracks[].kind",
                                     "media[].tracks[].artist",
                                     "album.album_id",
                                     "album.artist",
                                     "album.release_count",
                                     "album.created_at",
                                     "album.imported_at",
                                     "album.job_state",
                                     "album.removed_at",
                                     "album.told"};
    std::set<std::string> seen;
    for (const Json& release : all_releases()) {
        if (!release.contains("id")) continue;
        const auto parsed = source::parse_release(release.dump());
        store::ReleaseRecord record;
        record.release = parsed.release;
        store::AlbumRecord album;
        if (parsed.release_group) album.album = *parsed.release_group;
        const Json out{{"release", render::release_json(record)},
                       {"album", render::album_json(album)}};
        for_each_path(out, "", [&](std::string path, const Json& value) {
            if (value.is_structured()) return;
            if (path.rfind("release.", 0) == 0) path = path.substr(8);
            const auto credit = path.find("artist_credit[]");
            seen.insert(credit == std::string::npos ? path : path.substr(credit));
        });
    }
    for (const std::string& path : named)
        CHECK_MESSAGE(seen.contains(path), path << " is not in the JSON");
    for (const std::string& path : seen) {
        // A list or an object that is not known is null itself.
        const bool above = std::any_of(named.begin(), named.end(), [&](const std::string& name) {
            return name.rfind(path + ".", 0) == 0 || name.rfind(path + "[", 0) == 0;
        });
        const bool known = named.contains(path) || ours.contains(path) || above;
        CHECK_MESSAGE(known, path << " is in the JSON, but not in the table");
    }
}

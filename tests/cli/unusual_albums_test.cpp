// Albums that are larger or stranger than any recorded one: a box of 120 discs, 249 release events,
// right-to-left and emoji titles, gaps, releases that were called off. In the server's own form.
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "cli/recorded_albums.hpp"
#include "support/dump_files.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/terminal.hpp"
#include "support/unusual_releases.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

namespace {

constexpr std::size_t k_groups = 6;
constexpr std::size_t k_tracks = 1440 + 5 * 220 + 2 * 10 + 5 + 3 + 7 + 3 + 5 + 1 + 5 * 8;

struct UnusualService {
    MusicBrainzServer musicbrainz{MusicBrainzServer::KeepAlive::yes};

    UnusualService() {
        musicbrainz.change([](ServedReleases& served) {
            for (const HeldRelease& release : unusual_releases())
                served.add_release(server_json(release).dump());
        });
    }
    ToolRun import_into(const ToolBench& bench, const Words& albums) {
        REQUIRE(bench.run("album-import", albums).status == 0);
        return bench.run("release-worker",
                         {"run", "--json", "--rate", "100000", "--source", musicbrainz.root()});
    }
};

Words group_mbids() {
    std::set<std::string> mbids;
    for (const HeldRelease& release : unusual_releases())
        mbids.insert(mbid_of(release.group));
    return {mbids.begin(), mbids.end()};
}

/// All six, imported one by one over HTTP; made once, as nothing here writes.
const ToolBench& imported() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        UnusualService service;
        const auto run = service.import_into(made, group_mbids());
        INFO(run.out << run.err);
        REQUIRE(run.status == 0);
        return &made;
    }();
    return *bench;
}

/// What the catalogue has of the tracks of a medium, and what it should have.
Json tracks_of(const Json& medium) {
    Json tracks = Json::array();
    for (const Json& track : medium["tracks"]) {
        tracks.push_back({track["position"], track["number"], track["title"], track["length_ms"],
                          track["kind"]});
    }
    return tracks;
}

Json tracks_of(const HeldMedium& medium) {
    Json tracks = Json::array();
    for (const HeldTrack& track : medium.tracks) {
        const Json length = track.length_ms ? Json(*track.length_ms) : Json();
        const char* kind = track.position == 0 ? "pregap" : track.is_data ? "data" : "track";
        tracks.push_back({track.position, track.number, track.title, length, kind});
    }
    return tracks;
}

void check_same_media(const Json& stored, const HeldRelease& held) {
    REQUIRE(stored["media"].size() == held.media.size());
    for (std::size_t at = 0; at < held.media.size(); ++at) {
        const Json& medium = stored["media"][at];
        CAPTURE(medium["position"]);
        CHECK(medium["position"] == held.media[at].position);
        const std::string& title = held.media[at].title;
        CHECK(medium["title"] == (title.empty() ? Json() : Json(title)));
        CHECK(tracks_of(medium) == tracks_of(held.media[at]));
    }
}

void check_same_events(const Json& stored, const HeldRelease& held) {
    REQUIRE(stored["release_events"].size() == held.events.size());
    for (std::size_t at = 0; at < held.events.size(); ++at) {
        CHECK(stored["release_events"][at]["date"] == held.events[at].date);
        CHECK(stored["release_events"][at]["country"] == held.events[at].country);
    }
}

void check_same(const ToolBench& one, const ToolBench& other) {
    for (const char* what : {"albums", "releases", "tracks"}) {
        CAPTURE(what);
        CHECK(objects(one, what) == objects(other, what));
    }
}

/// Nothing that turns a line around, or that is not text, reaches a terminal.
void check_presentable(const std::string& text) {
    CHECK(is_utf8(text));
    for (const char* turning :
         {"\u202A", "\u202B", "\u202C", "\u202E", "\u2066", "\u2067", "\u2069"})
        CHECK_FALSE(has(text, turning));
}

Words printed_lines(const std::string& text) {
    std::istringstream stream{text};
    Words lines;
    for (std::string line; std::getline(stream, line);) {
        if (line.ends_with('\r')) line.pop_back();
        lines.push_back(line);
    }
    return lines;
}

/// What a terminal of 80 columns shows; no line is longer.
std::string shown(const std::string& tool, Words arguments) {
    arguments.insert(arguments.end(), {"--color", "never"});
    const std::string text = run_on_terminal(piped(imported(), tool, arguments), 80);
    check_presentable(text);
    for (const std::string& line : printed_lines(text))
        CHECK(display_width(line) <= 80);
    return text;
}

}  // namespace

TEST_CASE("Of an unusual album every release, event, medium and track is there, in its place") {
    std::map<std::string, Json> stored;
    for (const Json& release :
         imported().run("release-catalog", {"releases", "--tracks", "--json"}).documents())
        stored[release["mbid"]] = release;
    REQUIRE(stored.size() == unusual_releases().size());
    for (const HeldRelease& held : unusual_releases()) {
        CAPTURE(held.title);
        const Json& release = stored.at(mbid_of(held));
        CHECK(release["title"] == held.title);
        CHECK(release["artist"] == held.artist);
        CHECK(release["status"] == held.status);
        CHECK(release["script"] == held.script);
        CHECK(release["label_info"][0]["catalog_number"] == held.catalog_number);
        check_same_events(release, held);
        check_same_media(release, held);
    }
    const Json stats = imported().run("release-catalog", {"stats", "--json"}).documents().at(0);
    CHECK(stats["albums"] == k_groups);
    CHECK(stats["tracks"] == k_tracks);
    check_quiet(imported().run("release-worker", {"check"}));
}

TEST_CASE("A box of 1,440 tracks is a page of its own, and the other editions come behind it") {
    UnusualService service;
    const ToolBench bench;
    const auto run = service.import_into(bench, {mbid_of(box_set()[0].group)});
    // Five of 220 tracks, two to a page as long as all of them come before the box; the box.
    const auto requests = service.musicbrainz.requests();
    CHECK(requests.size() == 4);
    CHECK(run.documents().back()["summary"]["requests"] == requests.size());
    CHECK(bench.run("release-catalog", {"releases", "--json"}).documents().size() == 6);
}

TEST_CASE("A whole discography of unusual albums is the same as each asked for by itself") {
    UnusualService service;
    const ToolBench together;
    const auto run = service.import_into(together, {"--discography", k_held_artist});
    INFO(run.out << run.err);
    CHECK(run.status == 0);
    check_same(together, imported());
}

TEST_CASE("From recorded answers and from a mirror unusual albums are what they are over HTTP") {
    const ToolBench recorded;
    std::map<std::string, Json> answers;
    std::vector<std::string> lines;
    for (const HeldRelease& held : unusual_releases()) {
        const Json release = server_json(held);
        lines.push_back(release.dump());
        answers[mbid_of(held.group)]["releases"].push_back(release);
    }
    const std::string folder = recorded.folder.file("answers");
    std::filesystem::create_directory(folder);
    for (auto& [mbid, answer] : answers) {
        answer["release-count"] = answer["releases"].size();
        answer["release-offset"] = 0;
        recorded.folder.write("answers/" + mbid + ".json", answer.dump());
    }
    recorded.run("album-import", group_mbids());
    CHECK(recorded.run("release-worker", {"run", "-q", "--source", "file:" + folder}).status == 0);
    check_same(recorded, imported());

    const ToolBench mirrored;
    const std::string mirror = mirrored.folder.file("mb.mirror");
    const std::string dump = write_dump(mirrored.folder.file("release.tar.xz"), lines);
    CHECK(mirrored.run("musicbrainz-mirror", {"load", "-q", "--mirror", mirror, dump}).status == 0);
    mirrored.run("album-import", group_mbids());
    CHECK(mirrored.run("release-worker", {"run", "-q", "--source", "mirror:" + mirror}).status ==
          0);
    check_same(mirrored, imported());
}

TEST_CASE("Exported in MusicBrainz's form and imported again, unusual albums are equal") {
    const ToolBench other;
    const std::string folder = other.folder.file("answers");
    check_quiet(imported().run("release-catalog",
                               {"export", "-q", "--format", "musicbrainz", "--folder", folder}));
    other.run("album-import", {"-q"}, imported().run("release-catalog", {"export"}).out);
    CHECK(other.run("release-worker", {"run", "-q", "--source", "file:" + folder}).status == 0);
    check_same(other, imported());
}

TEST_CASE("A terminal shows an unusual album within its width, and nothing turns its lines") {
    for (const std::string& mbid : group_mbids()) {
        CAPTURE(mbid);
        CHECK(has(shown("release-catalog", {"album", mbid}), mbid));
        shown("release-catalog", {"album", mbid, "--tracks"});
        shown("release-catalog", {"compare", mbid});
        shown("release-catalog", {"releases", "--album", mbid});
    }
    const auto piped = imported().run("release-catalog", {"album", mbid_of(box_set()[0].group)});
    CHECK(has(piped.out, "120×CD, 1440 tracks"));
    CHECK(has(shown("release-catalog", {"album", mbid_of(sold_everywhere()[0].group)}), "+248"));
    const auto off = shown("release-catalog", {"album", mbid_of(called_off()[0].group)});
    for (const char* status : {"Withdrawn", "Expunged", "Cancelled"})
        CHECK(has(off, status));
    CHECK(has(shown("release-catalog", {"album", mbid_of(right_to_left()[0].group)}),
              "\\u{202E}אתה חיי\\u{202C}"));
    CHECK(has(shown("release-catalog", {"album", mbid_of(emoji_titles()[0].group), "--tracks"}),
              "👩🏽‍🚀"));
    for (int job = 1; job <= static_cast<int>(k_groups); ++job)
        shown("release-worker", {"show", std::to_string(job)});
}

TEST_CASE("Comparing the editions of a box of 120 discs lists each of its tracks once") {
    const auto run =
        imported().run("release-catalog", {"compare", "--json", mbid_of(box_set()[0].group)});
    check_quiet(run);
    const Json compared = run.documents().at(0);
    check_schema("compare", compared);
    CHECK(compared["editions"].size() == 6);
    // Each disc of the smaller editions has eight more than the box has, which has 109 discs more.
    CHECK(compared["tracks"].size() == 1440 + 11 * 8);
}

TEST_CASE("The report has all of them, and no page of it holds a character that turns text") {
    const std::string folder = imported().folder.file("report");
    check_quiet(imported().run("release-catalog", {"report", "-q", "--output", folder}));
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        if (entry.path().extension() != ".js" && entry.path().extension() != ".html") continue;
        check_presentable(text);
        all += text;
    }
    for (const char* part :
         {"👩🏽‍🚀", "أم كلثوم", "Piece 120.12", "Land of ZW", "Expunged"}) {
        CAPTURE(part);
        CHECK(has(all, part));
    }
}

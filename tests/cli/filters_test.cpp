// Finding things again: filters and counts, over the recorded albums.
#include <map>
#include <set>

#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

constexpr const char* k_unlabelled = "fa9c43a7-0000-4000-8000-000000000000";

std::vector<Json> releases(const ToolBench& bench, std::vector<std::string> filter) {
    filter.insert(filter.begin(), {"releases", "--json"});
    const auto run = bench.run("release-catalog", filter);
    check_listed(run);
    return run.documents();
}

std::set<std::string> titles(const ToolBench& bench, std::vector<std::string> arguments) {
    arguments.push_back("--json");
    const auto run = bench.run("release-catalog", arguments);
    CHECK(run.status == 0);
    if (arguments.front() != "search") check_listed(run);
    std::set<std::string> found;
    for (const Json& document : run.documents())
        found.insert(document["title"].get<std::string>());
    return found;
}

using Titles = std::set<std::string>;

}  // namespace

TEST_CASE("The plain formats share out all releases between them") {
    ToolBench bench;
    import_recorded(bench);
    std::map<std::string, std::size_t> counts;
    for (const std::string format : {"vinyl", "cd", "digital", "cassette", "other"}) {
        for (const Json& release : releases(bench, {"--format", format}))
            CHECK(release["format"] == format);
        counts[format] = releases(bench, {"--format", format}).size();
    }
    CHECK(counts["vinyl"] + counts["cd"] + counts["digital"] + counts["cassette"] +
              counts["other"] ==
          41);
    CHECK(counts["cassette"] == 0);
    CHECK(
        titles(bench, {"releases", "--format", "vinyl", "--country", "GB"}) ==
        Titles{"In Rainbows", "Lift Your Skinny Fists Like Antennas to Heaven!", "Symphony no. 5"});
}

TEST_CASE("A country is found in any of a release's events, in either case") {
    ToolBench bench;
    import_recorded(bench);
    const std::string lift = "Lift Your Skinny Fists Like Antennas to Heaven!";
    const auto au = releases(bench, {"--country", "AU"});
    REQUIRE(au.size() == 1);
    CHECK(au[0]["title"] == lift);
    std::set<std::string> countries;
    for (const Json& event : au[0]["release_events"])
        countries.insert(event["country"].get<std::string>());
    CHECK(countries == std::set<std::string>{"AU", "CA", "GB"});
    CHECK(releases(bench, {"--country", "CA"}).size() == 4);
    CHECK(releases(bench, {"--country", "ca"}) == releases(bench, {"--country", "CA"}));
    CHECK(releases(bench, {"--country", "AU,CA"}).size() == 4);
    CHECK(releases(bench, {"--country", "AU", "--country", "CA"}).size() == 4);
}

TEST_CASE("A status and a label are meant whole, in any case; a label also by its MBID") {
    ToolBench bench;
    import_recorded(bench);
    CHECK(releases(bench, {"--status", "official"}).size() == 37);
    CHECK(releases(bench, {"--status", "Promotion"}).size() == 2);
    CHECK(releases(bench, {"--status", "unknown"}).size() == 1);
    const auto by_name = releases(bench, {"--label", "KRANKY"});
    REQUIRE_FALSE(by_name.empty());
    std::string mbid;
    for (const Json& info : by_name[0]["label_info"]) {
        if (info["label"]["name"] == "kranky") mbid = info["label"]["mbid"];
    }
    CHECK(releases(bench, {"--label", mbid}) == by_name);
}

TEST_CASE("A value that nothing has is named, with the nearest one or with all there are") {
    ToolBench bench;
    import_recorded(bench);
    const auto said = [&](const std::vector<std::string>& filter) {
        std::vector<std::string> arguments{"releases", "--json"};
        arguments.insert(arguments.end(), filter.begin(), filter.end());
        const auto run = bench.run("release-catalog", arguments);
        CHECK(run.status == 0);
        return run.err;
    };
    CHECK(said({"--label", "krank"}) ==
          "release-catalog: warning: no release is on the label \"krank\"; the nearest that there "
          "is: kranky\nrelease-catalog: nothing found\n");
    CHECK(has(said({"--status", "oficial"}), "the nearest that there is: Official\n"));
    CHECK(has(said({"--format", "cassette"}), "there are: cd, vinyl, digital\n"));
    CHECK(has(said({"--country", "ZZ"}), "no release is of the country \"ZZ\""));
    CHECK(has(said({"--type", "albun"}), "the nearest that there is: Album\n"));
    CHECK(has(said({"--status", "official,oficial"}), "\"oficial\""));  // the other finds some
    CHECK(has(said({"--exclude", "status=botleg"}), "the nearest that there is: Bootleg\n"));
    CHECK(said({"--country", "XW", "--status", "promotion", "-q"}).empty());
    CHECK(said({"--label", "a\x1B[31m"}).find('\x1B') == std::string::npos);
}

TEST_CASE("A year is one, or a range that may be open") {
    ToolBench bench;
    import_recorded(bench);
    const auto count = [&](const std::string& years) {
        const auto run = bench.run("release-catalog", {"albums", "--json", "--year", years});
        check_quiet(run);
        return run.documents().size();
    };
    CHECK(count("2007") == 1);
    CHECK(count("2000..2009") == 12);
    CHECK(count("..1979,2010..") + count("1980..2009") == 31);
    check_refused(bench.run("release-catalog", {"albums", "--year", "1970-1979"}), 2, "1970..1979");
    check_refused(bench.run("release-catalog", {"albums", "--year", "1979..1970"}), 2, "--year");
}

TEST_CASE("What is excluded is not there, the rest is") {
    ToolBench bench;
    import_recorded(bench);
    CHECK(releases(bench, {"--exclude", "status=promotion,bootleg"}).size() == 38);
    CHECK(releases(bench, {"--exclude", "status=promotion", "--exclude", "status=bootleg"}) ==
          releases(bench, {"--exclude", "status=promotion,bootleg"}));
    CHECK(releases(bench, {"--exclude", "format=cd,vinyl"}).size() == 6);
    CHECK(titles(bench, {"albums", "--artist", "radiohead", "--exclude", "type=ep"}) ==
          Titles{"In Rainbows"});
    for (const auto& [wrong, hint] :
         std::map<std::string, std::string>{{"statu=official", "did you mean status?"},
                                            {"bootleg", "status=bootleg"},
                                            {"format=", "names nothing"},
                                            {"format=casette", "did you mean cassette?"}}) {
        check_refused(bench.run("release-catalog", {"albums", "--exclude", wrong}), 2, hint);
    }
}

TEST_CASE("Numbers on releases are found however they are spaced") {
    ToolBench bench;
    import_recorded(bench);
    const auto rainbows = releases(bench, {"--barcode", "634904032425"});
    REQUIRE(rainbows.size() == 1);
    CHECK(releases(bench, {"--barcode", "0 634904 032425"}) == rainbows);
    CHECK(releases(bench, {"--catno", "xlcd-324"}) == rainbows);
    CHECK(titles(bench, {"albums", "--catno", "XLCD324"}) == Titles{"In Rainbows"});
    check_refused(bench.run("release-catalog", {"albums", "--barcode", "000"}), 2, "no barcode");
}

TEST_CASE("Columns are chosen by name, in a table and in JSON") {
    ToolBench bench;
    import_recorded(bench);
    const auto table = bench.run("release-catalog", {"albums", "--artist", "radiohead", "--columns",
                                                     "title,first_release_date", "--sort", "date"});
    check_quiet(table);
    CHECK(table.out == "TITLE         FIRST\nMy Iron Lung  1994-09-24\nIn Rainbows   2007-10-10\n");
    const auto json = bench.run("release-catalog", {"releases", "--barcode", "634904032425",
                                                    "--json", "--columns", "cc,media,title,cc"});
    check_quiet(json);
    std::vector<std::string> keys;
    const auto document = nlohmann::ordered_json::parse(json.out);
    for (const auto& [key, value] : document.items())
        keys.push_back(key);
    CHECK(keys == std::vector<std::string>{"country", "media", "title"});
    check_refused(bench.run("release-catalog", {"albums", "--columns", "titel"}), 2,
                  "did you mean title?");
    check_refused(bench.run("release-catalog", {"releases", "--json", "--columns", "barcod"}), 2,
                  "did you mean barcode?");
}

TEST_CASE("MusicBrainz's [no label] is a label like another, and not the same as none known") {
    ToolBench bench;
    const std::string page =
        std::string{PRESSINGS_TEST_DATA} +
        "/musicbrainz/pages/rg-fa9c43a7_limit100_offset0_inc-media-labels.json";
    std::filesystem::create_directory(bench.folder.file("source"));
    std::filesystem::copy_file(page,
                               bench.folder.file("source/" + std::string{k_unlabelled} + ".json"));
    bench.run("album-import", {k_unlabelled});
    CHECK(bench.run("release-worker", {"run", "--source", "file:" + bench.folder.file("source")})
              .status == 0);
    CHECK(releases(bench, {}).size() == 5);
    const auto unlabelled = releases(bench, {"--label", "[no label]"});
    REQUIRE(unlabelled.size() == 1);
    CHECK(unlabelled[0]["title"] == "Berlin ’96");
    CHECK(unlabelled[0]["status"] == "Bootleg");
    CHECK(releases(bench, {"--label", "157afde4-4bf5-4039-8ad2-5a15acc85176"}) == unlabelled);
}

TEST_CASE("Releases are filtered by their album, by its id and by its MBID") {
    ToolBench bench;
    import_recorded(bench);
    const auto by_mbid = releases(bench, {"--album", k_in_rainbows});
    REQUIRE(by_mbid.size() == 3);
    CHECK(releases(bench, {"--album", by_mbid[0]["album_id"].dump()}) == by_mbid);
    CHECK(releases(bench, {"--album", k_in_rainbows, "--format", "cd"}).size() == 2);
    CHECK(releases(bench, {"--limit", "7"}).size() == 7);
    check_refused(bench.run("release-catalog", {"releases", "--album", "4711"}), 2, "4711");
    check_refused(bench.run("release-catalog", {"releases", "--album", "rainbows"}), 2, "rainbows");
}

TEST_CASE("Track lists are there where they are asked for, and null where not") {
    ToolBench bench;
    import_recorded(bench);
    for (const Json& release : releases(bench, {"--album", k_in_rainbows})) {
        for (const Json& medium : release["media"])
            CHECK(medium["tracks"].is_null());
    }
    for (const Json& release : releases(bench, {"--album", k_in_rainbows, "--tracks"})) {
        for (const Json& medium : release["media"])
            CHECK(medium["tracks"].size() == medium["track_count"]);
    }
}

TEST_CASE("Albums are filtered by artist, title, type and year") {
    ToolBench bench;
    import_recorded(bench);
    CHECK(titles(bench, {"albums", "--artist", "RADIOHEAD"}) ==
          Titles{"In Rainbows", "My Iron Lung"});
    CHECK(titles(bench, {"albums", "--artist", "radiohead", "--type", "ep"}) ==
          Titles{"My Iron Lung"});
    CHECK(titles(bench, {"albums", "--title", "beyonce"}) == Titles{"BEYONCÉ"});
    CHECK(titles(bench, {"albums", "--year", "2007"}) == Titles{"In Rainbows"});
    CHECK(titles(bench, {"albums", "--artist", "nobody at all"}).empty());
}

TEST_CASE("The statistics count what the lists list") {
    ToolBench bench;
    import_recorded(bench);
    const auto run = bench.run("release-catalog", {"stats", "--json"});
    check_quiet(run);
    const Json stats = run.documents().at(0);
    check_schema("stats", stats);
    CHECK(stats["albums"] == 31);
    CHECK(stats["albums_imported"] == 31);
    CHECK(stats["releases"] == 41);
    std::size_t tracks = 0;
    std::size_t media = 0;
    std::set<std::string> recordings;
    std::set<std::string> labels;
    for (const Json& release : releases(bench, {"--tracks"})) {
        media += release["media"].size();
        for (const Json& medium : release["media"]) {
            tracks += medium["tracks"].size();
            for (const Json& track : medium["tracks"])
                recordings.insert(track["recording"]["mbid"].get<std::string>());
        }
        for (const Json& info : release["label_info"]) {
            if (!info["label"].is_null()) labels.insert(info["label"]["mbid"].get<std::string>());
        }
    }
    CHECK(stats["media"] == media);
    CHECK(stats["tracks"] == tracks);
    CHECK(recordings.size() < tracks);
    CHECK(stats["recordings"] == recordings.size());
    CHECK(stats["labels"] == labels.size());
    for (const Json& format : stats["by_format"])
        CHECK(releases(bench, {"--format", format["name"]}).size() == format["releases"]);
    for (const Json& label : stats["by_label"])
        CHECK(releases(bench, {"--label", label["name"]}).size() == label["releases"]);
    CHECK(stats["completeness"]["albums_imported"] == 31);
    CHECK(stats["completeness"]["releases_with_tracks"] == 41);
    for (const char* list : {"by_format", "by_status", "by_decade"}) {
        std::size_t sum = 0;
        for (const Json& count : stats[list])
            sum += count["releases"].get<std::size_t>();
        CHECK(sum == 41);
    }
    const auto text = bench.run("release-catalog", {"stats"});
    check_quiet(text);
    CHECK(has(text.out, "albums      31 (31 imported)\n"));
    CHECK(has(text.out, "  imported                 31 100.0 %\n"));
    CHECK_FALSE(has(text.out, "█"));
}

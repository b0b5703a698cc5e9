// The options of release-catalog, over all recorded albums.
#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/option_row.hpp"
#include "support/musicbrainz_server.hpp"

namespace pressings::test {

namespace {

using Json = nlohmann::json;

/// Made once: nothing here writes.
const ToolBench& recorded() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        import_recorded(made);
        return &made;
    }();
    return *bench;
}

std::vector<Json> found(const Words& command) {
    const auto run = recorded().run("release-catalog", command + Words{"--json"});
    if (command.front() == "upcoming") {
        check_quiet(run);
    } else {
        check_listed(run);
    }
    return run.documents();
}

std::string text_of(const Words& command) {
    const auto run = recorded().run("release-catalog", command);
    check_quiet(run);
    return run.out;
}

/// How many documents a command gives in all, and with an option of its own.
void counts(const Words& command, const Words& option, std::size_t all, std::size_t some) {
    CHECK(found(command).size() == all);
    CHECK(found(command + option).size() == some);
}

OptionRows album_filters(const std::string& command, const Words& words, std::size_t all,
                         const std::map<std::string, std::size_t>& wanted) {
    const std::map<std::string, std::string> values{
        {"--artist", "radiohead"},  {"--title", "greatest hits"},  {"--type", "EP"},
        {"--year", "2007"},         {"--album", k_rumours},        {"--country", "jp"},
        {"--status", "Promotion"},  {"--label", "kranky"},         {"--limit", "7"},
        {"--format", "vinyl"},      {"--plain-format", "vinyl"},   {"--catno", "xlcd 324"},
        {"--exclude", "format=cd"}, {"--barcode", "0634904032425"}};
    OptionRows rows;
    for (const auto& [option, count] : wanted) {
        const Words told{option, values.at(option)};
        rows.push_back({command, option, [=, count = count] { counts(words, told, all, count); }});
    }
    return rows;
}

void is_since(const Words& command, std::size_t all) {
    CHECK(found(command + Words{"--since", "1d"}).size() == all);
    CHECK(found(command + Words{"--since", "2020-01-01"}).size() == all);
    CHECK(found(command + Words{"--since", "2999-01-01T00:00:00Z"}).empty());
    const auto wrong = recorded().run("release-catalog", command + Words{"--since", "2020-01-01x"});
    check_refused(wrong, 2, "--since");
}

void is_imported_since(const Words& command, std::size_t all) {
    CHECK(found(command + Words{"--imported-since", "1d"}).size() == all);
    CHECK(found(command + Words{"--imported-since", "2999-01-01"}).empty());
    const auto wrong = recorded().run("release-catalog", command + Words{"--imported-since", "x"});
    check_refused(wrong, 2, "--imported-since");
}

/// The recorded albums are all there; of two others, one failed and one was never asked for.
const ToolBench& with_gaps() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        made.run("album-import", {k_rumours, k_not_recorded});
        made.run("release-worker", {"run", "--source", k_source});
        made.run("album-import", {"--no-releases", k_in_rainbows});
        return &made;
    }();
    return *bench;
}

void missing_are_found(const Words& command, std::size_t all, std::size_t missing) {
    const auto count = [&](const Words& words) {
        return with_gaps().run("release-catalog", words + Words{"--json"}).documents().size();
    };
    CHECK(count(command) == all);
    CHECK(count(command + Words{"--missing"}) == missing);
}

/// The filters that every list has, beside those of album_filters.
OptionRows more_filters(const std::string& command, const Words& words, std::size_t all,
                        std::size_t with_gaps, std::size_t missing) {
    return {{command, "--imported-since", [=] { is_imported_since(words, all); }},
            {command, "--missing", [=] { missing_are_found(words, with_gaps, missing); }}};
}

/// Dates from early to late, and what has none at the end.
bool are_in_order(const std::vector<Json>& dates) {
    const auto known_end = std::find(dates.begin(), dates.end(), nullptr);
    return std::is_sorted(dates.begin(), known_end) &&
           std::all_of(known_end, dates.end(), [](const Json& date) { return date.is_null(); });
}

/// What makes a table of a list; `date` is the key of its date.
OptionRows table_rows(const std::string& command, const Words& words, const std::string& date) {
    const auto dates = [=](const Words& more) {
        std::vector<Json> values;
        for (const Json& document : found(words + more))
            values.push_back(document.at(date));
        return values;
    };
    return {
        {command, "--sort",
         [=] {
             CHECK_FALSE(are_in_order(dates({})));
             CHECK(are_in_order(dates({"--sort", "date"})));
             CHECK(recorded().run("release-catalog", words + Words{"--sort", "dat"}).status == 2);
         }},
        {command, "--reverse",
         [=] {
             auto reversed = dates({"--sort", "id", "--reverse"});
             std::reverse(reversed.begin(), reversed.end());
             CHECK(reversed == dates({"--sort", "id"}));
         }},
        {command, "--offset",
         [=] {
             const auto all = found(words);
             CHECK(found(words + Words{"--offset", "3"}) ==
                   std::vector<Json>{all.begin() + 3, all.end()});
             CHECK(found(words + Words{"--offset", "3", "--limit", "1"}) ==
                   std::vector<Json>{all[3]});
         }},
        {command, "--columns",
         [=] {
             CHECK(found(words + Words{"--columns", "title"})[0].size() == 1);
         }},
    };
}

std::string exported(const Words& options) {
    const auto run = recorded().run("release-catalog", Words{"export"} + options);
    check_quiet(run);
    return run.out;
}

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

void is_written_to_a_file() {
    const std::string file = recorded().folder.file("albums.csv");
    const auto run = recorded().run("release-catalog", {"export", "--output", file});
    CHECK(run.status == 0);
    CHECK(run.out.empty());
    CHECK(lines_in(recorded().folder.read("albums.csv")) == 32);
    CHECK(exported({"--output", "-"}) == exported({}));
    std::filesystem::remove(file);
}

/// A name that a spreadsheet would take for a formula.
void formulas_are_made_safe() {
    const std::string csv = exported({"--format", "csv", "--title", "+"});
    CHECK(has(csv, ",+,"));
    CHECK(has(exported({"--format", "csv", "--title", "+", "--safe-csv"}), ",'+,"));
    CHECK(recorded().run("release-catalog", {"export", "--safe-csv"}).status == 2);
}

/// A catalogue of two albums, of which one lost a release and another release got a new title.
const ToolBench& followed() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        MusicBrainzServer server;
        server.add_folder(std::string{PRESSINGS_TEST_DATA} + "/musicbrainz/releases");
        const Words work{"run", "-q", "--rate", "1000", "--source", server.root()};
        made.run("album-import", {k_rumours, k_in_rainbows});
        REQUIRE(made.run("release-worker", work).status == 0);
        server.change([](ServedReleases& releases) {
            releases.remove_release("5c976ee2-d4d4-4932-8f16-54f2b50f8ac5");
            Json changed = Json::parse(releases.release("1a8c4ac3-6f47-4570-aedb-f1928a0498ea"));
            changed["title"] = "Hearsay";
            releases.add_release(changed.dump());
        });
        made.run("album-import", {"--refresh", "--all"});
        REQUIRE(made.run("release-worker", work).status == 0);
        return &made;
    }();
    return *bench;
}

std::size_t in_followed(const Words& command) {
    const auto run = followed().run("release-catalog", command + Words{"--json"});
    check_quiet(run);
    return run.documents().size();
}

void removed_is_shown(const Words& command) {
    const std::size_t without = in_followed(command);
    CHECK(in_followed(command + Words{"--removed"}) == without + 1);
}

OptionRows export_rows() {
    const std::string command = "release-catalog export";
    auto rows = album_filters(command, {"export"}, 31,
                              {{"--artist", 2},
                               {"--title", 4},
                               {"--type", 5},
                               {"--year", 1},
                               {"--album", 1},
                               {"--country", 1},
                               {"--status", 2},
                               {"--label", 1},
                               {"--plain-format", 7},
                               {"--catno", 1},
                               {"--barcode", 1},
                               {"--exclude", 12},
                               {"--limit", 7}});
    const OptionRows own{
        {command, "--format",
         [] {
             CHECK(exported({"--format", "csv"}).starts_with("album_id,"));
             CHECK(Json::accept(exported({"--format", "ndjson", "--limit", "1"})));
         }},
        {command, "--what",
         [] {
             CHECK(found({"export", "--what", "albums"}).size() == 31);
             CHECK(found({"export", "--what", "releases"}).size() == 41);
             CHECK(found({"export", "--what", "tracks"}).at(0).contains("number"));
         }},
        {command, "--output", is_written_to_a_file},
        {command, "--folder",
         [] {
             const ToolBench& bench = recorded();
             const std::string folder = bench.folder.file("tables");
             CHECK(bench.run("release-catalog", {"export", "--folder", folder}).status == 0);
             CHECK(bench.folder.read("tables/albums.csv").starts_with("album_id,"));
         }},
        {command, "--sqlite",
         [] {
             const ToolBench& bench = recorded();
             const std::string file = bench.folder.file("tables.db");
             CHECK(bench.run("release-catalog", {"export", "--sqlite", file}).status == 0);
             CHECK(bench.folder.read("tables.db").starts_with("SQLite format 3"));
         }},
        {command, "--releases",
         [] {
             CHECK(found({"export", "--releases", "--album", k_rumours})[0]["releases"].size() ==
                   3);
             CHECK_FALSE(found({"export", "--album", k_rumours})[0].contains("releases"));
         }},
        {command, "--safe-csv", formulas_are_made_safe},
        {command, "--bom",
         [] {
             CHECK(exported({"--format", "csv", "--bom"}).starts_with("\xEF\xBB\xBF"));
             CHECK(recorded().run("release-catalog", {"export", "--bom"}).status == 2);
         }},
        {command, "--since", [] { is_since({"export"}, 31); }},
        {command, "--removed",
         [] {
             removed_is_shown({"export", "--what", "releases"});
         }},
    };
    for (const auto& some : {own, more_filters(command, {"export"}, 31, 3, 2)})
        rows.insert(rows.end(), some.begin(), some.end());
    return rows;
}

OptionRows change_rows() {
    const std::string command = "release-catalog changes";
    return {
        {command, "--album",
         [] {
             CHECK(in_followed({"changes"}) == 2);
             CHECK(in_followed({"changes", "--album", k_rumours}) == 2);
             CHECK(in_followed({"changes", "--album", k_in_rainbows}) == 0);
         }},
        {command, "--since",
         [] {
             CHECK(in_followed({"changes", "--since", "1d"}) == 2);
             CHECK(in_followed({"changes", "--since", "2999-01-01"}) == 0);
         }},
        {command, "--limit",
         [] {
             CHECK(in_followed({"changes", "--limit", "1"}) == 1);
         }},
    };
}

/// Rumours, with two releases that were kept back, and another album.
const ToolBench& odd() {
    static const ToolBench* const bench = [] {
        static ToolBench made;
        Json answer = recorded_answer(k_rumours);
        answer["releases"][0]["title"] = "";
        answer["releases"][1]["title"] = nullptr;
        std::filesystem::create_directory(made.folder.file("odd"));
        made.folder.write(std::string{"odd/"} + k_rumours + ".json", answer.dump());
        made.run("album-import", {k_rumours, k_in_rainbows});
        made.run("release-worker", {"run", "--source", "file:" + made.folder.file("odd")});
        return &made;
    }();
    return *bench;
}

std::size_t oddities(const Words& options) {
    const auto run = odd().run("release-catalog", Words{"oddities", "--json"} + options);
    check_quiet(run);
    return run.documents().size();
}

OptionRows oddity_rows() {
    const std::string command = "release-catalog oddities";
    return {
        {command, "--album",
         [] {
             CHECK(oddities({}) == 2);
             CHECK(oddities({"--album", k_rumours}) == 2);
             CHECK(oddities({"--album", k_in_rainbows}) == 0);
         }},
        {command, "--limit",
         [] {
             CHECK(oddities({"--limit", "1"}) == 1);
         }},
    };
}

void report_is_written() {
    const std::string folder = followed().folder.file("report");
    const auto pages = [&](const Words& more) {
        const auto run =
            followed().run("release-catalog", Words{"report", "--output", folder} + more);
        CHECK(run.status == 0);
        return followed().folder.read("report/data/albums-0.js");
    };
    const std::string without = pages({});
    CHECK(has(without, "Rumours"));
    CHECK(pages({"--removed"}).size() > without.size());
}

void catalogue_is_copied() {
    const std::string to = recorded().folder.file("copy.db");
    const auto run = recorded().run("release-catalog", {"copy", "--to", to});
    check_quiet(run);
    CHECK(has(run.out, "both are the same"));
    CHECK(recorded().run("release-catalog", {"albums", "--db", to}).out == text_of({"albums"}));
    std::filesystem::remove(to);
}

/// What is left of a copy is thrown away; copy_test.cpp has more.
void copy_begins_anew() {
    const ToolBench bench;
    const std::string to = bench.folder.file("copy.db");
    bench.run("album-import", {k_rumours});
    check_quiet(bench.run("release-catalog", {"copy", "--to", to, "--anew"}));
    check_refused(bench.run("release-catalog", {"copy", "--to", to, "--anew"}), 2, "not empty");
}

OptionRows upcoming_rows() {
    const std::string command = "release-catalog upcoming";
    const Words in_2007{"upcoming", "--today", "2007-12-30", "--artist", "radiohead"};
    return {
        {command, "--today",
         [] {
             CHECK(found({"upcoming"}).empty());
             CHECK(found({"upcoming", "--today", "1970-01-01"}).size() == 40);
         }},
        {command, "--within",
         [=] {
             CHECK(found(in_2007 + Words{"--within", "1d"}).size() == 1);
             CHECK(found(in_2007 + Words{"--within", "2d"}).size() == 2);
         }},
        {command, "--ical",
         [=] { CHECK(text_of(in_2007 + Words{"--ical"}).starts_with("BEGIN:VCALENDAR")); }},
        {command, "--atom",
         [=] { CHECK(text_of(in_2007 + Words{"--atom"}).starts_with("<?xml")); }},
    };
}

OptionRows list_rows() {
    const std::string albums = "release-catalog albums";
    const std::string releases = "release-catalog releases";
    OptionRows rows = album_filters(albums, {"albums"}, 31,
                                    {{"--artist", 2},
                                     {"--title", 4},
                                     {"--type", 5},
                                     {"--year", 1},
                                     {"--format", 7},
                                     {"--plain-format", 7},
                                     {"--country", 1},
                                     {"--status", 2},
                                     {"--label", 1},
                                     {"--catno", 1},
                                     {"--barcode", 1},
                                     {"--exclude", 12},
                                     {"--limit", 7}});
    const auto of_releases = album_filters(releases, {"releases"}, 41,
                                           {{"--album", 3},
                                            {"--artist", 4},
                                            {"--title", 5},
                                            {"--type", 6},
                                            {"--year", 3},
                                            {"--format", 9},
                                            {"--plain-format", 9},
                                            {"--country", 2},
                                            {"--status", 2},
                                            {"--label", 2},
                                            {"--catno", 1},
                                            {"--barcode", 1},
                                            {"--exclude", 15},
                                            {"--limit", 7}});
    for (const auto& some : {of_releases, more_filters(albums, {"albums"}, 31, 3, 2),
                             more_filters(releases, {"releases"}, 41, 3, 0),
                             table_rows(albums, {"albums"}, "first_release_date"),
                             table_rows(releases, {"releases"}, "date")})
        rows.insert(rows.end(), some.begin(), some.end());
    const auto ahead =
        album_filters("release-catalog upcoming", {"upcoming", "--today", "1970-01-01"}, 40,
                      {{"--artist", 4},
                       {"--title", 4},
                       {"--type", 6},
                       {"--year", 3},
                       {"--format", 9},
                       {"--plain-format", 9},
                       {"--country", 2},
                       {"--status", 2},
                       {"--label", 2},
                       {"--catno", 1},
                       {"--barcode", 1},
                       {"--exclude", 15},
                       {"--limit", 7}});
    const auto more_ahead =
        more_filters("release-catalog upcoming", {"upcoming", "--today", "1970-01-01"}, 40, 3, 0);
    rows.insert(rows.end(), more_ahead.begin(), more_ahead.end());
    rows.insert(rows.end(), ahead.begin(), ahead.end());
    const auto own_of_upcoming = upcoming_rows();
    rows.insert(rows.end(), own_of_upcoming.begin(), own_of_upcoming.end());
    const OptionRows own{
        {albums, "--since", [] { is_since({"albums"}, 31); }},
        {releases, "--since", [] { is_since({"releases"}, 41); }},
        {releases, "--removed", [] { removed_is_shown({"releases"}); }},
        {releases, "--tracks",
         [] {
             const Words one{"releases", "--limit", "1"};
             CHECK(found(one)[0]["media"][0]["tracks"].is_null());
             CHECK(found(one + Words{"--tracks"})[0]["media"][0]["tracks"].is_array());
         }},
        {"release-catalog search", "--limit",
         [] {
             counts({"search", "greatest", "hits"}, {"--limit", "2"}, 4, 2);
         }},
        {"release-catalog album", "--tracks",
         [] {
             const std::string tracks = "A2  Bodysnatchers (4:02)\n";
             CHECK_FALSE(has(text_of({"album", k_in_rainbows}), tracks));
             CHECK(has(text_of({"album", k_in_rainbows, "--tracks"}), tracks));
         }},
        {"release-catalog pick", "--prefer",
         [] {
             const Words pick{"pick", k_in_rainbows};
             CHECK(found(pick + Words{"--prefer", "format=vinyl"})[0]["release"]["format"] ==
                   "vinyl");
             CHECK(found(pick + Words{"--prefer", "format=cd"})[0]["release"]["format"] == "cd");
         }},
        {"release-catalog pick", "--exclude",
         [] {
             const Words pick{"pick", k_in_rainbows, "--prefer", "format=vinyl"};
             CHECK(found(pick + Words{"--exclude", "format=vinyl"})[0]["candidates"] == 2);
         }},
        {"release-catalog stats", "--recordings",
         [] {
             // So few are counted anyway; that many tracks would be left alone is the store's.
             CHECK(found({"stats", "--recordings"})[0]["recordings"] ==
                   found({"stats"})[0]["recordings"]);
         }},
        {"release-catalog copy", "--to", catalogue_is_copied},
        {"release-catalog copy", "--anew", copy_begins_anew},
        {"release-catalog report", "--output", report_is_written},
        {"release-catalog report", "--removed", report_is_written},
    };
    rows.insert(rows.end(), own.begin(), own.end());
    return rows;
}

}  // namespace

OptionRows catalog_option_rows() {
    OptionRows rows;
    for (const auto& some : {list_rows(), export_rows(), change_rows(), oddity_rows()})
        rows.insert(rows.end(), some.begin(), some.end());
    return rows;
}

}  // namespace pressings::test

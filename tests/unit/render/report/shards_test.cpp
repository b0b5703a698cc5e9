#include "render/report/shards.hpp"

#include <filesystem>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "render/report/records.hpp"
#include "support/samples.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
using namespace pressings::render::report;
using Json = nlohmann::json;

namespace {

const std::string k_hostile = "</script><b a='1' c=\"2\">&\u202Egpj\u2028\u2066\x1B[31m\xC3";

struct Folder {
    TemporaryFolder place;
    cli::ReportFolder report{place.file("report")};

    /// What the script of that name hands to report.js.
    Json handed_over(const std::string& name) {
        report.publish();
        const std::string script = place.read("report/data/" + name + ".js");
        const std::string begin = "shard(\"" + name + "\",";
        REQUIRE(script.starts_with(begin));
        REQUIRE(script.ends_with(");\n"));
        return Json::parse(script.substr(begin.size(), script.size() - begin.size() - 3));
    }
};

}  // namespace

TEST_CASE("A file of data hands over its records as JSON, behind one that is none") {
    Folder folder;
    Shards shards{folder.report};
    shards.add("albums", 3, R"({"i":1})");
    shards.add("albums", 3, R"({"i":4})");
    shards.finish();
    CHECK(folder.handed_over("albums-3") == Json::parse(R"([0,{"i":1},{"i":4}])"));
}

TEST_CASE("What is gathered is written out in between, and comes in order") {
    Folder folder;
    Shards shards{folder.report};
    const std::string record = '"' + std::string(1'000'000, 'x') + '"';
    for (int i = 0; i < 15; ++i) {
        shards.add("tracks", i % 2, record);
        shards.add("tracks", i % 2, std::to_string(i));
    }
    CHECK(folder.report.bytes() > 5'000'000);
    shards.finish();
    const Json handed = folder.handed_over("tracks-1");
    REQUIRE(handed.size() == 15);
    CHECK(handed[2] == 1);
    CHECK(handed[14] == 13);
    CHECK(folder.report.files() == 2);
}

TEST_CASE("Nothing from outside can end a script or hide in it") {
    store::AlbumRecord album;
    album.id = 1;
    album.album.title = k_hostile;
    album.album.artist_credit = credit(5, k_hostile);
    store::ReleaseRecord record;
    record.id = 2;
    record.release = release(7, k_hostile);
    record.release.media.front().format = k_hostile;
    record.release.media.front().tracks->front().title = k_hostile;
    record.release.barcode = k_hostile;
    Label label;
    label.mbid = mbid(8);
    label.name = k_hostile;
    record.release.label_info.push_back({label, k_hostile});
    record.release.events.push_back({std::nullopt, "GB", std::nullopt, k_hostile});
    Folder folder;
    Shards shards{folder.report};
    shards.add("albums", 0, album_record(album, {record}));
    shards.add("albums", 0, tracks_record(1, {record}));
    shards.add("albums", 0, list_record(album, {}));
    shards.add("albums", 0, artist_record(album.album.artist_credit.front().artist, album, {}));
    add_label_records(album, {record}, 1, shards);
    shards.finish();
    const std::string shown =
        "</script><b a='1' c=\"2\">&\\u{202E}gpj\\u{2028}\\u{2066}\\u{1B}[31m\\x{C3}";
    const Json handed = folder.handed_over("albums-0");
    CHECK(handed[1]["t"] == shown);
    CHECK(handed[1]["e"][0][3][0]["c"][0] == shown);
    CHECK(handed[2]["s"][0] == shown);
    CHECK(handed[3][1] == shown);
    CHECK(handed[4][1] == shown);
    for (const char* name : {"albums-0", "labels-0"}) {
        const std::string script = folder.place.read("report/data/" + std::string{name} + ".js");
        CHECK(script.find('<') == std::string::npos);
        for (const char* bare : {"\u2028", "\u202E", "\u2066", "\x1B"})
            CHECK(script.find(bare) == std::string::npos);
    }
}

TEST_CASE("There are few files for few albums, and not many more for very many") {
    store::CatalogueStats stats;
    stats.albums = 50;
    stats.releases = 500;
    stats.tracks = 6'000;
    const auto sum = [](const ShardCounts& counts) {
        return counts.albums + counts.tracks + counts.artists + counts.labels + counts.lists;
    };
    CHECK(sum(shard_counts(stats)) == 5);
    stats.albums = 100'000;
    stats.releases = 1'500'000;
    stats.tracks = 20'000'000;
    CHECK(sum(shard_counts(stats)) > 100);
    CHECK(sum(shard_counts(stats)) < 900);
    CHECK(sum(shard_counts(store::CatalogueStats{})) == 5);
}

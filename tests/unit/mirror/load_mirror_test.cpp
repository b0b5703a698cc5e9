#include "mirror/load/load_mirror.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "mirror/file/mirror.hpp"
#include "mirror_bench.hpp"

using namespace pressings;
using namespace pressings::mirror;
using namespace pressings::test;

TEST_CASE("A mirror gives each document of its dumps as it was published, byte by byte") {
    MirrorBench bench;
    const auto releases = genuine_releases();
    const auto groups = genuine_groups();
    const auto loaded = bench.load({bench.releases(releases), bench.groups(groups)});
    REQUIRE(loaded.size() == 2);
    CHECK(loaded[0].documents == static_cast<std::int64_t>(releases.size()));
    CHECK(loaded[1].documents == static_cast<std::int64_t>(groups.size()));
    const Mirror mirror{bench.file};
    for (const std::string& release : releases)
        CHECK(mirror.release(id_of(release)) == release);
    for (const std::string& group : groups)
        CHECK(mirror.release_group(id_of(group)) == group);
}

TEST_CASE("A mirror finds all releases of a group, and the group of a release") {
    MirrorBench bench;
    bench.load({bench.releases(genuine_releases())});
    const Mirror mirror{bench.file};
    CHECK(mirror.releases_of(mbid("416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6")).size() == 3);
    CHECK(mirror.releases_of(mbid("3822abb6-ca53-3ae1-a4ec-7718cb321e9b")).size() == 4);
    CHECK(mirror.group_with(mbid("5c976ee2-d4d4-4932-8f16-54f2b50f8ac5")) ==
          mbid("416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6"));
    const Mbid nowhere = mbid("01234567-0123-4123-8123-012345678901");
    CHECK(mirror.releases_of(nowhere).empty());
    CHECK(mirror.release(nowhere) == std::nullopt);
    CHECK(mirror.release_group(nowhere) == std::nullopt);
    CHECK(mirror.group_with(nowhere) == std::nullopt);
}

TEST_CASE("A dump is known by its content, however it is packed and called") {
    const auto releases = genuine_releases();
    for (const char* name :
         {"a.tar.xz", "a.tar.bz2", "a.tar.gz", "a.tar.zst", "a.tar", "release"}) {
        CAPTURE(name);
        MirrorBench bench;
        const std::string dump = write_dump(bench.folder.file(name), releases);
        const std::string renamed = bench.folder.file("what");
        std::filesystem::rename(dump, renamed);
        CHECK(bench.load({renamed}).front().documents ==
              static_cast<std::int64_t>(releases.size()));
        CHECK(Mirror{bench.file}.release(id_of(releases.front())) == releases.front());
    }
}

TEST_CASE("A mirror knows when its dump was made, and what is in it") {
    MirrorBench bench;
    bench.load({bench.releases(genuine_releases()), bench.groups(genuine_groups())});
    const MirrorFacts facts = Mirror{bench.file}.facts();
    REQUIRE(facts.releases);
    REQUIRE(facts.release_groups);
    CHECK(facts.releases->timestamp == "2026-07-01 00:00:03.123456+00");
    CHECK(facts.releases->snapshot_ms == parse_time("2026-07-01T00:00:03.123Z"));
    CHECK(facts.releases->replication_sequence == 175000);
    CHECK(facts.releases->documents == static_cast<std::int64_t>(genuine_releases().size()));
    CHECK(facts.releases->json_bytes > 3 * facts.releases->packed_bytes);
    CHECK(facts.dictionary_bytes > 0);
    CHECK(facts.groups_of_releases == facts.release_groups->documents);
    CHECK(facts.releases_without_group == 0);
    CHECK(facts.groups_without_releases == 0);
    CHECK(facts.artists > 10);
}

TEST_CASE("The dumps of each kind may come one after the other, in any order") {
    MirrorBench bench;
    const auto releases = genuine_releases();
    const auto groups = genuine_groups();
    bench.load({bench.groups(groups)});
    CHECK_FALSE(Mirror{bench.file}.facts().releases);
    bench.load({bench.releases(releases)});
    const Mirror mirror{bench.file};
    const MirrorFacts facts = mirror.facts();
    CHECK(facts.releases->documents == static_cast<std::int64_t>(releases.size()));
    CHECK(facts.release_groups->documents == static_cast<std::int64_t>(groups.size()));
    CHECK(mirror.release_group(id_of(groups.front())) == groups.front());
    CHECK(mirror.groups_named({"rumours", "fleetwood mac", {}}, 10).size() == 1);
    bench.load({bench.groups(groups)});
    CHECK(mirror.release(id_of(releases.front())) == releases.front());
    CHECK(mirror.facts().releases->documents == facts.releases->documents);
}

TEST_CASE("A newer dump replaces what changed and drops what vanished") {
    MirrorBench bench;
    auto releases = genuine_releases();
    const std::string fresh = releases.back();
    releases.pop_back();
    bench.load({bench.releases(releases)});
    const Mirror mirror{bench.file};
    const std::string gone = releases.back();
    releases.pop_back();
    const std::string before = releases.front();
    releases.front() = with_title(before, "Another title");
    releases.push_back(fresh);
    const auto loaded = bench.load({bench.releases(releases)});
    CHECK(loaded.front().changes.vanished == 1);
    CHECK(loaded.front().changes.added == 1);
    CHECK(mirror.release(id_of(gone)) == std::nullopt);
    CHECK(mirror.release(id_of(before)) == releases.front());
}

TEST_CASE("Names find groups by all their words, whatever case, diacritics and small words") {
    MirrorBench bench;
    bench.load({bench.groups(genuine_groups())});
    const Mirror mirror{bench.file};
    const auto found = [&](const NameQuery& query) {
        return mirror.groups_named(query, 10).size();
    };
    CHECK(found({"In Rainbows", "Radiohead", {}}) == 1);
    CHECK(found({"the IN RAINBOWS", "radiohead", {}}) == 1);
    CHECK(found({"beyonce", "", {}}) == 1);
    CHECK(found({"三毒史", "", {}}) == 1);
    CHECK(found({"In Rainbows", "Portishead", {}}) == 0);
    CHECK(found({"Greatest Hits", "", {}}) >= 3);
    const Mbid queen = mbid("0383dadf-2a4e-4d10-a46a-e9e041da8eb3");
    CHECK(found({"Greatest Hits", "", queen}) == 2);
    CHECK(found({"In Rainbows", "", queen}) == 0);
    CHECK(found({"\" OR titles:*", "", {}}) == 0);
    CHECK(found({"", "", {}}) == 0);
}

TEST_CASE("A title without any word is found by being equal") {
    MirrorBench bench;
    auto groups = genuine_groups();
    groups.front() = with_title(groups.front(), "( )");
    bench.load({bench.groups(groups)});
    const Mirror mirror{bench.file};
    CHECK(mirror.groups_named({"( )", "", {}}, 10) == std::vector{groups.front()});
    CHECK(mirror.groups_named({"!!!", "", {}}, 10).empty());
}

TEST_CASE("All groups of an artist are found by the artist's MBID") {
    MirrorBench bench;
    bench.load({bench.groups(genuine_groups())});
    const Mirror mirror{bench.file};
    const Mbid radiohead = mbid("a74b1b7f-71a5-4011-9441-d0b5e4122711");
    CHECK(mirror.groups_of(radiohead).size() == 2);
    CHECK(mirror.groups_of(mbid("01234567-0123-4123-8123-012345678901")).empty());
}

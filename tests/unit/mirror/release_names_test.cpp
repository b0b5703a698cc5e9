#include <algorithm>

#include <doctest/doctest.h>

#include "mirror/file/mirror.hpp"
#include "mirror_bench.hpp"

using namespace pressings;
using namespace pressings::mirror;
using namespace pressings::test;

namespace {

/// A mirror of one release that is called otherwise than its group.
struct RenamedBench : MirrorBench {
    RenamedBench() {
        releases_there = genuine_releases();
        renamed = with_title(releases_there[3], "Quite Another Name");
        releases_there[3] = renamed;
    }

    std::vector<std::string> named(const std::string& title) const {
        return Mirror{file}.releases_named({title, "", {}}, 10);
    }

    std::vector<std::string> releases_there;
    std::string renamed;
};

}  // namespace

TEST_CASE("A release that is called otherwise than its group is found by its own title") {
    RenamedBench bench;
    bench.load({bench.releases(bench.releases_there)});
    CHECK(bench.named("quite another name") == std::vector{bench.renamed});
    CHECK(bench.named("quite another").size() == 1);
    CHECK(bench.named("quite another name indeed").empty());
}

TEST_CASE("An incremental dump changes by which title a release is found") {
    RenamedBench bench;
    bench.load({bench.releases(bench.releases_there)});
    DumpForm form;
    form.replication_sequence = "175001";
    bench.load_incremental({bench.releases({with_title(bench.renamed, "Renamed Again")}, form)});
    CHECK(bench.named("quite another name").empty());
    CHECK(bench.named("renamed again").size() == 1);
}

TEST_CASE("The titles of releases are taken over when groups alone are loaded anew") {
    RenamedBench bench;
    bench.load({bench.releases(bench.releases_there)});
    bench.load({bench.groups(genuine_groups())});
    CHECK(bench.named("quite another name").size() == 1);
}

TEST_CASE("Groups are near that share beginnings of words with title and artist") {
    const MirrorBench bench;
    bench.load({bench.releases(genuine_releases()), bench.groups(genuine_groups())});
    const Mirror mirror{bench.file};
    const auto all = mirror.groups_named({"rumours", "", {}}, 10);
    REQUIRE_FALSE(all.empty());
    const auto near = mirror.groups_near({"Rumors", "Fleetwod Mac", {}}, 10);
    CHECK(std::find(near.begin(), near.end(), all[0]) != near.end());
    CHECK(mirror.groups_near({"?", "", {}}, 10).empty());
}

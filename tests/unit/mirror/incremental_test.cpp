#include <algorithm>
#include <filesystem>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "mirror/dump/dump_error.hpp"
#include "mirror/file/mirror.hpp"
#include "mirror/ws2/lucene_query.hpp"
#include "mirror_bench.hpp"

using namespace pressings;
using namespace pressings::mirror;
using namespace pressings::test;

namespace {

DumpForm packet(const char* number) {
    DumpForm form;
    form.replication_sequence = number;
    return form;
}

/// A mirror at packet 175000, and what changed since.
struct GrowingBench : MirrorBench {
    GrowingBench() {
        all = genuine_releases();
        newest = all.back();
        all.pop_back();
        groups_before = genuine_groups();
        load({releases(all), groups(groups_before)});
    }

    std::vector<std::string> all;
    std::vector<std::string> groups_before;
    std::string newest;
};

}  // namespace

TEST_CASE("An incremental dump is put on top: what it has is new or replaced, the rest stays") {
    GrowingBench bench;
    const Mirror mirror{bench.file};
    const std::string changed = with_title(bench.all[5], "Changed");
    const auto loaded = bench.load_incremental(
        {bench.releases({changed, bench.newest, bench.all[6]}, packet("175001"))});
    CHECK(loaded.front().changes.added == 1);
    CHECK(loaded.front().changes.replaced == 1);
    CHECK(loaded.front().changes.unchanged == 1);
    CHECK(mirror.release(id_of(changed)) == changed);
    CHECK(mirror.release(id_of(bench.newest)) == bench.newest);
    CHECK(mirror.release(id_of(bench.all[7])) == bench.all[7]);
    const MirrorFacts facts = mirror.facts();
    CHECK(facts.releases->documents == static_cast<std::int64_t>(bench.all.size()) + 1);
    CHECK(facts.releases->replication_sequence == 175001);
    CHECK(facts.releases->incremental_dumps == 1);
    CHECK(facts.release_groups->replication_sequence == 175000);
    CHECK_FALSE(std::filesystem::exists(bench.file + ".loading"));
}

TEST_CASE("A release that has moved is found with its new group and not with its old one") {
    GrowingBench bench;
    const std::string release = bench.all[0];
    const Mbid from = mbid(nlohmann::json::parse(release)["release-group"]["id"]);
    const Mbid to = id_of(bench.groups_before.back());
    auto moved = nlohmann::ordered_json::parse(release);
    moved["release-group"]["id"] = to.to_string();
    const auto count = [&](const Mbid& group) {
        return Mirror{bench.file}.releases_of(group).size();
    };
    const auto from_before = count(from);
    const auto to_before = count(to);
    bench.load_incremental({bench.releases({moved.dump()}, packet("175001"))});
    CHECK(count(from) == from_before - 1);
    CHECK(count(to) == to_before + 1);
}

TEST_CASE("A group that was renamed is found by its new name alone") {
    GrowingBench bench;
    const std::string group = *std::find_if(
        bench.groups_before.begin(), bench.groups_before.end(),
        [](const std::string& json) { return json.find("\"Rumours\"") != std::string::npos; });
    bench.load_incremental({bench.groups({with_title(group, "Hearsay")}, packet("175001"))});
    const Mirror mirror{bench.file};
    CHECK(mirror.release_group(id_of(group)) == with_title(group, "Hearsay"));
    CHECK(mirror.groups_named({"Rumours", "Fleetwood Mac", {}}, 10).empty());
    CHECK(mirror.groups_named({"Hearsay", "Fleetwood Mac", {}}, 10).size() == 1);
}

TEST_CASE("A search counts no name that a group had before") {
    GrowingBench bench;
    const std::string group = *std::find_if(
        bench.groups_before.begin(), bench.groups_before.end(),
        [](const std::string& json) { return json.find("\"Rumours\"") != std::string::npos; });
    bench.load_incremental({bench.groups({with_title(group, "Hearsay")}, packet("175001"))});
    const Mirror mirror{bench.file};
    CHECK(mirror.search_groups(*full_text_of_lucene("releasegroup:rumours"), 0, 10).count == 0);
    CHECK(mirror.search_groups(*full_text_of_lucene("releasegroup:hearsay"), 0, 10).count == 1);
}

TEST_CASE("Incremental dumps must follow each other, unless a gap is allowed") {
    GrowingBench bench;
    const auto refused = [&](const char* number, const char* problem) {
        CAPTURE(number);
        CHECK_THROWS_WITH_AS(
            bench.load_incremental({bench.releases({bench.newest}, packet(number))}),
            doctest::Contains(problem), DumpError);
        CHECK(Mirror{bench.file}.release(id_of(bench.newest)) == std::nullopt);
    };
    refused("174999", "has packet 175000 already");
    refused("175000", "has packet 175000 already");
    refused("175002", "load those between first");
    refused("175003", "load those between first");
    refused("", "REPLICATION_SEQUENCE");
    LoadOptions order;
    order.mirror = bench.file;
    order.dumps = {bench.releases({bench.newest}, packet("175003"))};
    order.manner = LoadOptions::Manner::incremental;
    order.gap = LoadOptions::Gap::allow;
    load_mirror(order, system_clock());
    CHECK(Mirror{bench.file}.release(id_of(bench.newest)) == bench.newest);
}

TEST_CASE("Several incremental dumps go on in one load, in the order told") {
    GrowingBench bench;
    const auto dump = [&](const char* file, const std::string& document, const char* number) {
        return write_dump(bench.folder.file(file), {document}, packet(number));
    };
    const std::string later = with_title(bench.newest, "Later");
    bench.load_incremental(
        {dump("1.tar.xz", bench.newest, "175001"), dump("2.tar.xz", later, "175002")});
    const Mirror mirror{bench.file};
    CHECK(mirror.release(id_of(later)) == later);
    CHECK(mirror.facts().releases->incremental_dumps == 2);
}

TEST_CASE("An incremental dump needs a full one before it") {
    MirrorBench bench;
    const std::string dump = bench.releases(genuine_releases(), packet("175001"));
    CHECK_THROWS_WITH_AS(bench.load_incremental({dump}), doctest::Contains("full dump"), Error);
    bench.load({dump});
    CHECK_THROWS_WITH_AS(bench.load_incremental({bench.groups(genuine_groups(), packet("175001"))}),
                         doctest::Contains("has no release-groups"), DumpError);
}

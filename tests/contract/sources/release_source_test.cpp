#include "source/release_source.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "mirror/load/load_mirror.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/temporary_folder.hpp"

// What every source must do, each over the same genuine releases. A new one is a line in
// `sources()`.

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

const std::string k_recorded = PRESSINGS_TEST_DATA "/musicbrainz/recorded";

struct NamedSource {
    const char* name;
    std::unique_ptr<ReleaseSource> source;
};

/// A mirror of a dump of the same releases.
std::string mirror_file() {
    static const TemporaryFolder folder;
    static const std::string file = [] {
        const std::string dump = write_dump(folder.file("release.tar.xz"), genuine_releases());
        mirror::load_mirror({folder.file("mirror.db"), {dump}, {}, {}, {}}, system_clock());
        return folder.file("mirror.db");
    }();
    return file;
}

MusicBrainzServer& server() {
    static MusicBrainzServer server;
    static const bool filled = (server.add_folder(k_recorded), true);
    static_cast<void>(filled);
    return server;
}

std::vector<NamedSource> sources() {
    SourceOptions options;
    options.user_agent = "pressings-tests/0 (tests@example.org)";
    std::vector<NamedSource> sources;
    sources.push_back({"recorded answers", make_source("file:" + k_recorded, options)});
    sources.push_back({"web service", make_source(server().root(), options)});
    sources.push_back({"mirror", make_source("mirror:" + mirror_file(), options)});
    return sources;
}

std::vector<Mbid> recorded_groups() {
    std::vector<Mbid> groups;
    for (const auto& entry : std::filesystem::directory_iterator{k_recorded}) {
        groups.push_back(Mbid::parse(entry.path().stem().string()).value());
    }
    return groups;
}

/// Sorted, for a source gives them in no order.
std::vector<Release> sorted_releases(ReleaseSource& source, const Mbid& group) {
    auto releases = source.releases_of(group, {}).releases;
    std::sort(releases.begin(), releases.end(),
              [](const Release& a, const Release& b) { return a.mbid < b.mbid; });
    return releases;
}

SourceError error_of(ReleaseSource& source, const Mbid& group, const std::stop_token& stop) {
    try {
        source.releases_of(group, stop);
    } catch (const SourceError& error) {
        return error;
    }
    return {ErrorKind::permanent, "none", "no error"};
}

}  // namespace

TEST_CASE("all sources give the same releases of a group, field by field") {
    const auto all = sources();
    const auto groups = recorded_groups();
    REQUIRE(groups.size() > 30);
    for (const Mbid& group : groups) {
        CAPTURE(group.to_string());
        const auto expected = sorted_releases(*all.front().source, group);
        CHECK(!expected.empty());
        for (const NamedSource& other : all) {
            CAPTURE(other.name);
            CHECK(sorted_releases(*other.source, group) == expected);
        }
    }
}

TEST_CASE("all sources give the same facts of a group") {
    const auto all = sources();
    for (const Mbid& group : recorded_groups()) {
        CAPTURE(group.to_string());
        const auto expected = all.front().source->releases_of(group, {}).release_group;
        REQUIRE(expected);
        CHECK(expected->mbid == group);
        for (const NamedSource& other : all) {
            CHECK(other.source->releases_of(group, {}).release_group == expected);
        }
    }
}

TEST_CASE("a source says how much it asked for") {
    for (const NamedSource& each : sources()) {
        CAPTURE(each.name);
        CHECK(each.source->releases_of(recorded_groups().front(), {}).requests == 1);
    }
}

TEST_CASE("a group that a source does not have is not found, for good") {
    const Mbid nowhere = Mbid::parse("01234567-0123-4123-8123-012345678901").value();
    for (const NamedSource& each : sources()) {
        CAPTURE(each.name);
        const SourceError error = error_of(*each.source, nowhere, {});
        CHECK(error.code == "not_found");
        CHECK(error.kind == ErrorKind::permanent);
        CHECK(std::string{error.what()}.find(nowhere.to_string()) != std::string::npos);
    }
}

TEST_CASE("a source that is asked to stop does") {
    std::stop_source stop;
    stop.request_stop();
    for (const NamedSource& each : sources()) {
        CAPTURE(each.name);
        const SourceError error =
            error_of(*each.source, recorded_groups().front(), stop.get_token());
        CHECK(error.kind == ErrorKind::stopped);
        CHECK(error.code == "stopped");
    }
}

TEST_CASE(
    "all sources list the same releases of many groups, and leave out what they do not know") {
    auto groups = recorded_groups();
    const Mbid nowhere = Mbid::parse("01234567-0123-4123-8123-012345678901").value();
    groups.push_back(nowhere);
    for (const NamedSource& each : sources()) {
        CAPTURE(each.name);
        const auto listed = each.source->listings_of(groups, {}).groups;
        CHECK(listed.size() == groups.size() - 1);
        for (const auto& one : listed) {
            std::vector<Mbid> known;
            for (const Release& release : sorted_releases(*each.source, one.release_group))
                known.push_back(release.mbid);
            CHECK(compare_editions(&one, known) == EditionsVerdict::same);
        }
    }
}

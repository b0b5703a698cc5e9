// What is imported from a mirror is what would have been imported from the web service when its
// dump was made: every genuine release, both ways, as the catalogue prints it.
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "mirror/load/load_mirror.hpp"
#include "render/catalogue_json.hpp"
#include "source/release_source.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::ordered_json;

namespace {

/// The group's releases in a fresh catalogue, by MBID, and under "" the album.
std::map<std::string, Json> imported(source::ReleaseSource& source, const Mbid& group) {
    OpenCatalogue catalogue;
    AlbumRequest request;
    request.album.mbid = group;
    const auto added = catalogue.add(request);
    auto found = source.releases_of(group, {});
    const store::Import import{catalogue.claim().front(), std::move(found.release_group),
                               std::move(found.releases), found.requests};
    REQUIRE(catalogue.store->queue().complete({&import, 1}).front().accepted);
    std::map<std::string, Json> stored;
    for (const auto& release : catalogue.releases(*added.album_id)) {
        stored[release.release.mbid.to_string()] = render::release_json(release);
    }
    stored[""] = render::album_json(*catalogue.store->catalogue().album(*added.album_id));
    for (auto& [mbid, json] : stored) {
        json.erase("release_id");  // goes by the order of writing
    }
    return stored;
}

}  // namespace

TEST_CASE("A mirror imports exactly what the web service does, for every genuine release") {
    const auto releases = genuine_releases();
    const auto groups = genuine_groups();
    REQUIRE(releases.size() > 200);
    MusicBrainzServer server{MusicBrainzServer::KeepAlive::yes};
    server.change([&](ServedReleases& served) {
        for (const std::string& release : releases)
            served.add_release(release);
    });
    const TemporaryFolder folder;
    DumpForm of_groups;
    of_groups.kind = "release-group";
    mirror::LoadOptions order;
    order.mirror = folder.file("mirror.db");
    order.dumps = {write_dump(folder.file("release.tar.xz"), releases),
                   write_dump(folder.file("release-group.tar.xz"), groups, of_groups)};
    load_mirror(order, system_clock());

    source::SourceOptions options;
    options.user_agent = "pressings-tests/0 (tests@example.org)";
    const auto service = source::make_source(server.root(), options);
    const auto mirror = source::make_source("mirror:" + order.mirror, options);
    std::size_t compared = 0;
    for (const std::string& json : groups) {
        const Mbid group = Mbid::parse(Json::parse(json)["id"].get<std::string>()).value();
        CAPTURE(group.to_string());
        const auto from_service = imported(*service, group);
        const auto from_mirror = imported(*mirror, group);
        CHECK(from_mirror == from_service);
        compared += from_mirror.size() - 1;
    }
    CHECK(compared == releases.size());
}

// Albums that are known by what stands on a copy of them.
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using Kind = IdentifierKind;

namespace {

AlbumRequest known_by(std::vector<Identifier> identifiers) {
    AlbumRequest request;
    request.identifiers = std::move(identifiers);
    return request;
}

AlbumRequest named_and_known_by(const std::string& title, std::vector<Identifier> identifiers) {
    AlbumRequest request = named_request("Weezer", title);
    request.identifiers = std::move(identifiers);
    return request;
}

std::string status_of(OpenCatalogue& catalogue, const AlbumRequest& request) {
    return std::string{to_string(catalogue.add(request).status)};
}

void check_sound(OpenCatalogue& catalogue) {
    for (const auto& fault : catalogue.store->maintenance().check().faults)
        FAIL_CHECK(fault.what);
}

}  // namespace

TEST_CASE("A barcode is one album and one job, however it is written") {
    OpenCatalogue catalogue;
    const auto first = catalogue.add(known_by({{Kind::barcode, "075990301024"}}));
    CHECK(first.status == AddStatus::created);
    REQUIRE(first.job_id);
    const auto second = catalogue.add(known_by({{Kind::barcode, "0075990301024"}}));
    CHECK(second.status == AddStatus::exists);
    CHECK(second.album_id == first.album_id);
    CHECK(second.job_id == first.job_id);
    CHECK(status_of(catalogue, known_by({{Kind::barcode, "724382975229"}})) == "created");
    check_sound(catalogue);
}

TEST_CASE("A catalogue number is told apart by its label and by the name beside it") {
    OpenCatalogue catalogue;
    CHECK(status_of(catalogue, known_by({{Kind::catno, "001"}})) == "created");
    CHECK(status_of(catalogue, known_by({{Kind::catno, " 0-0-1"}})) == "exists");
    CHECK(status_of(catalogue, known_by({{Kind::catno, "001", {"Harvest"}}})) == "created");
    CHECK(status_of(catalogue, known_by({{Kind::catno, "001", {"harvest"}}})) == "exists");
    CHECK(status_of(catalogue, named_and_known_by("Weezer", {{Kind::catno, "001"}})) == "created");
}

TEST_CASE("Albums of one name and different barcodes are different albums until they are found") {
    OpenCatalogue catalogue;
    const auto blue = named_and_known_by("Weezer", {{Kind::barcode, "720642462928"}});
    const auto green = named_and_known_by("Weezer", {{Kind::barcode, "606949304522"}});
    CHECK(status_of(catalogue, blue) == "created");
    CHECK(status_of(catalogue, green) == "created");
    CHECK(status_of(catalogue, blue) == "exists");
}

TEST_CASE("The worker is told all of them, the surest first, and the name") {
    OpenCatalogue catalogue;
    catalogue.add(named_and_known_by("Pinkerton", {{Kind::discogs_release, "7"},
                                                   {Kind::barcode, "720642500729"},
                                                   {Kind::catno, "GED 25007", {"DGC", "Geffen"}}}));
    const auto job = catalogue.claim().front();
    REQUIRE(job.identifiers.size() == 3);
    CHECK(job.identifiers[0] == Identifier{Kind::discogs_release, "7"});
    CHECK(job.identifiers[2] == Identifier{Kind::catno, "GED 25007", {"DGC", "Geffen"}});
    CHECK(job.album.title == "Pinkerton");
    CHECK(described(job) == "album 1 (Pinkerton)");
}

TEST_CASE("One without a name is described by its identifier") {
    OpenCatalogue catalogue;
    catalogue.add(known_by({{Kind::barcode, "720642500729"}}));
    CHECK(described(catalogue.claim().front()) == "album 1 (barcode 720642500729)");
}

TEST_CASE("A record that tells more of an album adds it, while the album is looked for") {
    OpenCatalogue catalogue;
    const Identifier barcode{Kind::barcode, "720642500729"};
    catalogue.add(known_by({barcode}));
    const auto more =
        catalogue.add(named_and_known_by("Pinkerton", {barcode, {Kind::catno, "GED 25007"}}));
    CHECK(more.status == AddStatus::updated);
    CHECK(more.updated == std::vector<std::string>{"title", "artists", "catno"});
    const auto job = catalogue.claim().front();
    CHECK(job.identifiers.size() == 2);
    CHECK(job.album.title == "Pinkerton");
    CHECK(catalogue.add(known_by({barcode, {Kind::catno, "ged25007"}})).status ==
          AddStatus::exists);
    catalogue.complete(job, {release(1, "Pinkerton")});
    check_sound(catalogue);
}

TEST_CASE("Two barcodes of one release group become one album, and both still find it") {
    OpenCatalogue catalogue;
    catalogue.add(known_by({{Kind::barcode, "720642500729"}}));
    catalogue.add(known_by({{Kind::barcode, "720642462928"}}));
    Album group;
    group.mbid = mbid(7);
    group.title = "Weezer";
    for (const ClaimedJob& job : catalogue.claim(2))
        catalogue.complete_as(job, group, {release(1, "Weezer")});
    const auto first = catalogue.add(known_by({{Kind::barcode, "720642500729"}}));
    const auto second = catalogue.add(known_by({{Kind::barcode, "720642462928"}}));
    CHECK(first.status == AddStatus::exists);
    CHECK(first.album_id == second.album_id);
    CHECK(first.mbid == mbid(7));
    check_sound(catalogue);
}

TEST_CASE("What a preview says is what happens") {
    OpenCatalogue catalogue;
    const std::vector requests{known_by({{Kind::barcode, "720642500729"}}),
                               known_by({{Kind::barcode, "0720642500729"}})};
    for (int round = 0; round < 2; ++round) {
        const auto seen = round == 0 ? catalogue.store->albums().preview_albums(requests, {})
                                     : catalogue.store->albums().add_albums(requests, {});
        CHECK(seen[0].status == AddStatus::created);
        CHECK(seen[1].status == AddStatus::exists);
    }
}

TEST_CASE("With a Discogs release come those of the next albums, until they are found") {
    OpenCatalogue catalogue;
    for (int i = 1; i <= 60; ++i)
        catalogue.add(known_by({{Kind::discogs_release, std::to_string(1000 + i)}}));
    catalogue.add(known_by({{Kind::barcode, "720642500729"}}));
    const auto first = catalogue.claim().front();
    REQUIRE(first.next_identifiers.size() == 49);
    CHECK(first.next_identifiers[0].value == "1002");
    Album group;
    group.mbid = mbid(7);
    const auto second = catalogue.claim().front();
    catalogue.complete_as(second, group, {});
    const auto third = catalogue.claim().front();
    CHECK(third.identifiers.front().value == "1003");
    CHECK(third.next_identifiers.front().value == "1004");
    catalogue.apply(first.id, store::JobAction::cancel);
}

TEST_CASE("A collection is queued once, and its albums get jobs where it was queued") {
    OpenCatalogue catalogue;
    const auto add = [&](JobKind kind) {
        return catalogue.store->albums().add_list(kind, mbid(5), "slow", 3, store::Mode::write);
    };
    CHECK(add(JobKind::collection).status == AddStatus::created);
    CHECK(add(JobKind::collection).status == AddStatus::exists);
    CHECK(add(JobKind::series).status == AddStatus::created);
    const auto job = catalogue.claim().front();
    CHECK(job.kind == JobKind::collection);
    CHECK(described(job) == "collection " + mbid(5).to_string());
    store::Discography found;
    found.albums.emplace_back().mbid = mbid(7);
    found.releases = {mbid(8)};
    const auto result = catalogue.store->queue().complete(store::Finding{job, found, 1});
    CHECK(result.accepted);
    CHECK(result.counts[0].count == 2);
    CHECK(result.counts[1].count == 2);
    CHECK(catalogue.job(3).queue == "slow");
    check_sound(catalogue);
}

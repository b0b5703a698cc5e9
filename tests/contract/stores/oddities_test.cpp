#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

Oddity oddity(const std::optional<Mbid>& release, const std::string& field = "status",
              int reader = 1) {
    return {release, field, "7", "is not a string", reader};
}

/// A catalogue with one album, which has the releases 5 and 6.
struct OddCatalogue : OpenCatalogue {
    OddCatalogue() {
        album_id = *add(album_request(1)).album_id;
        complete(claim().front(), {release(5, "Five"), release(6, "Six")});
    }

    store::AttemptResult import(std::vector<Release> releases, std::vector<Oddity> oddities,
                                bool lists_all = true) {
        store->albums().refresh_albums({}, 0, 10, store::Mode::write);
        store::Import import{claim().front(), {}, std::move(releases), 1};
        import.oddities = std::move(oddities);
        import.lists_all = lists_all;
        import.reader = 1;
        return store->queue().complete({&import, 1}).front();
    }

    std::vector<store::OddityRecord> oddities() {
        std::vector<store::OddityRecord> all;
        store->catalogue().oddities({album_id, 0},
                                    [&](const auto& record) { all.push_back(record); });
        return all;
    }

    bool is_sound() { return store->maintenance().check().faults.empty(); }

    std::int64_t album_id = 0;
};

}  // namespace

TEST_CASE("A release that is listed and odd keeps what is stored of it, and is not removed") {
    OddCatalogue catalogue;
    const auto report = catalogue.import({release(5, "Five")}, {oddity(mbid(6)), oddity(mbid(7))});
    CHECK(report.releases == ReleaseCounts{1, 0, 0, 1, 0});
    CHECK(report.oddities.size() == 2);
    const auto stored = catalogue.releases(catalogue.album_id);
    REQUIRE(stored.size() == 2);
    CHECK(stored[1].release == release(6, "Six"));
    CHECK_FALSE(stored[1].removed_at_ms);

    const auto oddities = catalogue.oddities();
    REQUIRE(oddities.size() == 2);
    CHECK(oddities[0].oddity == oddity(mbid(6)));
    CHECK(oddities[0].release_title == "Six");
    CHECK(oddities[0].album_mbid == mbid(1));
    CHECK(oddities[0].at_ms == catalogue.clock.now);
    CHECK(oddities[1].release_title == std::nullopt);
    CHECK(catalogue.store->jobs().status().oddities == 2);
    CHECK(catalogue.is_sound());
}

TEST_CASE("Each import replaces an album's oddities; what stays the same keeps its time") {
    OddCatalogue catalogue;
    const Millis first = catalogue.clock.now;
    catalogue.import({release(5, "Five")}, {oddity(mbid(6))});
    catalogue.clock.now += 1'000;
    catalogue.import({release(5, "Five")}, {oddity(mbid(6))});
    CHECK(catalogue.oddities().front().at_ms == first);
    catalogue.import({release(5, "Five")}, {oddity(mbid(6), "title")});
    REQUIRE(catalogue.oddities().size() == 1);
    CHECK(catalogue.oddities().front().oddity.field == "title");
    CHECK(catalogue.oddities().front().at_ms == first + 1'000);
    catalogue.import({release(5, "Five"), release(6, "Six")}, {});
    CHECK(catalogue.oddities().empty());
    CHECK(catalogue.store->jobs().status().oddities == 0);
    CHECK(catalogue.is_sound());
}

TEST_CASE("Where an MBID could not be read, no release is taken for removed") {
    OddCatalogue catalogue;
    const auto report = catalogue.import({release(5, "Five")}, {oddity({}, "id")}, false);
    CHECK(report.releases.removed == 0);
    CHECK_FALSE(catalogue.releases(catalogue.album_id)[1].removed_at_ms);
    CHECK(catalogue.import({release(5, "Five")}, {}).releases.removed == 1);
}

TEST_CASE("A release that is somewhere, though nobody knows where, is not removed") {
    OddCatalogue catalogue;
    catalogue.store->albums().refresh_albums({}, 0, 10, store::Mode::write);
    store::Import import{catalogue.claim().front(), {}, {release(5, "Five")}, 1};
    import.fates = {{ mbid(6), mbid(6), std::nullopt }};
    CHECK(catalogue.store->queue().complete({&import, 1}).front().releases.removed == 0);
    CHECK_FALSE(catalogue.releases(catalogue.album_id)[1].removed_at_ms);
}

TEST_CASE("A release that the schema forbids is kept back, and the others are written") {
    OddCatalogue catalogue;
    Release doubled = release(6, "Doubled");
    doubled.artist_credit = credit(900, "New to us");
    for (Track& track : *doubled.media.front().tracks)
        track.artist_credit = track.recording->artist_credit = doubled.artist_credit;
    doubled.media.push_back(doubled.media.front());
    Release after = release(7, "After it");
    after.artist_credit = doubled.artist_credit;
    const auto report = catalogue.import({doubled, after, release(5, "Five")}, {});
    CHECK(report.accepted);
    CHECK(report.releases == ReleaseCounts{2, 1, 0, 1, 0});
    REQUIRE(report.oddities.size() == 1);
    CHECK(report.oddities.front().release == mbid(6));
    CHECK(report.oddities.front().problem.starts_with("is refused by the catalogue: "));
    CHECK(catalogue.oddities().front().oddity == report.oddities.front());
    const auto stored = catalogue.releases(catalogue.album_id);
    REQUIRE(stored.size() == 3);
    CHECK(stored[1].release.title == "Six");
    CHECK(stored[2].release.artist_credit == after.artist_credit);
    CHECK(catalogue.is_sound());
}

TEST_CASE("A group of which nothing but the MBID could be read leaves the album as it is") {
    OddCatalogue catalogue;
    const Album before = catalogue.store->catalogue().album(catalogue.album_id)->album;
    catalogue.store->albums().refresh_albums({}, 0, 10, store::Mode::write);
    Album bare;
    bare.mbid = mbid(1);
    const store::Import import{catalogue.claim().front(), bare, {release(5, "Five")}, 1};
    CHECK(catalogue.store->queue().complete({&import, 1}).front().accepted);
    CHECK(catalogue.store->catalogue().album(catalogue.album_id)->album == before);
}

TEST_CASE("A newer reader asks again for albums that an older one met oddities in") {
    OddCatalogue catalogue;
    auto& albums = catalogue.store->albums();
    catalogue.import({}, {oddity(mbid(5)), oddity(mbid(6))});
    CHECK(albums.refresh_odd_albums(1, 10) == 0);
    CHECK(albums.refresh_odd_albums(2, 0) == 0);
    CHECK(albums.refresh_odd_albums(2, 10) == 1);
    // Its job is open: no second one.
    CHECK(albums.refresh_odd_albums(2, 10) == 0);
    const auto job = catalogue.claim().front();
    CHECK(job.album_id == catalogue.album_id);
    CHECK(albums.refresh_odd_albums(2, 10) == 0);
    catalogue.store->queue().finish_failed(
        {job, store::Verdict::fail, JobError{"not_found", "gone"}, catalogue.clock.now, 1});
    // It failed: a person knows by now, and it would fail again.
    CHECK(albums.refresh_odd_albums(2, 10) == 0);
    CHECK(catalogue.is_sound());
}

TEST_CASE("An album with oddities is asked for again where it was imported") {
    OpenCatalogue catalogue;
    AlbumRequest request = album_request(1);
    request.queue = "slow";
    request.priority = -3;
    catalogue.add(request);
    store::Import import{catalogue.claim().front(), {}, {}, 1};
    import.oddities = {oddity(mbid(5))};
    catalogue.store->queue().complete({&import, 1});
    CHECK(catalogue.store->albums().refresh_odd_albums(2, 10) == 1);
    const auto job = catalogue.claim().front();
    CHECK(job.queue == "slow");
    CHECK(job.priority == -3);
}

TEST_CASE("The oddities of an album that becomes one with another are counted off") {
    OddCatalogue catalogue;
    catalogue.import({release(5, "Five")}, {oddity(mbid(6))});
    catalogue.add(album_request(2));
    CHECK_FALSE(catalogue.store->albums().identify_album(catalogue.album_id, mbid(2), {}).error);
    CHECK(catalogue.store->jobs().status().oddities == 0);
    CHECK(catalogue.is_sound());
}

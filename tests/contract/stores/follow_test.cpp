// Where releases are found, and counted, that left the album that had them.
#include <algorithm>

#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// A catalogue of two albums; the first has the releases 11, 12 and 13, the second 21.
struct Two : OpenCatalogue {
    Two() {
        first = *add(album_request(1)).album_id;
        second = *add(album_request(2)).album_id;
        complete(claim().front(), {release(11, "A"), release(12, "B"), release(13, "C")});
        complete(claim().front(), {release(21, "D")});
    }

    /// Imports the first album again, with these of its releases, and what became of others.
    ReleaseCounts import(std::vector<Release> listed, std::vector<ReleaseFate> fates) {
        AddOptions refresh;
        refresh.refresh = true;
        add(album_request(1), refresh);
        store::Import import{claim().front(), {}, std::move(listed), 1};
        import.fates = std::move(fates);
        return store->queue().complete({&import, 1}).front().releases;
    }

    std::int64_t count_of(std::int64_t album) { return store->catalogue().album(album)->releases; }
    bool is_sound() { return store->maintenance().check().faults.empty(); }

    std::int64_t first = 0;
    std::int64_t second = 0;
};

}  // namespace

TEST_CASE("A release that was merged into another of the catalogue is one fewer, and found by it") {
    Two two;
    const auto counts =
        two.import({release(11, "A"), release(13, "C")}, {{mbid(12), mbid(11), mbid(1)}});
    CHECK(counts.merged == 1);
    CHECK(counts.removed == 0);
    CHECK(two.store->jobs().status().releases == 3);
    CHECK(two.count_of(two.first) == 2);
    CHECK(two.store->catalogue().album_id(mbid(12)) == two.first);
    CHECK(two.is_sound());
}

TEST_CASE("Releases that were merged one after the other are all found by the last one") {
    Two two;
    two.import({release(12, "B"), release(13, "C")}, {{mbid(11), mbid(12), mbid(1)}});
    two.import({release(13, "C")}, {{mbid(12), mbid(13), mbid(1)}});
    CHECK(two.store->catalogue().album_id(mbid(11)) == two.first);
    CHECK(two.store->catalogue().album_id(mbid(12)) == two.first);
    CHECK(two.store->jobs().status().releases == 2);
    CHECK(two.is_sound());
}

TEST_CASE("A release that moved to another album is counted there, and no longer here") {
    Two two;
    const auto counts =
        two.import({release(11, "A"), release(12, "B")}, {{mbid(13), mbid(13), mbid(2)}});
    CHECK(counts.moved == 1);
    CHECK(two.count_of(two.first) == 2);
    CHECK(two.count_of(two.second) == 2);
    CHECK(two.store->catalogue().album_id(mbid(13)) == two.second);
    CHECK(two.is_sound());
}

TEST_CASE("The log of changes says from which album a release moved, and to which") {
    Two two;
    two.import({release(11, "A"), release(12, "B")}, {{mbid(13), mbid(13), mbid(2)}});
    std::vector<store::ChangeRecord> moves;
    two.store->catalogue().changes({}, [&](const store::ChangeRecord& record) {
        if (record.change == ChangeKind::moved) moves.push_back(record);
    });
    REQUIRE(moves.size() == 1);
    CHECK(moves[0].release_mbid == mbid(13));
    CHECK(moves[0].album_id == two.second);
    CHECK(moves[0].from_album_id == two.first);
}

TEST_CASE("An artist of a new name is known by it, though no release changed") {
    Two two;
    Release renamed = release(11, "A");
    for (Track& track : *renamed.media.front().tracks)
        track.artist_credit.front().artist.name = "Of a new name";
    renamed.artist_credit.front().artist.name = "Of a new name";
    const auto counts = two.import({renamed, release(12, "B"), release(13, "C")}, {});
    CHECK(counts.unchanged == 3);
    CHECK(two.releases(two.first).front().release.artist_credit.front().artist.name ==
          "Of a new name");
}

TEST_CASE("The last changes are read without the ones before them, the latest first") {
    Two two;
    two.import({release(11, "A"), release(12, "B")}, {});
    two.import({release(11, "A new"), release(12, "B")}, {});
    two.import({release(11, "A new"), release(12, "B new")}, {});
    const auto told = [&](std::optional<std::int64_t> album, std::int64_t limit) {
        std::vector<Mbid> releases;
        two.store->catalogue().changes(
            {album, 0, limit, store::Direction::descending},
            [&](const store::ChangeRecord& record) { releases.push_back(*record.release_mbid); });
        return releases;
    };
    CHECK(told(std::nullopt, 2) == std::vector{mbid(12), mbid(11)});
    CHECK(told(two.first, 0) == std::vector{mbid(12), mbid(11), mbid(13)});
    CHECK(told(two.second, 0).empty());
}

TEST_CASE("A release is as old as its first import, whatever became of it since") {
    Two two;
    const Millis first = two.clock.now_ms();
    two.clock.advance(60'000);
    two.import({release(11, "A new"), release(12, "B"), release(14, "E")}, {});
    std::vector<Millis> ages;
    for (const auto& record : two.releases(two.first))
        ages.push_back(two.clock.now_ms() - record.created_at_ms);
    std::sort(ages.begin(), ages.end());
    CHECK(ages == std::vector<Millis>{0, 60'000, 60'000, 60'000});
    CHECK(two.releases(two.second).front().created_at_ms == first);
}

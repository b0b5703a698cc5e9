#include "domain/compare_editions.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;
using Presence = ComparedCell::Presence;

namespace {

Track& track_of(Release& release, std::size_t number) {
    return release.media[0].tracks->at(number - 1);
}

/// A row as it is read: "xx-?" is on two editions, not on the third, and not known of the last.
std::string row(const ComparedTrack& track) {
    std::string text;
    for (const ComparedCell& cell : track.cells) {
        text += cell.presence == Presence::present   ? 'x'
                : cell.presence == Presence::missing ? '-'
                                                     : '?';
    }
    return text;
}

std::vector<std::string> rows(const Comparison& comparison) {
    std::vector<std::string> all;
    for (const ComparedTrack& track : comparison.tracks)
        all.push_back(track.title + " " + row(track));
    return all;
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("Rows come in the order of the most complete edition, columns in that of the editions") {
    const std::vector<Release> editions{release(1, "Album", 2), release(2, "Album", 3)};
    const auto comparison = compare_editions(editions);
    CHECK(rows(comparison) == Rows{"Track 1 xx", "Track 2 xx", "Track 3 -x"});
    CHECK(comparison.editions[0].missing == 1);
    CHECK(comparison.editions[1].only_here == 1);
    CHECK(comparison.editions[1].tracks == 3);
    CHECK(comparison.common() == 2);
}

TEST_CASE("It is the recording that counts, not the title; a bonus track of another stands last") {
    Release one = release(1, "Album", 3);
    Release other = release(2, "Album", 2);
    track_of(other, 1).title = "Track One (remaster)";
    track_of(other, 2).recording->mbid = mbid(77);
    CHECK(rows(compare_editions(std::vector{one, other})) ==
          Rows{"Track 1 xx", "Track 2 x-", "Track 3 x-", "Track 2 -x"});
}

TEST_CASE("Without a recording the title decides, however it is spelled") {
    Release one = release(1, "Album", 2);
    Release other = release(2, "Album", 2);
    track_of(other, 1).recording.reset();
    track_of(other, 1).title = "TRÁCK  1";
    track_of(other, 2).recording.reset();
    track_of(other, 2).title = "Another";
    const auto comparison = compare_editions(std::vector{one, other});
    CHECK(rows(comparison) == Rows{"Track 1 xx", "Track 2 x-", "Another -x"});
    CHECK(comparison.tracks[0].recording == mbid(10'001));
    CHECK_FALSE(comparison.tracks[2].recording);
    // in the other order as well
    CHECK(rows(compare_editions(std::vector{other, one})) ==
          Rows{"TRÁCK  1 xx", "Another x-", "Track 2 -x"});
}

TEST_CASE("A recording that is twice on an edition has one row, which says so") {
    Release twice = release(1, "Album", 3);
    track_of(twice, 3).recording = track_of(twice, 1).recording;
    const auto comparison = compare_editions(std::vector{twice, release(2, "Album", 2)});
    CHECK(rows(comparison) == Rows{"Track 1 xx", "Track 2 xx"});
    CHECK(comparison.tracks[0].cells[0].times == 2);
    CHECK(comparison.tracks[0].cells[0].number == "1");
    CHECK(comparison.tracks[0].cells[1].times == 1);
    CHECK(comparison.editions[0].tracks == 3);
    CHECK(comparison.editions[1].missing == 0);
}

TEST_CASE("Lengths that differ by more than two seconds are told") {
    Release one = release(1, "Album", 3);
    Release other = release(2, "Album", 3);
    track_of(one, 1).length_ms = 200'000;
    track_of(other, 1).length_ms = 202'000;
    track_of(one, 2).length_ms = 200'000;
    track_of(other, 2).length_ms = 193'000;
    track_of(other, 3).length_ms = 100'000;
    const auto comparison = compare_editions(std::vector{one, other});
    CHECK_FALSE(comparison.tracks[0].cells[1].difference_ms);
    CHECK(comparison.tracks[1].cells[1].difference_ms == -7'000);
    CHECK_FALSE(comparison.tracks[1].cells[0].difference_ms);
    CHECK(comparison.tracks[2].length_ms == 100'000);
    CHECK_FALSE(comparison.tracks[2].cells[1].difference_ms);
}

TEST_CASE("Of an edition whose tracks are not all known nothing is missing") {
    Release half = release(2, "Album", 1);
    half.media.push_back(half.media[0]);
    half.media[1].position = 2;
    half.media[1].tracks.reset();
    Release bare = release(3, "Album", 2);
    bare.media.clear();
    const auto comparison = compare_editions(std::vector{release(1, "Album", 2), half, bare});
    CHECK(rows(comparison) == Rows{"Track 1 xx?", "Track 2 x??"});
    CHECK(comparison.editions[0].is_known);
    CHECK_FALSE(comparison.editions[1].is_known);
    CHECK(comparison.editions[1].missing == 0);
    CHECK(comparison.editions[2].tracks == 0);
    CHECK(comparison.common() == 2);
    CHECK(compare_editions({}).tracks.empty());
}

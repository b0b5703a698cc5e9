#include "domain/release_facts.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

TEST_CASE("A release's facts are what its fields say") {
    Release full = release(1, "A", 3);
    full.date = PartialDate::parse("1973-03-01");
    full.country = "GB";
    full.barcode = "0724382975229";
    full.label_info.push_back({Label{mbid(7), "Harvest", {}, {}, {}, {}}, std::nullopt});
    full.label_info.push_back({Label{mbid(7), "Harvest", {}, {}, {}, {}}, "SHVL 804"});
    const ReleaseFacts facts = facts_of(full);
    CHECK(facts.format == PlainFormat::cd);
    CHECK(facts.status == "Official");
    CHECK(facts.country == "GB");
    CHECK(facts.decade == "1970s");
    CHECK(facts.labels == std::vector{mbid(7)});  // once
    CHECK(facts.has_barcode);
    CHECK(facts.has_tracks);
    CHECK(facts.media == 1);
    CHECK(facts.tracks == 3);
}

TEST_CASE("A date without a year is of no decade, an early one of one with a nought in front") {
    Release some = release(1, "A");
    some.date = PartialDate::parse(
        "????"
        "-03");
    CHECK(facts_of(some).decade == std::nullopt);
    some.date = PartialDate::parse("0987");
    CHECK(facts_of(some).decade == "0980s");
}

TEST_CASE("An empty barcode is known to be none, a catalogue number alone is no label") {
    Release some = release(1, "A");
    some.barcode = "";
    some.label_info.push_back({std::nullopt, "X 1"});
    const ReleaseFacts facts = facts_of(some);
    CHECK_FALSE(facts.has_barcode);
    CHECK(facts.is_without_barcode);
    CHECK(facts.labels.empty());
}

TEST_CASE("Tracks are known if those of each medium are, and there is one") {
    Release some = release(1, "A");
    some.media.push_back(some.media[0]);
    some.media[1].tracks.reset();
    CHECK_FALSE(facts_of(some).has_tracks);
    CHECK(facts_of(some).tracks == 2);
    some.media.clear();
    CHECK_FALSE(facts_of(some).has_tracks);
}

#include "domain/pick_edition.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

EditionWishes wishes(const std::string& text) {
    return text.empty() ? EditionWishes{} : std::get<EditionWishes>(parse_wishes(text));
}

Release edition(int n, const char* date, const char* country, const char* format = "CD") {
    Release one = release(n, "Album");
    if (*date != '\0') one.date = PartialDate::parse(date);
    one.country = country;
    one.media[0].format = format;
    return one;
}

/// The number of the sample that is picked; 0: none.
int picked(const std::vector<Release>& editions, const std::string& prefer,
           const std::string& exclude = "") {
    const auto choice = pick_edition(editions, wishes(prefer), wishes(exclude));
    if (!choice.picked) return 0;
    const Mbid found = editions[choice.picked->place].mbid;
    for (int n = 1; n < 100; ++n) {
        if (mbid(n) == found) return n;
    }
    return -1;
}

}  // namespace

TEST_CASE("An earlier wish weighs more than all later ones, an earlier value more than a later") {
    const std::vector<Release> editions{edition(1, "1990", "US"), edition(2, "1992", "GB"),
                                        edition(3, "1973", "GB", "12\" Vinyl"),
                                        edition(4, "1991", "XE")};
    CHECK(picked(editions, "country=GB,XE,format=cd,date=earliest") == 2);
    CHECK(picked(editions, "format=cd,country=XE,GB") == 4);
    CHECK(picked(editions, "format=vinyl,country=US") == 3);
    CHECK(picked(editions, "country=DE,date=latest") == 2);
    CHECK(picked(editions, "date=earliest,country=US") == 3);
}

TEST_CASE("Without wishes the earliest official edition is picked") {
    auto bootleg = edition(1, "1960", "US");
    bootleg.status = "Bootleg";
    CHECK(picked({bootleg, edition(2, "1990", "US"), edition(3, "1980", "US")}, "") == 3);
    CHECK(picked({bootleg}, "") == 1);
}

TEST_CASE("The order of the editions does not matter, and their MBID decides last") {
    std::vector<Release> editions{edition(3, "1990", "US"), edition(1, "1990", "US"),
                                  edition(2, "1990", "US")};
    do {
        CHECK(picked(editions, "country=US") == 1);
    } while (
        std::next_permutation(editions.begin(), editions.end(),
                              [](const Release& a, const Release& b) { return a.mbid < b.mbid; }));
    const auto choice = pick_edition(editions, wishes("country=US"), {});
    REQUIRE(choice.picked->decision);
    CHECK_FALSE(choice.picked->decision->key);
    CHECK(editions[choice.picked->decision->next].mbid == mbid(2));
}

TEST_CASE("A gap in a date loses against what is known, be the earliest wanted or the latest") {
    const std::vector<Release> editions{edition(1, "1973", "US"), edition(2, "1973-03", "US"),
                                        edition(3, "1973-03-24", "US"), edition(4, "", "US")};
    CHECK(picked(editions, "date=earliest") == 3);
    CHECK(picked(editions, "date=latest") == 3);
    CHECK(picked({editions[0], editions[1], editions[3]}, "date=latest") == 2);
    CHECK(picked({editions[0], editions[3]}, "date=latest") == 1);
}

TEST_CASE("Most and fewest tracks; a number that is not known comes last in both") {
    Release unknown = edition(1, "1970", "US");
    unknown.media.clear();
    const std::vector<Release> editions{unknown, release(2, "Album", 10), release(3, "Album", 12)};
    CHECK(picked(editions, "tracks=most") == 3);
    CHECK(picked(editions, "tracks=fewest") == 2);
}

TEST_CASE("An edition with a barcode, a label or a packaging that is wanted") {
    Release coded = edition(2, "1990", "US");
    coded.barcode = "0094";
    Release boxed = edition(3, "1990", "US");
    boxed.packaging = "Digipak";
    const std::vector<Release> editions{edition(1, "1990", "US"), coded, boxed};
    CHECK(picked(editions, "barcode=yes") == 2);
    CHECK(picked(editions, "packaging=digipak") == 3);
    CHECK(picked(editions, "barcode=no") == 1);
}

TEST_CASE("What is excluded is no candidate, and all may be") {
    auto bootleg = edition(1, "1960", "GB");
    bootleg.status = "Bootleg";
    const std::vector<Release> editions{bootleg, edition(2, "1990", "US")};
    CHECK(picked(editions, "country=GB", "status=bootleg,pseudo-release") == 2);
    CHECK(picked(editions, "country=GB", "status=bootleg,country=US") == 0);
    CHECK(pick_edition(editions, {}, wishes("status=bootleg")).candidates == 1);
    CHECK(pick_edition({}, wishes("country=GB"), {}).candidates == 0);
}

TEST_CASE("The reasons say which wishes are met, and what decided against the next best") {
    const std::vector<Release> editions{edition(1, "1990", "US"), edition(2, "1992", "GB"),
                                        edition(3, "1995", "GB")};
    const auto choice = pick_edition(editions, wishes("country=GB,format=vinyl,date=earliest"), {});
    REQUIRE(choice.picked);
    CHECK(choice.candidates == 3);
    const auto& outcomes = choice.picked->outcomes;
    REQUIRE(outcomes.size() == 3);
    CHECK(outcomes[0].is_met);
    CHECK(outcomes[0].has == "GB");
    CHECK_FALSE(outcomes[1].is_met);
    CHECK(outcomes[1].has == "cd");
    CHECK_FALSE(outcomes[2].is_met);  // an American one is earlier
    const auto& decision = choice.picked->decision;
    REQUIRE(decision);
    CHECK(decision->next == 2);
    CHECK(decision->key == EditionKey::date);
    CHECK(decision->has == "1992");
    CHECK(decision->next_has == "1995");
    CHECK_FALSE(pick_edition({editions.data(), 1}, {}, {}).picked->decision);
}

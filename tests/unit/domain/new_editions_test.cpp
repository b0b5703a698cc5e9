#include "domain/new_editions.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

TEST_CASE("A listing is compared by what is in it, in whatever order and however often") {
    const std::vector<Mbid> known{mbid(1), mbid(2)};
    const ListedEditions same{mbid(9), {mbid(2), mbid(1), mbid(2)}};
    const ListedEditions more{mbid(9), {mbid(1), mbid(2), mbid(3)}};
    const ListedEditions fewer{mbid(9), {mbid(1)}};
    CHECK(compare_editions(&same, known) == EditionsVerdict::same);
    CHECK(compare_editions(&more, known) == EditionsVerdict::differs);
    CHECK(compare_editions(&fewer, known) == EditionsVerdict::differs);
    CHECK(compare_editions(nullptr, known) == EditionsVerdict::unsure);
}

TEST_CASE("A mark stands for a listing, whatever its order") {
    const ListedEditions one{mbid(9), {mbid(1), mbid(2)}};
    const ListedEditions turned{mbid(9), {mbid(2), mbid(1)}};
    const ListedEditions other{mbid(9), {mbid(1), mbid(3)}};
    const ListedEditions empty{mbid(9), {}};
    CHECK(listing_mark(&one) == listing_mark(&turned));
    CHECK(listing_mark(&one) != listing_mark(&other));
    CHECK(listing_mark(&empty) != listing_mark(nullptr));
}

TEST_CASE("The groups of a job are read as they were written") {
    const std::vector<Mbid> groups{mbid(1), mbid(2)};
    CHECK(watched_groups(watched_arguments(groups)) == groups);
    CHECK(watched_groups("").empty());
    CHECK(watched_groups("x,,").empty());
}

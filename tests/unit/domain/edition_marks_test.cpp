#include "domain/edition_marks.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

std::vector<EditionMarks> marks_of(const std::vector<Release>& releases) {
    std::vector<const Release*> pointers;
    for (const Release& one : releases)
        pointers.push_back(&one);
    return edition_marks(pointers);
}

Release edition(int n, const std::string& date, int tracks = 2) {
    Release one = release(n, "Album", tracks);
    one.date = PartialDate::parse(date);
    return one;
}

Release with_packaging(Release one, const char* packaging) {
    one.packaging = packaging;
    return one;
}

}  // namespace

TEST_CASE("An edition alone, and editions that differ in their dates, need no mark") {
    CHECK(marks_of({}).empty());
    CHECK(marks_of({edition(1, "1973")}) == std::vector<EditionMarks>(1));
    const auto one = with_packaging(edition(1, "1973"), "Digipak");
    const auto other = with_packaging(edition(2, "1974"), "Jewel Case");
    CHECK(marks_of({one, other}) == std::vector<EditionMarks>(2));
}

TEST_CASE("A set of two discs stands out among single ones, and so does its number of tracks") {
    Release set = edition(3, "2003", 2);
    set.media.push_back(set.media.front());
    const auto marks = marks_of({edition(1, "1973"), edition(2, "1984"), set});
    CHECK(marks[0] == EditionMarks{});
    CHECK(marks[1] == EditionMarks{});
    CHECK(marks[2].media);
    CHECK(marks[2].tracks);
    CHECK_FALSE(marks[2].mbid);
}

TEST_CASE("A number of tracks and media that are not known are no mark") {
    Release bare = edition(2, "1984");
    bare.media.clear();
    CHECK(marks_of({edition(1, "1973"), bare, edition(3, "1990")})[1] == EditionMarks{});
    Release counted = edition(2, "1984", 3);
    counted.media[0].tracks.reset();
    CHECK(marks_of({edition(1, "1973"), edition(3, "1983"), counted})[2].tracks);
    counted.media[0].track_count.reset();
    CHECK_FALSE(track_count(counted));
    CHECK_FALSE(marks_of({edition(1, "1973"), edition(3, "1983"), counted})[2].tracks);
}

TEST_CASE("A title that most do not have is a mark") {
    Release deluxe = edition(3, "2003");
    deluxe.title = "Album (deluxe)";
    const auto marks = marks_of({edition(1, "1973"), edition(2, "1984"), deluxe});
    CHECK_FALSE(marks[0].title);
    CHECK(marks[2].title);
}

TEST_CASE("A disambiguation is shown where not all have the same") {
    Release remaster = edition(2, "2003");
    remaster.disambiguation = "remaster";
    CHECK(marks_of({edition(1, "1973"), remaster})[1].disambiguation);
    Release other = edition(3, "2004");
    other.disambiguation = "remaster";
    CHECK_FALSE(marks_of({remaster, other})[0].disambiguation);
}

TEST_CASE("Packaging is shown of those alone that would read the same without it") {
    const auto marks = marks_of({with_packaging(edition(1, "1973"), "Digipak"),
                                 with_packaging(edition(2, "1973"), "Jewel Case"),
                                 with_packaging(edition(3, "1980"), "Box"), edition(4, "1973")});
    CHECK(marks[0].packaging);
    CHECK(marks[1].packaging);
    CHECK_FALSE(marks[2].packaging);
    CHECK_FALSE(marks[3].packaging);  // it has none, and reads otherwise by that
    for (const EditionMarks& one : marks)
        CHECK_FALSE(one.mbid);
}

TEST_CASE("Two editions that are alike in everything have their MBIDs to tell them apart") {
    const auto marks = marks_of({edition(1, "1973"), edition(2, "1973"), edition(3, "1974")});
    CHECK(marks[0].mbid);
    CHECK(marks[1].mbid);
    CHECK_FALSE(marks[2].mbid);
    Release coded = edition(2, "1973");
    coded.barcode = "0094";
    CHECK_FALSE(marks_of({edition(1, "1973"), coded})[0].mbid);
}

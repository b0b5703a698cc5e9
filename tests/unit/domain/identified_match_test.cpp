#include "domain/identified_match.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

OfferedAlbum group(int n, const std::string& title, const std::string& artist,
                   const char* date = nullptr) {
    OfferedAlbum offered;
    offered.album.mbid = mbid(n);
    offered.album.title = title;
    offered.album.artist_credit = credit(n + 100, artist);
    if (date != nullptr) offered.album.first_release_date = PartialDate::parse(date);
    return offered;
}

NamedAlbum named(const std::string& artist, const std::string& title,
                 std::optional<int> year = {}) {
    NamedAlbum album;
    CreditedArtist credited;
    credited.name = credited.artist.name = artist;
    album.artist_credit = {credited};
    album.title = title;
    album.year = year;
    return album;
}

}  // namespace

TEST_CASE("An album that is called otherwise, by others or of another year contradicts a name") {
    const auto blue = group(1, "Weezer", "Weezer", "1994-05-10");
    CHECK_FALSE(contradicts(named("Weezer", "Weezer"), blue));
    CHECK_FALSE(contradicts(named("Weezer", "Weezer", 1994), blue));
    CHECK(contradicts(named("Weezer", "Weezer", 2001), blue));
    CHECK(contradicts(named("Weezer", "Pinkerton"), blue));
    CHECK(contradicts(named("Radiohead", "Weezer"), blue));
}

TEST_CASE("What is spelled otherwise than the search understands does not contradict") {
    const auto king = group(1, "In the Court of the Crimson King", "King Crimson");
    CHECK_FALSE(contradicts(
        named("King Crimson", "In The Court Of The Crimson King (An Observation By King Crimson)"),
        king));
    CHECK_FALSE(contradicts(named("Crimson King", "Court Crimson King 180g"), king));
    CHECK(contradicts(named("King Crimson", "The of in"), group(2, "Red", "King Crimson")));
}

TEST_CASE("A title of an edition is a name of its album, and a group of which nothing is known") {
    auto moon = group(1, "The Dark Side of the Moon", "Pink Floyd");
    CHECK(contradicts(named("Pink Floyd", "狂気"), moon));
    moon.editions.push_back({"狂気", "Official"});
    CHECK_FALSE(contradicts(named("Pink Floyd", "狂気"), moon));
    OfferedAlbum bare;
    bare.album.mbid = mbid(2);
    CHECK_FALSE(contradicts(named("Pink Floyd", "Animals"), bare));
}

TEST_CASE("Groups in common are those in both, and candidates each once") {
    const auto a = group(1, "A", "X");
    const auto b = group(2, "B", "X");
    OfferedAlbum bare_b;
    bare_b.album.mbid = mbid(2);
    const auto common = common_groups({a, bare_b}, {b, group(3, "C", "X")});
    REQUIRE(common.size() == 1);
    CHECK(common[0].album.title == "B");
    const std::vector<OfferedAlbum> all{a, b, a};
    const auto candidates = candidates_among(all);
    REQUIRE(candidates.size() == 2);
    CHECK(candidates[1].title == "B");
    CHECK(candidates[1].artist == "X");
    const std::vector<OfferedAlbum> many(40, a);
    CHECK(candidates_among(many).size() == 1);
}

// A user's word on an album beside MusicBrainz's.
#include "domain/user_values.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

using Names = std::vector<std::string>;

Album rumours() {
    Album album;
    album.title = "Rumours";
    album.artist_credit = credit(7, "Fleetwood Mac");
    album.first_release_date = PartialDate::parse("1977-02-04");
    album.primary_type = "Album";
    album.secondary_types = {"Live", "Demo"};
    return album;
}

Album titled(const char* title) {
    Album album;
    album.title = title;
    return album;
}

}  // namespace

TEST_CASE("What an album is known as already, or known better, does not differ") {
    Album given = rumours();
    CHECK(apply_user_values({rumours(), {}}, given).differing == Names{});
    given.first_release_date = PartialDate::parse("1977");
    given.secondary_types = {"demo", "LIVE"};
    CHECK(apply_user_values({rumours(), {}}, given).differing == Names{});
    given.first_release_date = PartialDate::parse("1977-02-05");
    CHECK(apply_user_values({rumours(), {}}, given).differing == Names{"first_release_date"});
}

TEST_CASE("Before the first import a user's word stands in the album itself") {
    const auto update = apply_user_values({rumours(), {}}, titled("Rumors"));
    CHECK(update.differing == Names{"title"});
    CHECK(update.known.album.title == "Rumors");
    CHECK(update.known.album.primary_type == "Album");
    CHECK_FALSE(gives_user_values(update.known.user_values));
}

TEST_CASE("After it, a user's word stands beside MusicBrainz's") {
    const auto update = apply_user_values({rumours(), {}, true}, titled("Rumors"));
    CHECK(update.differing == Names{"title"});
    CHECK(update.known.album == rumours());
    CHECK(update.known.user_values == titled("Rumors"));
}

TEST_CASE("A user's last word counts, even one that MusicBrainz had first") {
    const KnownAlbum known{rumours(), titled("Rumors"), true};
    CHECK(apply_user_values(known, titled("Rumors")).differing == Names{});
    const auto back = apply_user_values(known, titled("Rumours"));
    CHECK(back.differing == Names{"title"});
    CHECK(back.known.user_values == titled("Rumours"));
}

TEST_CASE("A credit that names its artists by MBID says more than one that reads the same") {
    Album by_name;
    by_name.artist_credit = credit(7, "Fleetwood Mac");
    Album by_mbid = by_name;
    by_mbid.artist_credit[0].artist.mbid = mbid(9);
    by_name.artist_credit[0].artist.mbid.reset();
    CHECK(apply_user_values({by_mbid, {}}, by_name).differing == Names{});
    CHECK(apply_user_values({by_name, {}}, by_mbid).differing == Names{"artists"});
}

TEST_CASE("Kept is what MusicBrainz overrules, not what it leaves open or says as well") {
    Album of_user = rumours();
    of_user.title = "Rumors";
    of_user.disambiguation = "from my shelf";
    Album official = rumours();
    official.first_release_date = PartialDate::parse("1977");
    const auto kept = overruled_values(of_user, official);
    REQUIRE(kept);
    CHECK(kept->title == "Rumors");
    CHECK(kept->first_release_date == PartialDate::parse("1977-02-04"));
    CHECK_FALSE(kept->disambiguation);
    CHECK_FALSE(kept->primary_type);
    CHECK_FALSE(overruled_values(official, rumours()));
}

TEST_CASE("What MusicBrainz leaves open stays; that an album has no secondary types is a word") {
    Album stored = rumours();
    stored.mbid = mbid(1);
    Album official = titled("Rumours (official)");
    official.mbid = mbid(2);
    const Album merged = fill_from(official, stored);
    CHECK(merged.mbid == stored.mbid);
    CHECK(merged.title == "Rumours (official)");
    CHECK(merged.artist_credit == stored.artist_credit);
    CHECK(merged.first_release_date == stored.first_release_date);
    CHECK(merged.secondary_types.empty());
}

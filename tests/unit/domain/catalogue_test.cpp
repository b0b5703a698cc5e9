#include "domain/catalogue.hpp"

#include <doctest/doctest.h>

using namespace pressings;

TEST_CASE("A credit reads as names and join phrases in their order") {
    const ArtistCredit credit{{"Queen", " & ", {}}, {"David Bowie", "", {}}};
    CHECK(credit_text(credit) == "Queen & David Bowie");
    CHECK(credit_text({}) == "");
}

TEST_CASE("Credits are equal when they read the same and mean the same artists") {
    const Artist nirvana{
        Mbid::parse("5b11f4ce-a62d-471e-81fc-a69a8278c7da"), "Nirvana", {}, {}, {}, {}};
    Artist renamed = nirvana;
    renamed.sort_name = "Nirvana (US)";
    Artist british = nirvana;
    british.mbid = Mbid::parse("9282c8b4-ca0b-4c6b-b7e3-4f7762dfc4d6");
    CHECK(CreditedArtist{"Nirvana", "", nirvana} == CreditedArtist{"Nirvana", "", renamed});
    CHECK_FALSE(CreditedArtist{"Nirvana", "", nirvana} == CreditedArtist{"Nirvana", "", british});
    CHECK_FALSE(CreditedArtist{"Nirvana", "", nirvana} ==
                CreditedArtist{"Nirvana", " & ", nirvana});
}

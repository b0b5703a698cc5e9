#include "base/spares.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace pressings;

namespace {

struct Thing {
    int number = 0;
};

}  // namespace

TEST_CASE("What was given back is lent again, and never to two at once") {
    Spares<Thing> spares;
    int made = 0;
    const auto make = [&] { return std::make_unique<Thing>(Thing{++made}); };
    {
        const Lent one{spares, make};
        const Lent other{spares, make};
        CHECK(one->number == 1);
        CHECK(other->number == 2);
    }
    const Lent again{spares, make};
    const Lent and_again{spares, make};
    CHECK(again->number + and_again->number == 3);
    CHECK(made == 2);
}

TEST_CASE("A few are kept, and no more") {
    Spares<Thing> spares;
    for (int i = 0; i < 100; ++i)
        spares.give_back(std::make_unique<Thing>());
    int kept = 0;
    while (spares.take())
        ++kept;
    CHECK(kept == 16);
}

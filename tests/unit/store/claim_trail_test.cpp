// Where claims go on that have to go past many jobs which are gone.
#include "store/sql/outbox/claim_trail.hpp"

#include <doctest/doctest.h>

using pressings::store::sql::ClaimTrail;

namespace {

constexpr pressings::Millis k_now = 50'000;
const ClaimTrail::Level k_level{"default", 0};

bool is_start(const ClaimTrail::Place& place) {
    return place.run_at_ms == ClaimTrail::k_start.run_at_ms && place.id == ClaimTrail::k_start.id;
}

}  // namespace

TEST_CASE("A claim that is quick begins at the beginning") {
    ClaimTrail trail;
    CHECK(is_start(trail.place(k_level, k_now)));
    trail.note(k_level, {7, 3}, 1, k_now);
    CHECK(is_start(trail.place(k_level, k_now)));
}

TEST_CASE("One that takes long is followed by others that go on behind it, for a second") {
    ClaimTrail trail;
    trail.note(k_level, {7, 3}, 20, k_now);
    CHECK(trail.place(k_level, k_now + 10).id == 3);
    trail.note(k_level, {7, 4}, 0, k_now + 10);
    CHECK(trail.place(k_level, k_now + 999).id == 4);
    CHECK(is_start(trail.place({"default", 1}, k_now + 10)));
    CHECK(is_start(trail.place({"other", 0}, k_now + 10)));
    CHECK(is_start(trail.place(k_level, k_now + 1'000)));
    CHECK(is_start(trail.place(k_level, k_now + 1'001)));
}

TEST_CASE("A place that is forgotten is begun before") {
    ClaimTrail trail;
    trail.note(k_level, {7, 3}, 20, k_now);
    trail.forget(k_level);
    CHECK(is_start(trail.place(k_level, k_now)));
}

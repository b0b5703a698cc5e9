// What an import makes of releases that are stored.
#include "domain/release_plans.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;
using Action = VanishedPlan::Action;

namespace {

constexpr std::int64_t k_here = 1;
constexpr std::int64_t k_elsewhere = 2;
constexpr std::int64_t k_row = 7;
const Mbid k_release = mbid(1);
const Mbid k_merged_into = mbid(2);
const Mbid k_group = mbid(3);

StoredRelease stored(const char* title) {
    return {k_here, false, release(1, title)};
}

Action action_for(const Whereabouts& release) {
    return plan_vanished(k_here, release).action;
}

}  // namespace

TEST_CASE("A listed release that is as it was is left alone") {
    CHECK_FALSE(plan_listed(k_here, release(1, "Low"), stored("Low")).change);
}

TEST_CASE("One that differs is updated, in the fields that differ") {
    const auto plan = plan_listed(k_here, release(1, "Low"), stored("Lowe"));
    CHECK(plan.change == ChangeKind::updated);
    CHECK(plan.fields == std::vector<FieldChange>{{"title", "Lowe", "Low"}});
    CHECK(plan.release == release(1, "Low"));
}

TEST_CASE("One that was removed has returned, and one of another album has moved, equal or not") {
    StoredRelease removed = stored("Low");
    removed.removed = true;
    CHECK(plan_listed(k_here, release(1, "Low"), removed).change == ChangeKind::returned);
    CHECK(plan_listed(k_elsewhere, release(1, "Low"), stored("Low")).change == ChangeKind::moved);
    CHECK(plan_listed(k_elsewhere, release(1, "Low"), removed).change == ChangeKind::moved);
}

TEST_CASE("What was not asked for stays as it was, and is no change") {
    StoredRelease full = stored("Low");
    full.release.urls = {{"discogs", "https://www.discogs.com/release/1", {}, {}, {}}};
    Release bare = release(1, "Low");
    bare.urls.reset();
    const auto plan = plan_listed(k_here, bare, full);
    CHECK_FALSE(plan.change);
    CHECK(plan.release.urls == full.release.urls);
}

TEST_CASE("A release that MusicBrainz does not know is removed, and unexplained") {
    const auto plan = plan_vanished(k_here, {{k_release, {}, {}}, {}, {}});
    CHECK(plan.action == Action::remove);
    CHECK(plan.is_unexplained());
}

TEST_CASE("One that was merged is an alias if the other is here, else removed, and explained") {
    const ReleaseFate merged{k_release, k_merged_into, k_group};
    CHECK(action_for({merged, k_row, {}}) == Action::merge);
    const auto away = plan_vanished(k_here, {merged, {}, {}});
    CHECK(away.action == Action::remove);
    CHECK_FALSE(away.is_unexplained());
    REQUIRE(away.fields.size() == 1);
    CHECK(away.fields[0] == FieldChange{"mbid", k_release.to_string(), k_merged_into.to_string()});
}

TEST_CASE("One of another group moves to its album, or is removed with the name of the group") {
    const ReleaseFate moved{k_release, k_release, k_group};
    CHECK(action_for({moved, {}, k_elsewhere}) == Action::move);
    const auto away = plan_vanished(k_here, {moved, {}, {}});
    CHECK(away.action == Action::remove);
    REQUIRE(away.fields.size() == 1);
    CHECK(away.fields[0] == FieldChange{"album_mbid", std::nullopt, k_group.to_string()});
}

TEST_CASE("One that is in this group after all, or somewhere unknown, stays") {
    CHECK(action_for({{k_release, k_release, k_group}, {}, k_here}) == Action::stay);
    CHECK(action_for({{k_release, k_release, {}}, {}, {}}) == Action::stay);
}

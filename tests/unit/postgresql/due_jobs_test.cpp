// Due jobs behind the place where a claim left off.
#include "store/sql/outbox/due_jobs.hpp"

#include <doctest/doctest.h>

#include "unit/postgresql/made_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::sql::ClaimTrail;
using store::sql::DueJobs;
using store::sql::WriteTransaction;

namespace {

constexpr Millis k_now = 1'000;

/// Jobs that have been due since the times 1 to 5, with these as their numbers.
struct FiveJobs : MadeCatalogue {
    FiveJobs() {
        database.run(
            "INSERT INTO pressings.albums (title, created_at) "
            "SELECT 'An album', 0 FROM generate_series(1, 5); "
            "INSERT INTO pressings.jobs (kind, album_id, queue, priority, state, run_at, "
            "created_at) "
            "SELECT 'releases', id, 'default', 0, 'pending', id, 0 FROM pressings.albums");
    }
    std::vector<std::int64_t> due(ClaimTrail& trail, int most) {
        WriteTransaction transaction{connection, store::sql::Writers::together};
        DueJobs jobs{connection, {}, k_now, DueJobs::Use::take, trail};
        return jobs.next(most, false);
    }
};

using Jobs = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("Jobs are sought behind the place where the last claim left off") {
    FiveJobs made;
    ClaimTrail trail;
    CHECK(made.due(trail, 2) == Jobs{1, 2});
    trail.note({"default", 0}, {2, 2}, 60'000, system_clock().steady_ms());
    CHECK(made.due(trail, 2) == Jobs{3, 4});
    CHECK(made.due(trail, 9) == Jobs{5});
}

TEST_CASE("Where none is left behind that place, what came in before it is found at once") {
    FiveJobs made;
    ClaimTrail trail;
    trail.note({"default", 0}, {5, 5}, 60'000, system_clock().steady_ms());
    CHECK(made.due(trail, 9) == Jobs{1, 2, 3, 4, 5});
}
